import type { Sql } from "@/db/client";
import { failLostReports, failReport, type ClaimToken, type Failure } from "@/db/queries/report-queue";
import { withTransaction } from "@/db/transaction";
import { recordReportEnd } from "@/lib/server/webhooks/record-events";

/** Ends a claimed report as failed and queues its event. Does nothing when another worker has taken it over. */
export async function endAsFailed(sql: Sql, claim: ClaimToken, failure: Failure): Promise<void> {
  await withTransaction(sql, async (tx) => {
    if (await failReport(tx.sql, claim, failure)) await recordReportEnd(tx.sql, claim.id);
  });
}

/** Fails reports whose workers died three times and queues their events. @returns how many */
export async function failLostReportsAndNotify(sql: Sql): Promise<number> {
  return withTransaction(sql, async (tx) => {
    const lost = await failLostReports(tx.sql);
    for (const id of lost) await recordReportEnd(tx.sql, id);
    return lost.length;
  });
}
