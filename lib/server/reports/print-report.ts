import { rowFormatter, type DownloadFormat } from "./report-stream";
import type { ComputedReport } from "@/lib/server/figures/compute-report";
import { toReportLine, type ReportHead } from "./report-lines";
import { isoInstant } from "@/lib/server/wire/instants";
import type { ReportRowOut } from "@/db/queries/bulk/report-rows";
import { zoneRules } from "@/lib/uptime/zone-rules";

export const printFormats = ["csv", "ndjson", "json"] as const;
export type PrintFormat = (typeof printFormats)[number];

function* rowsOf({ storeIds, figures, width }: ComputedReport): Generator<ReportRowOut> {
  for (let store = 0; store < storeIds.length; store++) {
    yield { storeId: storeIds[store]!, figures: [...figures.subarray(store * width, (store + 1) * width)] };
  }
}

function headOf({ method, asOf }: ComputedReport): ReportHead {
  return { method, asOf: isoInstant(asOf), tzRelease: zoneRules().release };
}

function* downloadText(report: ComputedReport, format: DownloadFormat): Generator<string> {
  const { header, lines } = rowFormatter(format, headOf(report));
  const decoder = new TextDecoder();
  yield header;
  for (const row of rowsOf(report)) yield decoder.decode(lines([row]));
}

function* jsonText(report: ComputedReport): Generator<string> {
  const head = headOf(report);
  const about = { method: head.method, as_of: head.asOf, tz_release: head.tzRelease };
  yield `${JSON.stringify(about).slice(0, -1)},"stores":[`;
  let separator = "\n";
  for (const row of rowsOf(report)) {
    yield separator + JSON.stringify(toReportLine(head, row));
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** A report as text chunks: CSV and NDJSON as downloaded, or all lines in one JSON document. */
export function printReport(report: ComputedReport, format: PrintFormat): Generator<string> {
  return format === "json" ? jsonText(report) : downloadText(report, format);
}
