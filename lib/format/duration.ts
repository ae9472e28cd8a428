import { requireNumber } from "./require-number";

/** All of these throw a RangeError for NaN and the infinities. */

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A length of time in the two largest units that matter: "45 s", "12 min", "3 h 5 min", "2 d 4 h".
 * Cut off, not rounded, so that it never says more than there was; what is above 0 and below a second is "<1 s".
 * @param ms whole milliseconds, not negative
 */
export function formatDuration(ms: number): string {
  if (requireNumber(ms) <= 0) return "0 min";
  if (ms < second) return "<1 s";
  if (ms < minute) return `${String(Math.floor(ms / second))} s`;
  if (ms < hour) return `${String(Math.floor(ms / minute))} min`;
  if (ms < 2 * day) {
    const minutes = Math.floor((ms % hour) / minute);
    return `${String(Math.floor(ms / hour))} h${minutes === 0 ? "" : ` ${String(minutes)} min`}`;
  }
  const hours = Math.floor((ms % day) / hour);
  return `${String(Math.floor(ms / day))} d${hours === 0 ? "" : ` ${String(hours)} h`}`;
}

/**
 * A part of a window's opening time: "47 min", "163 h 7 min", "<1 min". Rounded to whole minutes, so that parts shown
 * side by side add up as well as minutes can; never in days, because a "day" of opening time is no day.
 * @param ms whole milliseconds, not negative
 */
export function formatOpenTime(ms: number): string {
  if (requireNumber(ms) <= 0) return "0 min";
  if (ms < minute) return "<1 min";
  const minutes = Math.round(ms / minute);
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return `${String(Math.floor(minutes / 60))} h${rest === 0 ? "" : ` ${String(rest)} min`}`;
}
