import type { Database } from "@/db/client";
import { readReportRows, type ReportRowOut } from "@/db/queries/report-rows";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import type { Method } from "@/lib/uptime/types";
import { csvHeader, csvLine } from "./report-csv";
import { toReportLine } from "./report-lines";

export type DownloadFormat = "csv" | "ndjson";

export interface RowFormatter {
  readonly header: string;
  readonly line: (row: ReportRowOut) => string;
}

/** How a report's rows are written in a format; everything that prints a report goes through this. */
export function rowFormatter(format: DownloadFormat, method: Method, asOf: string): RowFormatter {
  return format === "csv"
    ? { header: csvHeader, line: (row) => csvLine(method, asOf, row) }
    : { header: "", line: (row) => `${JSON.stringify(toReportLine(method, asOf, row))}\n` };
}

const rowsPerRead = 1000;

/**
 * A complete report's download. Reads a page of rows at a time, by key and only when the client has taken the one
 * before, so a slow client holds neither a connection nor memory. Fails where rows are missing at the end (a snapshot
 * that was dropped meanwhile): the client must not take part of a report for all of it.
 * @param prefix stands before everything
 */
export function streamReport(
  database: Pick<Database, "db" | "sql">,
  viewer: Viewer,
  report: { readonly id: number; readonly method: Method; readonly asOf: string; readonly stores: number },
  format: DownloadFormat,
  prefix = "",
): ReadableStream<Uint8Array> {
  const { header, line } = rowFormatter(format, report.method, report.asOf);
  const encoder = new TextEncoder();
  let after = "";
  let sent = 0;
  let headerSent = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const rows = await readAs(database, viewer, ({ sql }) => readReportRows(sql, report.id, after, rowsPerRead));
        const text = (headerSent ? "" : prefix + header) + rows.map(line).join("");
        headerSent = true;
        if (text !== "") controller.enqueue(encoder.encode(text));
        sent += rows.length;
        after = rows.at(-1)?.storeId ?? after;
        if (rows.length === rowsPerRead) return;
        if (sent === report.stores) controller.close();
        else controller.error(new Error(`Report ${String(report.id)} has lost rows while it was read.`));
      },
    },
    { highWaterMark: 0 },
  );
}
