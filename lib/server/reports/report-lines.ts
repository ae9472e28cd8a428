import { toEstimate } from "@/lib/server/wire/uptime-wire";
import type { ReportRowOut } from "@/db/queries/bulk/report-rows";
import type { PollCountSchema, ReportLine } from "@/lib/contract/reports";
import type { Method, PerWindow } from "@/lib/uptime/types";
import { estimatesOf, hundredthsOf, pollCountsOf } from "@/lib/server/figures/figures";

type CountInUnit = ReturnType<typeof PollCountSchema.parse>;

/**
 * Uptime and downtime in minutes for the hour and hours for day and week, with at most two decimals, by either method.
 */
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

/** What all lines of a report have in common. */
export interface ReportHead {
  readonly method: Method;
  /** ISO 8601. */
  readonly asOf: string;
  /** Null when none was recorded. */
  readonly tzRelease: string | null;
}

/** One store's line of a report's NDJSON. */
export function toReportLine({ method, asOf, tzRelease }: ReportHead, { storeId, figures }: ReportRowOut): ReportLine {
  const about = { as_of: asOf, tz_release: tzRelease };
  if (method === "poll_count") return { store_id: storeId, method, ...about, ...toCounts(method, figures) };
  const { hour, day, week } = estimatesOf(figures);
  return {
    store_id: storeId,
    method,
    ...about,
    hour: toEstimate(hour),
    day: toEstimate(day),
    week: toEstimate(week),
  };
}
