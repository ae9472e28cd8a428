import type { EarlierValue } from "./hours-history";

/** Whole milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** Half-open `[start, end)` of instants; never empty: `start < end`. */
export interface Interval {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

export type Status = "active" | "inactive";

/** One observation of one store. */
export interface Poll {
  readonly at: EpochMs;
  readonly status: Status;
}

/**
 * Polls of one store, ascending by instant, at most one per instant. `at[i]` is the instant of poll `i` in ms,
 * `active[i]` is 1 for `active` and 0 for `inactive`. Both arrays have the same length.
 */
export interface PackedPolls {
  readonly at: Float64Array;
  readonly active: Uint8Array;
}

/** 0 = Monday … 6 = Sunday. */
export type DayOfWeek = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/**
 * Hours of one local date, in seconds of wall time after its midnight: `0 <= startSecond < 86400` and `startSecond <
 * endSecond <= startSecond + 86400`. An end past 86400 is on the next date.
 */
export interface DayHours {
  readonly startSecond: number;
  readonly endSecond: number;
}

/** One weekly row of business hours. */
export interface BusinessHours extends DayHours {
  readonly day: DayOfWeek;
}

/** One local date on which the weekly rows do not apply. No `hours` means closed. */
export interface ScheduleException {
  /** `YYYY-MM-DD` in the store's zone. */
  readonly date: string;
  readonly hours: readonly DayHours[];
}

/**
 * One local date on which the store is closed for part of the day; at other times the weekly rows apply. An end of 86400
 * or more also ends the openings that go on into the next date.
 */
export interface PartialClosure {
  /** `YYYY-MM-DD` in the store's zone. */
  readonly date: string;
  readonly closed: readonly DayHours[];
}

/** A time zone name of the tz release in use, made by `resolveTimeZone`. */
export type TimeZone = string & { readonly __brand: "TimeZone" };

/** Weekly hours: `"always"` without a row; with an empty list the store is never open. */
export type WeeklyHours = "always" | readonly BusinessHours[];

/** When a store is open. */
export interface Schedule {
  readonly timeZone: TimeZone;
  readonly weekly: WeeklyHours;
  /** The weekly hours that applied before a local date, ascending by date. Absent: `weekly` always applied. */
  readonly earlier?: readonly EarlierValue<WeeklyHours>[];
  readonly exceptions: readonly ScheduleException[];
  /** On dates without an exception. Absent: none. */
  readonly closures?: readonly PartialClosure[];
}

/** The derived state of an instant inside business hours. `unknown` is shown as "no data". */
export type UptimeState = "up" | "down" | "unknown";

/** The windows that end at the as-of instant. */
export type WindowName = "hour" | "day" | "week";

export type Method = "interpolated" | "poll_count";

/**
 * Open time of one window, in whole ms. `upMs + downMs + unknownMs === openMs` and `0 <= upLowestMs <= upMs <=
 * upHighestMs <= openMs`. `polls` counts those inside business hours, both ends included.
 */
export interface UptimeEstimate {
  readonly openMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  readonly upLowestMs: number;
  readonly upHighestMs: number;
  readonly polls: number;
}

/** One value per window. */
export type PerWindow<T> = Readonly<Record<WindowName, T>>;

/** The figures of the original rule: minutes for the hour, hours for day and week. */
export interface PollCount {
  readonly uptime: number;
  readonly downtime: number;
}
