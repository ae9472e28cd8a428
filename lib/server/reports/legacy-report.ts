import type { Database } from "@/db/client";
import { findLegacyReport } from "@/db/queries/bulk/legacy-report";
import type { LegacyReport } from "@/lib/contract/reports";
import { ownReports, readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import type { Method } from "@/lib/uptime/types";
import { requireKept } from "./get-report";
import { toCounts } from "./report-lines";
import { reportPath } from "./report-wire";
import { isoInstant } from "@/lib/server/wire/instants";

/** Which report, and by which method if given. */
export interface LegacyReportQuery {
  readonly id: number | null;
  readonly method: Method | undefined;
}

/**
 * A report in the format of `POST /store/get_report/`.
 * @param origin of the addresses in the response, without a trailing slash
 * @throws AppError report_not_found, report_expired, invalid_method when the report uses the other method
 */
export async function getLegacyReport(
  database: Database,
  viewer: Viewer,
  { id, method }: LegacyReportQuery,
  origin: string,
): Promise<LegacyReport> {
  const own = ownReports(viewer);
  const report = requireKept(
    id === null ? null : await readAs(database, viewer, (db) => findLegacyReport(db, id, own)),
  );
  if (method !== undefined && method !== report.method) {
    throw new AppError(
      "invalid_method",
      `This report uses ${report.method}. Trigger another with ?method=${method} for its figures.`,
    );
  }
  if (report.state === "failed") {
    return { status: "Failed", code: report.failureCode ?? "internal", reason: report.failureReason ?? "" };
  }
  if (report.state !== "complete") return { status: "Running" };
  const counts = report.figures === null ? null : toCounts(report.method, report.figures);
  return {
    status: "Complete",
    report_url: `${origin}${reportPath(report.id)}.csv`,
    ...(counts === null
      ? {}
      : { last_one_hour_data: counts.hour, last_one_day_data: counts.day, last_one_week_data: counts.week }),
    method: report.method,
    as_of: isoInstant(report.asOf),
  };
}
