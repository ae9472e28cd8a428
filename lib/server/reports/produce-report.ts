import type { Sql } from "@/db/client";
import { faultPoint } from "@/lib/faults/fault-point";
import { withTransaction } from "@/db/transaction";
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

/** Reports that hold one connection each and wait for another give it up after so long. */
const secondConnectionMs = 10_000;

export interface ProduceOptions extends Omit<ComputeOptions, "withStates"> {
  /** After so long without a statement while the report's row is locked, the worker is taken to hang. */
  readonly leaseSeconds?: number;
  /** Called once everything is computed: from here on the report is ended, or it is another's. */
  readonly onEnding?: () => void;
}

/**
 * Computes a claimed report, writes its rows and ends it, in one transaction: nobody ever sees part of it. The polls are
 * read by another, on a connection of its own.
 * @returns null, and nothing is kept, where the report has become another worker's
 */
export async function produceReport(
  sql: Sql,
  claim: ClaimedReport,
  options: ProduceOptions = {},
): Promise<ReportTotals | null> {
  const isSnapshot = claim.origin === "snapshot";
  const { release: tzRelease } = zoneRules();
  try {
    return await withTransaction(sql, async ({ sql: tx }) => {
      // It waits for each batch to be computed, however long that takes.
      await tx`set local idle_in_transaction_session_timeout = 0`;
      const writer = new ReportWriter(tx, claim.id);
      const fleet = new FleetTotals();
      let totals: ReportTotals;
      try {
        const reading = { connectionTimeoutMs: secondConnectionMs, ...options, withStates: isSnapshot };
        totals = await computeInBatches(sql, claim, reading, async (batch) => {
          if (isSnapshot) fleet.add(batch);
          await writer.take(batch);
        });
      } finally {
        await writer.idle();
      }
      await faultPoint("report.computed");
      options.signal?.throwIfAborted();
      options.onEnding?.();
      // From here on its row is locked, which nobody may hold for long: a session that hangs is ended.
      const hangMs = (options.leaseSeconds ?? defaultLeaseSeconds) * 1_000;
      await tx`select set_config('idle_in_transaction_session_timeout', ${hangMs.toFixed(0)}, true)`;
      // The lock of its row keeps others from taking the report over while the rows are put in their place.
      if (!(await completeReport(tx, claim, { stores: totals.stores, tzRelease }))) throw new ClaimLost();
      await faultPoint("report.ended");
      await writer.keep();
      await recordReportEnd(tx, claim.id);
      await faultPoint("report.written");
      if (totals.week !== null) {
        await writeFleetSummary(tx, fleet.summary(claim.id, totals.week));
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
