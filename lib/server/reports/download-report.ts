import type { Database } from "@/db/client";
import type { Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { matchesETag } from "@/lib/server/http/conditional";
import { requireReport } from "./get-report";
import { isoInstant } from "@/lib/server/wire/report-wire";
import { streamReport, type DownloadFormat } from "./report-stream";

const mediaTypes: Readonly<Record<DownloadFormat, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** How a report is to be written down. */
export interface DownloadOptions {
  readonly format: DownloadFormat;
  /** Whether the CSV begins with a byte order mark. */
  readonly bom: boolean;
}

/**
 * The answer that downloads a complete report, or 304 where the client has it: it never changes. Always all of it,
 * whatever range was asked for.
 * @throws AppError report_not_found, report_expired, report_not_ready, report_failed
 */
export async function downloadReport(
  database: Database,
  viewer: Viewer,
  id: number | null,
  { format, bom }: DownloadOptions,
  request: Request,
): Promise<Response> {
  const report = await requireReport(database, viewer, id);
  if (report.state === "failed") {
    throw new AppError("report_failed", `The report failed: ${report.failureReason ?? ""}`);
  }
  if (report.state !== "complete") throw new AppError("report_not_ready", "The report is still being computed.");
  // The instant of its end sets it apart from a report of the same id in another database.
  const etag = `"${report.id}-${report.finishedAt ?? 0}-${bom ? "bom-" : ""}${format}"`;
  const headers = { etag, "accept-ranges": "none" };
  if (matchesETag(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const asOf = isoInstant(report.asOf);
  const { method, storesDone: stores } = report;
  const body = streamReport(database, viewer, { id: report.id, method, asOf, stores }, format, bom ? "\ufeff" : "");
  return new Response(body, {
    headers: {
      ...headers,
      "content-type": mediaTypes[format],
      "content-disposition": `attachment; filename="report-${report.id}-${asOf.replaceAll(":", "-")}.${format}"`,
      "x-content-type-options": "nosniff",
    },
  });
}
