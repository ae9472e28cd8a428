import type { Method } from "@/lib/uptime/types";
import { windowNames } from "@/lib/uptime/windows";
import type { ReportRowOut } from "@/db/queries/report-rows";
import { estimatesOf, hundredthsOf, pollCountsOf } from "./figures";

const lineEnd = "\r\n";

export const csvHeader =
  [
    "store_id",
    "uptime_last_hour(in minutes)",
    "uptime_last_day(in hours)",
    "uptime_last_week(in hours)",
    "downtime_last_hour(in minutes)",
    "downtime_last_day(in hours)",
    "downtime_last_week(in hours)",
    "no_data_last_hour(in minutes)",
    "no_data_last_day(in hours)",
    "no_data_last_week(in hours)",
    "coverage_last_hour",
    "coverage_last_day",
    "coverage_last_week",
    "method",
    "as_of",
  ].join(",") + lineEnd;

const fractions = Array.from({ length: 100 }, (_none, hundredths) => `.${String(hundredths).padStart(2, "0")}`);

/** Text of a number given in whole hundredths, not negative. */
export function decimal(hundredths: number): string {
  return `${Math.trunc(hundredths / 100)}${fractions[hundredths % 100] ?? ""}`;
}

/**
 * A field that a spreadsheet takes for text whatever it begins with, quoted where RFC 4180 needs it. The apostrophe that
 * sees to it goes before others that stand there already: an import, which takes one away, reads back what was written.
 */
export function csvText(text: string): string {
  const safe = /^'*[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line of a report's CSV. @param asOf ISO 8601 */
export function csvLine(method: Method, asOf: string, { storeId, figures }: ReportRowOut): string {
  const cells = [csvText(storeId)];
  if (method === "interpolated") {
    const estimates = estimatesOf(figures);
    const durations = (pick: "upMs" | "downMs" | "unknownMs"): string[] =>
      windowNames.map((name) => decimal(hundredthsOf(name, estimates[name][pick])));
    const coverages = windowNames.map((name) => {
      const { openMs, unknownMs } = estimates[name];
      return openMs === 0 ? "" : decimal(Math.round(((openMs - unknownMs) * 100) / openMs));
    });
    cells.push(...durations("upMs"), ...durations("downMs"), ...durations("unknownMs"), ...coverages);
  } else {
    const counts = pollCountsOf(figures);
    cells.push(...windowNames.map((name) => decimal(counts[name].uptime * 100)));
    cells.push(...windowNames.map((name) => decimal(counts[name].downtime * 100)));
    cells.push("", "", "", "", "", "");
  }
  cells.push(method, asOf);
  return cells.join(",") + lineEnd;
}
