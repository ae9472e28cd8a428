import type { Sql } from "@/db/client";
import { failLostReports, failReport, type ClaimToken, type Failure } from "@/db/queries/report-queue";
import { withTransaction } from "@/db/transaction";
import { recordReportEnd } from "@/lib/server/webhooks/record-events";

/** Ends a claimed report as failed, and tells of it. Nothing happens where it is another's by now. */
export async function endAsFailed(sql: Sql, claim: ClaimToken, failure: Failure): Promise<void> {
  await withTransaction(sql, async (tx) => {
    if (await failReport(tx.sql, claim, failure)) await recordReportEnd(tx.sql, claim.id);
  });
}

/** Ends the reports whose workers died thrice, and tells of them. @returns how many */
export async function failLostReportsAndNotify(sql: Sql): Promise<number> {
  return withTransaction(sql, async (tx) => {
    const lost = await failLostReports(tx.sql);
    for (const id of lost) await recordReportEnd(tx.sql, id);
    return lost.length;
  });
}
