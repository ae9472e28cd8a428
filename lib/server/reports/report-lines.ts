import { toEstimate } from "@/lib/server/wire/uptime-wire";
import type { ReportRowOut } from "@/db/queries/report-rows";
import type { PollCountSchema, ReportLine } from "@/lib/contract/reports";
import type { Method, PerWindow } from "@/lib/uptime/types";
import { estimatesOf, hundredthsOf, pollCountsOf } from "@/lib/server/figures/figures";

type CountInUnit = ReturnType<typeof PollCountSchema.parse>;

/** Uptime and downtime in minutes for the hour and hours for day and week, two decimals at the most, by either method. */
export function toCounts(method: Method, figures: ArrayLike<number>): PerWindow<CountInUnit> {
  if (method === "poll_count") {
    const { hour, day, week } = pollCountsOf(figures);
    return { hour: { ...hour, unit: "minutes" }, day: { ...day, unit: "hours" }, week: { ...week, unit: "hours" } };
  }
  const estimates = estimatesOf(figures);
  const of = (name: "hour" | "day" | "week"): CountInUnit => ({
    uptime: hundredthsOf(name, estimates[name].upMs) / 100,
    downtime: hundredthsOf(name, estimates[name].downMs) / 100,
    unit: name === "hour" ? "minutes" : "hours",
  });
  return { hour: of("hour"), day: of("day"), week: of("week") };
}

/** One store's line of a report's NDJSON. @param asOf ISO 8601 */
export function toReportLine(method: Method, asOf: string, { storeId, figures }: ReportRowOut): ReportLine {
  if (method === "poll_count") return { store_id: storeId, method, as_of: asOf, ...toCounts(method, figures) };
  const { hour, day, week } = estimatesOf(figures);
  return {
    store_id: storeId,
    method,
    as_of: asOf,
    hour: toEstimate(hour),
    day: toEstimate(day),
    week: toEstimate(week),
  };
}
