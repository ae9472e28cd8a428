import { requireNumber } from "./require-number";

/** All of these throw a RangeError for NaN and the infinities. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A length of time in the two largest units that matter: "45 s", "12 min", "3 h 05 min", "2 d 4 h".
 * Cut off, not rounded, so that it never says more than there was; what is above 0 and below a second is "< 1 s".
 * @param ms whole milliseconds, not negative
 */
export function formatDuration(ms: number): string {
  if (requireNumber(ms) <= 0) return "0 min";
  if (ms < second) return "< 1 s";
  if (ms < minute) return `${String(Math.floor(ms / second))} s`;
  if (ms < hour) return `${String(Math.floor(ms / minute))} min`;
  if (ms < 2 * day) {
    const minutes = Math.floor((ms % hour) / minute);
    return `${String(Math.floor(ms / hour))} h${minutes === 0 ? "" : ` ${String(minutes).padStart(2, "0")} min`}`;
  }
  const hours = Math.floor((ms % day) / hour);
  return `${String(Math.floor(ms / day))} d${hours === 0 ? "" : ` ${String(hours)} h`}`;
}

/**
 * A part of a window's opening time: "47 min", "163 h 07 min". Rounded to whole minutes, so that parts shown side by
 * side add up as well as minutes can; never in days, because a "day" of opening time is no day.
 * @param ms whole milliseconds, not negative
 */
export function formatOpenTime(ms: number): string {
  if (ms < minute) return formatDuration(ms);
  const minutes = Math.round(requireNumber(ms) / minute);
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return `${String(Math.floor(minutes / 60))} h${rest === 0 ? "" : ` ${String(rest).padStart(2, "0")} min`}`;
}

export type DurationUnit = "minutes" | "hours";

/** A length of time in one unit with two decimals, rounded as in a report's CSV: 90,000 ms is "1.50" minutes. */
export function formatIn(unit: DurationUnit, ms: number): string {
  return (requireNumber(ms) / (unit === "minutes" ? minute : hour)).toFixed(2);
}

/** A length of time to the millisecond: "1:15:56.123". */
export function formatExact(ms: number): string {
  const part = (value: number, digits: number) => String(value).padStart(digits, "0");
  const minutes = part(Math.floor((requireNumber(ms) % hour) / minute), 2);
  const seconds = part(Math.floor((ms % minute) / second), 2);
  return `${String(Math.floor(ms / hour))}:${minutes}:${seconds}.${part(ms % second, 3)}`;
}
