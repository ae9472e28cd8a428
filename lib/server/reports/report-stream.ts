import type { Database } from "@/db/client";
import { readReportRows, type ReportRowOut } from "@/db/queries/bulk/report-rows";
import { readAs } from "@/lib/server/access/as-viewer";
import type { Viewer } from "@/lib/server/access/viewer";
import { csvHeader, CsvLines } from "./report-csv";
import { toReportLine, type ReportHead } from "./report-lines";

export type DownloadFormat = "csv" | "ndjson";

export interface RowFormatter {
  readonly header: string;
  /** Formats some rows as the bytes that are sent. */
  readonly lines: (rows: Iterable<ReportRowOut>) => Uint8Array;
}

const encoder = new TextEncoder();

/** How a report's rows are written in a format. Everything that outputs a report uses this. */
export function rowFormatter(format: DownloadFormat, head: ReportHead): RowFormatter {
  if (format === "ndjson") {
    const line = (row: ReportRowOut): string => `${JSON.stringify(toReportLine(head, row))}\n`;
    return { header: "", lines: (rows) => encoder.encode(Array.from(rows, line).join("")) };
  }
  const lines = new CsvLines(head.method, head.asOf);
  return {
    header: csvHeader,
    lines: (rows) => {
      for (const row of rows) lines.add(row);
      return lines.take();
    },
  };
}

const rowsPerRead = 1000;

/**
 * A complete report's download. Reads a page of rows at a time by key, only when the client has taken the one before,
 * so a slow client holds neither a connection nor memory. Fails when rows are missing at the end (a snapshot that was
 * deleted meanwhile), so that the client does not take part of a report for all of it.
 * @param prefix precedes everything
 */
export function streamReport(
  database: Database,
  viewer: Viewer,
  report: ReportHead & { readonly id: number; readonly stores: number },
  format: DownloadFormat,
  prefix = "",
): ReadableStream<Uint8Array> {
  const { header, lines } = rowFormatter(format, report);
  let after = "";
  let sent = 0;
  let headerSent = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const rows = await readAs(database, viewer, (db) => readReportRows(db, report.id, after, rowsPerRead));
        if (!headerSent && prefix + header !== "") controller.enqueue(encoder.encode(prefix + header));
        headerSent = true;
        if (rows.length > 0) controller.enqueue(lines(rows));
        sent += rows.length;
        after = rows.at(-1)?.storeId ?? after;
        if (rows.length === rowsPerRead) return;
        if (sent === report.stores) controller.close();
        else controller.error(new Error(`Report ${String(report.id)} lost rows while it was being read.`));
      },
    },
    { highWaterMark: 0 },
  );
}
