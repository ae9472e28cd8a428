import type { Method, UptimeEstimate } from "@/lib/uptime/types";
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

const minutes = (ms: number): string => decimal(hundredthsOf("hour", ms));
const hours = (ms: number): string => decimal(hundredthsOf("week", ms));

/** The share of the open time that is known; empty where the store was not open. */
function coverageCell({ openMs, unknownMs }: UptimeEstimate): string {
  return openMs === 0 ? "" : decimal(Math.round(((openMs - unknownMs) * 100) / openMs));
}

function figureCells(method: Method, figures: ArrayLike<number>): string[] {
  if (method === "interpolated") {
    const { hour, day, week } = estimatesOf(figures);
    return [
      ...[minutes(hour.upMs), hours(day.upMs), hours(week.upMs)],
      ...[minutes(hour.downMs), hours(day.downMs), hours(week.downMs)],
      ...[minutes(hour.unknownMs), hours(day.unknownMs), hours(week.unknownMs)],
      ...[coverageCell(hour), coverageCell(day), coverageCell(week)],
    ];
  }
  const { hour, day, week } = pollCountsOf(figures);
  const counts = [hour.uptime, day.uptime, week.uptime, hour.downtime, day.downtime, week.downtime];
  return [...counts.map((count) => decimal(count * 100)), "", "", "", "", "", ""];
}

/** One line of a report's CSV. @param asOf ISO 8601 */
export function csvLine(method: Method, asOf: string, { storeId, figures }: ReportRowOut): string {
  return `${csvText(storeId)},${figureCells(method, figures).join(",")},${method},${asOf}${lineEnd}`;
}
