import type { DayOfWeek, EpochMs, Interval, TimeZone } from "./types";
import { zoneRules } from "./zone-rules";
import { offsetAt, periodsIn, type OffsetPeriod } from "./zone-table";
import { dayMs } from "./units";

/**
 * The zone of the tz database that has this name, in any case, under the database's spelling of the name that was
 * given: `us/central` is `US/Central`, which keeps the same time as `America/Chicago`.
 * @returns null where the tz release in use has no such name; `EST` and `GMT` are names, `PST` and `UTC+5` are not
 */
export function resolveTimeZone(name: string): TimeZone | null {
  return zoneRules().spell(name) as TimeZone | null;
}

/** The zone of a store that was given none. */
export const defaultTimeZone = "America/Chicago" as TimeZone;

/** The periods of constant offset and abbreviation that cover `[start, end)`: ascending, without gaps, cut at its edges. */
export function offsetPeriods(zone: TimeZone, range: Interval): readonly OffsetPeriod[] {
  return periodsIn(zoneRules().tableOf(zone), range);
}

/** What a clock in the zone shows at an instant. */
export interface WallTime {
  /** Days of the local date since 1970-01-01. */
  readonly date: number;
  readonly day: DayOfWeek;
  /** Whole seconds since local midnight, as the clock shows them: 0 to 86399. */
  readonly second: number;
}

/** Wall time of `at` in `zone`; fractions of a second are cut off. */
export function wallTimeAt(zone: TimeZone, at: EpochMs): WallTime {
  const local = at + offsetAt(zoneRules().tableOf(zone), at);
  const date = Math.floor(local / dayMs);
  return { date, day: dayOfWeek(date), second: Math.floor((local - date * dayMs) / 1000) };
}

/** Weekday of a local date given in days since 1970-01-01 (a Thursday). */
export function dayOfWeek(date: number): DayOfWeek {
  const day = (((date + 3) % 7) + 7) % 7;
  return weekdays[day]!;
}

const weekdays: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
