import type { Database } from "@/db/client";
import type { ClaimToken, Failure } from "@/db/queries/lease";
import { failLostReports, failReport } from "@/db/queries/report-queue";
import { withTransaction } from "@/db/transaction";
import { recordReportEnd } from "@/lib/server/webhooks/record-events";

/** Fails a claimed report, with its event. @returns false when the claim no longer holds it */
export async function endReportAsFailed(database: Database, claim: ClaimToken, failure: Failure): Promise<boolean> {
  return withTransaction(database, async (tx) => {
    const failed = await failReport(tx, claim, failure);
    if (failed) await recordReportEnd(tx, claim.id);
    return failed;
  });
}

/** Fails the reports whose workers died too often, with their events. @returns their number */
export async function failLostReportsAndNotify(database: Database): Promise<number> {
  return withTransaction(database, async (tx) => {
    const lost = await failLostReports(tx);
    for (const id of lost) await recordReportEnd(tx, id);
    return lost.length;
  });
}
