import type { DayOfWeek, EpochMs, Interval, TimeZone } from "./types";
import { zoneRules } from "./zone-rules";
import { offsetAt, periodsIn, type OffsetPeriod } from "./zone-table";
import { dayMs } from "./units";

/**
 * The zone of the tz database with this name, in any case, in the database's spelling: `us/central` is `US/Central`,
 * which keeps the same time as `America/Chicago`.
 * @returns null when the tz release in use has no such name; `EST` and `GMT` are names, `PST` and `UTC+5` are not
 */
export function resolveTimeZone(name: string): TimeZone | null {
  return zoneRules().spell(name) as TimeZone | null;
}

/** The zone of a store without one. */
export const defaultTimeZone = "America/Chicago" as TimeZone;

/** The periods of constant offset and abbreviation that cover `[start, end)`: ascending, without gaps, cut at its edges. */
export function offsetPeriods(zone: TimeZone, range: Interval): readonly OffsetPeriod[] {
  return periodsIn(zoneRules().tableOf(zone), range);
}

/** The wall time in a zone at an instant. */
export interface WallTime {
  /** Days of the local date since 1970-01-01. */
  readonly date: number;
  readonly day: DayOfWeek;
  /** Whole seconds since local midnight by the local clock: 0 to 86399. */
  readonly second: number;
}

/** Wall time of `at` in `zone`; fractions of a second are truncated. */
export function wallTimeAt(zone: TimeZone, at: EpochMs): WallTime {
  const local = at + offsetAt(zoneRules().tableOf(zone), at);
  const date = Math.floor(local / dayMs);
  return { date, day: dayOfWeek(date), second: Math.floor((local - date * dayMs) / 1000) };
}

/** The local date of `at` in `zone`, `YYYY-MM-DD`. */
export function localDateAt(zone: TimeZone, at: EpochMs): string {
  return new Date(wallTimeAt(zone, at).date * dayMs).toISOString().slice(0, 10);
}

/** Weekday of a local date given in days since 1970-01-01 (a Thursday). */
export function dayOfWeek(date: number): DayOfWeek {
  const day = (((date + 3) % 7) + 7) % 7;
  return weekdays[day]!;
}

const weekdays: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
