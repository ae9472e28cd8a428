import { offsetPeriods, wallTimeAt } from "./time-zone";
import type { EpochMs, Interval, TimeZone } from "./types";
import { dayMs, hourMs } from "./units";

/** Periods that people name. Months are those of the store's calendar; the others are exact elapsed time. */
export type PeriodName = "last_hour" | "last_24_hours" | "last_7_days" | "last_30_days" | "this_month" | "last_month";

/** Local dates given in days since 1970-01-01, both included. */
export interface LocalDates {
  readonly from: number;
  readonly to: number;
}

/** A period with the one before it, which ends where it starts. */
export interface Period {
  readonly window: Interval;
  readonly before: Interval;
}

/** Further from UTC than any clock. */
const furthestOffsetMs = 2 * dayMs;

/**
 * The first instant at which a zone's calendar shows a date, or a later one where the clocks skip the date.
 * @param date days since 1970-01-01
 */
export function startOfDate(zone: TimeZone, date: number): EpochMs {
  const midnight = date * dayMs;
  const around = { start: midnight - furthestOffsetMs, end: midnight + furthestOffsetMs };
  for (const { start, end, offsetMs } of offsetPeriods(zone, around)) {
    const first = Math.max(start, midnight - offsetMs);
    if (first < end) return first;
  }
  throw new Error(`${zone} does not reach day ${String(date)}.`);
}

/** The first day of a date's month, or of one some months later. @param date days since 1970-01-01 */
function monthOf(date: number, later = 0): number {
  const utc = new Date(date * dayMs);
  return Date.UTC(utc.getUTCFullYear(), utc.getUTCMonth() + later, 1) / dayMs;
}

/** The local date of the last instant before `asOf`: that of the newest data. */
export function lastDate(zone: TimeZone, asOf: EpochMs): number {
  return wallTimeAt(zone, asOf - 1).date;
}

const elapsedMs: Partial<Record<PeriodName, number>> = {
  last_hour: hourMs,
  last_24_hours: dayMs,
  last_7_days: 7 * dayMs,
  last_30_days: 30 * dayMs,
};

/**
 * A named period that ends at `asOf` or, a past month, before it. This month is compared with the whole month before.
 * @returns never empty: the month is that of the last instant before `asOf`
 */
export function periodAt(zone: TimeZone, asOf: EpochMs, name: PeriodName): Period {
  const elapsed = elapsedMs[name];
  if (elapsed !== undefined) {
    const start = asOf - elapsed;
    return { window: { start, end: asOf }, before: { start: start - elapsed, end: start } };
  }
  const date = lastDate(zone, asOf);
  const [before, start, end] = (name === "this_month" ? [-1, 0, 1] : [-2, -1, 0]).map((months) =>
    startOfDate(zone, monthOf(date, months)),
  ) as [EpochMs, EpochMs, EpochMs];
  return { window: { start, end: Math.min(end, asOf) }, before: { start: before, end: start } };
}

/**
 * Local dates, from the start of the first to the end of the last, and as many dates before them.
 * @param asOf cuts the window @returns null where the dates start at `asOf` or later
 */
export function periodOfDates(zone: TimeZone, asOf: EpochMs, { from, to }: LocalDates): Period | null {
  const start = startOfDate(zone, from);
  if (start >= asOf) return null;
  const last = Math.min(to, lastDate(zone, asOf));
  return {
    window: { start, end: Math.min(startOfDate(zone, last + 1), asOf) },
    before: { start: startOfDate(zone, from - (last - from + 1)), end: start },
  };
}

/** Joins the days of a window to weeks that begin on Mondays. @param days ascending, without gaps, cut at midnights */
export function joinWeeks(zone: TimeZone, days: readonly Interval[]): readonly Interval[] {
  const weeks: { start: EpochMs; end: EpochMs }[] = [];
  for (const { start, end } of days) {
    const { day } = wallTimeAt(zone, start);
    const last = weeks.at(-1);
    const isSameDay = last !== undefined && wallTimeAt(zone, last.start).date === wallTimeAt(zone, start).date;
    if (last === undefined || (day === 0 && !isSameDay)) weeks.push({ start, end });
    else last.end = end;
  }
  return weeks;
}
