import type { Database } from "@/db/client";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import type { Download } from "@/lib/server/wire/download";
import { requireReport } from "./get-report";
import { isoInstant } from "@/lib/server/wire/instants";
import { streamReport, type DownloadFormat } from "./report-stream";

const mediaTypes: Readonly<Record<DownloadFormat, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** Format options of a download. */
export interface DownloadOptions {
  readonly format: DownloadFormat;
  /** Whether the CSV starts with a byte order mark. */
  readonly bom: boolean;
}

/**
 * The download of a complete report. It never changes, so it has an ETag.
 * @throws AppError report_not_found, report_expired, report_not_ready, report_failed
 */
export async function downloadReport(
  database: Database,
  viewer: Viewer,
  id: number | null,
  { format, bom }: DownloadOptions,
): Promise<Download> {
  const report = await requireReport(database, viewer, id);
  if (report.state === "failed") {
    throw new AppError("report_failed", `The report failed: ${report.failureReason ?? ""}`);
  }
  if (report.state !== "complete") throw new AppError("report_not_ready", "The report is still being computed.");
  const asOf = isoInstant(report.asOf);
  const { method, storesDone: stores, tzRelease } = report;
  return {
    // The instant of its end distinguishes it from a report with the same id in another database.
    etag: `"${report.id}-${report.finishedAt ?? 0}-${bom ? "bom-" : ""}${format}"`,
    mediaType: mediaTypes[format],
    // The columns of the CSV are fixed, so the release is in a header.
    headers: tzRelease === null ? {} : { "tz-release": tzRelease },
    fileName: `report-${report.id}-${asOf.replaceAll(":", "-")}.${format}`,
    open: () => {
      const about = { id: report.id, method, asOf, stores, tzRelease };
      return streamReport(database, viewer, about, format, bom ? "\ufeff" : "");
    },
  };
}
