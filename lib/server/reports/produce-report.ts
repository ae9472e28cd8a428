import type { Database } from "@/db/client";
import { faultPoint } from "@/lib/faults/fault-point";
import { withTransaction } from "@/db/transaction";
import { addUncountedRows } from "@/db/queries/bulk/fleet-rows";
import { writeFleetSummary } from "@/db/queries/fleet-summaries";
import { completeReport, type ClaimedReport } from "@/db/queries/report-queue";
import { recordFleetChanges, recordReportEnd } from "@/lib/server/webhooks/record-events";
import { computeInBatches, type ComputeOptions, type ReportTotals } from "@/lib/server/figures/compute-report";
import { ReportWriter } from "./report-writer";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { FleetTotals } from "./summarise-fleet";

/** Thrown inside the transaction so that it rolls back. */
class ClaimLost extends Error {}

const defaultLeaseSeconds = 30;

/** How long a report that holds one connection waits for a second one. Then it gives up the first. */
const secondConnectionMs = 10_000;

export interface ProduceOptions extends Omit<ComputeOptions, "withStates"> {
  /** After this long without a statement while the report's row is locked, the worker is assumed to hang. */
  readonly leaseSeconds?: number;
  /** Called once everything is computed: afterwards the report ends, or another worker has it. */
  readonly onEnding?: () => void;
}

/**
 * Computes a claimed report, writes its rows and ends it, in one transaction, so that no one sees part of it. Another
 * transaction reads the polls, on its own connection.
 * @returns null, with nothing kept, when another worker has taken the report over
 */
export async function produceReport(
  database: Database,
  claim: ClaimedReport,
  options: ProduceOptions = {},
): Promise<ReportTotals | null> {
  const isSnapshot = claim.origin === "snapshot";
  const { release: tzRelease } = zoneRules();
  try {
    return await withTransaction(database, async (tx) => {
      // It waits for each batch to be computed, however long that takes.
      await tx.sql`set local idle_in_transaction_session_timeout = 0`;
      const writer = new ReportWriter(tx, claim.id);
      const fleet = new FleetTotals();
      let totals: ReportTotals;
      try {
        const reading = { connectionTimeoutMs: secondConnectionMs, ...options, withStates: isSnapshot };
        totals = await computeInBatches(database, claim, reading, async (batch) => {
          if (isSnapshot) fleet.add(batch);
          await writer.take(batch);
        });
      } finally {
        await writer.idle();
      }
      await faultPoint("report.computed");
      options.signal?.throwIfAborted();
      options.onEnding?.();
      // From here on its row is locked, and must not be for long: a session that hangs is ended.
      const hangMs = (options.leaseSeconds ?? defaultLeaseSeconds) * 1_000;
      await tx.sql`select set_config('idle_in_transaction_session_timeout', ${hangMs.toFixed(0)}, true)`;
      // The lock on its row prevents a takeover while the rows are moved to their tables.
      if (!(await completeReport(tx, claim, { stores: totals.stores, tzRelease }))) throw new ClaimLost();
      await faultPoint("report.ended");
      await writer.keep();
      await recordReportEnd(tx, claim.id);
      await faultPoint("report.written");
      if (totals.week !== null) {
        const uncounted = await addUncountedRows(tx, claim.id, claim.asOf);
        await writeFleetSummary(tx, { ...fleet.summary(claim.id, totals.week), ...uncounted });
        await recordFleetChanges(tx, claim.id);
        await faultPoint("snapshot.written");
      }
      return totals;
    });
  } catch (error) {
    if (error instanceof ClaimLost) return null;
    throw error;
  }
}
