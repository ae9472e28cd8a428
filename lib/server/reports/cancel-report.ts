import type { Database, Db } from "@/db/client";
import { cancelReport as markCancelled } from "@/db/queries/report-queue";
import type { Report } from "@/lib/contract/reports";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { recordReportEnd } from "@/lib/server/webhooks/record-events";
import { findRequiredReport } from "./get-report";
import { toReport } from "./report-wire";

/** The failure of a cancelled report. */
const cancelled = { code: "cancelled", reason: "It was cancelled." };

/**
 * Cancels a requested report that has not ended: it becomes `failed`, also for requesters who joined it. Cancelling
 * twice has the same effect.
 * @throws AppError report_not_found, report_not_cancellable
 */
export async function cancelReport(database: Database, viewer: Viewer, given: number | null): Promise<Report> {
  const cancel = async (tx: Db, current: CurrentViewer): Promise<Report> => {
    const { id } = await findRequiredReport(tx, current, given);
    if (await markCancelled(tx, id, cancelled)) {
      await recordReportEnd(tx, id);
      await recordAudit(tx, current, "report.cancel", `report:${id}`);
    }
    const report = toReport(await findRequiredReport(tx, current, id));
    if (report.failure?.code !== cancelled.code) {
      throw new AppError("report_not_cancellable", "The report has ended, or is a snapshot of the worker.");
    }
    return report;
  };
  return changeAs(database, viewer, cancel, { underRls: false });
}
