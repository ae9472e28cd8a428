import type { Database } from "@/db/client";
import { failLostReports, failReport, type ClaimToken, type Failure } from "@/db/queries/report-queue";
import { withTransaction } from "@/db/transaction";
import { recordReportEnd } from "@/lib/server/webhooks/record-events";

/** Ends a claimed report as failed and queues its event. Does nothing when another worker has taken it over. */
export async function endAsFailed(database: Database, claim: ClaimToken, failure: Failure): Promise<void> {
  await withTransaction(database, async (tx) => {
    if (await failReport(tx, claim, failure)) await recordReportEnd(tx, claim.id);
  });
}

/** Fails reports whose workers died three times and queues their events. @returns how many */
export async function failLostReportsAndNotify(database: Database): Promise<number> {
  return withTransaction(database, async (tx) => {
    const lost = await failLostReports(tx);
    for (const id of lost) await recordReportEnd(tx, id);
    return lost.length;
  });
}
