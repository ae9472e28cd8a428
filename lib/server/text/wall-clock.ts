import type { RowFault } from "./row-faults";
import { textOf } from "./text-fields";
import { dayHint } from "./day-hint";
import { rowLengthHint, wallTimeHint, type TimeSide } from "./wall-time-hint";
import { isClosingSecond } from "@/lib/uptime/business-hours";
import { daySeconds } from "@/lib/uptime/units";

/**
 * Parses `H:MM`, `H:MM:SS` or their two-digit forms as seconds after midnight, before 24:00; NaN for anything else.
 * @param start,end the field, trimmed
 */
export function openingSeconds(bytes: Uint8Array, start: number, end: number): number {
  const seconds = wallSeconds(bytes, start, end);
  return seconds < daySeconds ? seconds : NaN;
}

/** Like `parseClosingTime`: up to 48:00, for a night as transit schedules write it. NaN for anything else. */
export function closingSeconds(bytes: Uint8Array, start: number, end: number): number {
  const seconds = wallSeconds(bytes, start, end);
  return isClosingSecond(seconds) ? seconds : NaN;
}

function wallSeconds(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  let hour = digit(bytes, i++, end);
  if (bytes[i] !== 58 && i < end) hour = hour * 10 + digit(bytes, i++, end);
  const minute = pair(bytes, i, end);
  const second = end - i === 3 ? 0 : end - i === 6 ? pair(bytes, i + 3, end) : NaN;
  if (!(minute <= 59 && second <= 59)) return NaN;
  return hour * 3_600 + minute * 60 + second;
}

function digit(bytes: Uint8Array, at: number, end: number): number {
  const value = at < end ? bytes[at]! - 48 : NaN;
  return value >= 0 && value <= 9 ? value : NaN;
}

/** Parses `:MM` at `at`. */
function pair(bytes: Uint8Array, at: number, end: number): number {
  return at < end && bytes[at] === 58 ? digit(bytes, at + 1, end) * 10 + digit(bytes, at + 2, end) : NaN;
}

const closedWord = "closed";

function isClosedWord(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== closedWord.length) return false;
  return textOf(bytes, start, end).toLowerCase() === closedWord;
}

/** Whether the two time fields of a row mean closed: both are empty, or either reads `closed`, in any case. */
export function isClosedText(bytes: Uint8Array, from: number, fromEnd: number, to: number, toEnd: number): boolean {
  if (from === fromEnd && to === toEnd) return true;
  return isClosedWord(bytes, from, fromEnd) || isClosedWord(bytes, to, toEnd);
}

/**
 * The end of a weekly row in seconds after its own day's midnight, past 86400 on the next day (docs/uptime.md, 2). An
 * end in the last minute of the day is midnight; an end before the start is on the next day.
 * @param start,end as returned by `openingSeconds` and `closingSeconds`
 * @returns NaN when the row is empty, or lasts 24 hours or more and ends on the next day
 */
export function endOfHours(start: number, end: number): number {
  if (end > daySeconds) return end - daySeconds < start ? end : NaN;
  if (start === end) return start === 0 ? daySeconds : NaN;
  if (end >= daySeconds - 60) return daySeconds;
  return end > start ? end : end + daySeconds;
}

/** Why a field is not a time of day, with what to write instead where that is clear. */
export function timeFault(side: TimeSide, bytes: Uint8Array, start: number, end: number): RowFault {
  const reason = wallTimeHint(textOf(bytes, start, Math.min(end, start + 40)), side);
  return { column: `${side}_time_local`, code: "bad_time", ...(reason === undefined ? {} : { reason }) };
}

/** Why a row whose end does not fit its start is rejected, with what to write instead. */
export function rowLengthFault(start: number, end: number): RowFault {
  const code = start === end ? "zero_length" : "bad_time";
  return { column: "end_time_local", code, reason: rowLengthHint(start, end) };
}

/** Why a field is not a day, with what to write instead where that is clear. */
export function dayFault(bytes: Uint8Array, start: number, end: number): RowFault {
  const reason = dayHint(textOf(bytes, start, Math.min(end, start + 40)));
  return { column: "day", code: "bad_day", ...(reason === undefined ? {} : { reason }) };
}
