import type { Sql } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { writeFleetRows, type FleetRow } from "@/db/queries/fleet-rows";
import { writeFleetSummary } from "@/db/queries/fleet-summaries";
import { completeReport, type ClaimToken } from "@/db/queries/report-queue";
import { writeReportRows } from "@/db/queries/report-rows";
import { recordFleetChanges, recordReportEnd } from "@/lib/server/webhooks/record-events";
import { coverage, uptimeRatio } from "@/lib/uptime/estimate";
import type { PerWindow, UptimeEstimate } from "@/lib/uptime/types";
import type { StateAt } from "@/lib/uptime/store-state";
import type { ComputedReport } from "./compute-report";
import { estimatesOf } from "./figures";
import { summariseFleet } from "./summarise-fleet";

/** Thrown inside the transaction so that it rolls back. */
class ClaimLost extends Error {}

function perWindow<T>(estimates: PerWindow<UptimeEstimate>, of: (estimate: UptimeEstimate) => T): PerWindow<T> {
  return { hour: of(estimates.hour), day: of(estimates.day), week: of(estimates.week) };
}

function* fleetRows(report: ComputedReport, states: readonly StateAt[]): Generator<FleetRow> {
  const { storeIds, storeKeys, figures, width } = report;
  for (let store = 0; store < storeIds.length; store++) {
    const estimates = estimatesOf(figures.subarray(store * width, (store + 1) * width));
    const { state, since, lastPollAt } = states[store]!;
    yield {
      storeKey: storeKeys[store]!,
      storeId: storeIds[store]!,
      state,
      stateSince: since,
      lastPollAt,
      uptime: perWindow(estimates, uptimeRatio),
      downMs: perWindow(estimates, ({ downMs }) => downMs),
      coverage: perWindow(estimates, coverage),
    };
  }
}

/**
 * Writes a report's rows and ends it, in one transaction: nobody ever sees part of it.
 * @returns false, and nothing is kept, where the report has become another worker's
 */
export async function saveReport(sql: Sql, claim: ClaimToken, report: ComputedReport): Promise<boolean> {
  try {
    await withTransaction(sql, async ({ sql: tx }) => {
      // First, because the row's lock keeps others from taking the report over while the rows are written.
      if (!(await completeReport(tx, claim, report.storeIds.length))) throw new ClaimLost();
      await writeReportRows(tx, claim.id, report);
      await recordReportEnd(tx, claim.id);
      if (report.states === null || report.week === null) return;
      await writeFleetRows(tx, claim.id, fleetRows(report, report.states));
      await writeFleetSummary(tx, summariseFleet(claim.id, report, report.states, report.week));
      await recordFleetChanges(tx, claim.id);
    });
    return true;
  } catch (error) {
    if (error instanceof ClaimLost) return false;
    throw error;
  }
}
