import type { Database } from "@/db/client";
import { cancelReport as markCancelled } from "@/db/queries/report-queue";
import { withTransaction } from "@/db/transaction";
import type { Report } from "@/lib/contract/reports";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { recordReportEnd } from "@/lib/server/webhooks/record-events";
import { getReport, requireReport } from "./get-report";

/** The failure of a report that nobody wants any more. */
const cancelled = { code: "cancelled", reason: "It was cancelled." };

/**
 * Ends a report that was asked for and has not ended: it is `failed`, for whoever joined it too. Cancelling twice is as
 * cancelling once.
 * @throws AppError report_not_found, report_not_cancellable
 */
export async function cancelReport(database: Database, viewer: Viewer, given: number | null): Promise<Report> {
  const { id } = await requireReport(database, viewer, given);
  await withTransaction(database.sql, async (tx) => {
    if (!(await markCancelled(tx.sql, id, cancelled))) return;
    await recordReportEnd(tx.sql, id);
    await recordAudit(tx.sql, viewer, "report.cancel", `report:${id}`);
  });
  const report = await getReport(database, viewer, id);
  if (report.failure?.code !== cancelled.code) {
    throw new AppError("report_not_cancellable", "The report has ended, or is one that the worker makes by itself.");
  }
  return report;
}
