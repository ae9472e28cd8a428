import { dayMs } from "@/lib/uptime/units";

/** A date or a date and time as written: on some clock, or on none. */
export interface WrittenTime {
  /** The wall time as if it were UTC, in ms. A date is its midnight. */
  readonly wallMs: number;
  readonly isDate: boolean;
  /** Written with Z. */
  readonly isUtc: boolean;
}

const timePattern = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;

/** Parses DATE and DATE-TIME (RFC 5545, 3.3.4 and 3.3.5). @returns null for another text and for no date */
export function parseTime(text: string): WrittenTime | null {
  const match = timePattern.exec(text.trim().toUpperCase());
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map((part: string | undefined) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 60) return null;
  const midnight = Date.UTC(year, month - 1, day);
  const date = new Date(midnight);
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  // A leap second, which no clock of ours has.
  const wallMs = midnight + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1_000;
  return { wallMs, isDate: match[4] === undefined, isUtc: match[7] === "Z" };
}

/** A length: wall-clock days and time on the clock, then exact time. */
export interface Length {
  readonly wallMs: number;
  readonly exactMs: number;
}

/** Parses DURATION (3.3.6): weeks and days are on the calendar, hours, minutes and seconds are exact. */
export function parseDuration(text: string): Length | null {
  const match =
    /^([+-]?)P(?:(\d{1,5})W|(?=\d|T\d)(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?)$/i.exec(
      text.trim(),
    );
  if (match === null) return null;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((part: string | undefined) => Number(part ?? 0));
  const sign = match[1] === "-" ? -1 : 1;
  return {
    wallMs: sign * (weeks * 7 + days) * dayMs,
    exactMs: sign * ((hours * 60 + minutes) * 60 + seconds) * 1_000,
  };
}

/** An offset such as -0530 in ms. */
export function parseOffset(text: string): number | null {
  const match = /^([+-])(\d{2})(\d{2})(\d{2})?$/.exec(text.trim());
  if (match === null) return null;
  const ms = ((Number(match[2]) * 60 + Number(match[3])) * 60 + Number(match[4] ?? 0)) * 1_000;
  return match[1] === "-" ? -ms : ms;
}

/** A wall time as DATE-TIME in UTC. */
export function timeText(wallMs: number): string {
  return `${new Date(wallMs).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
}

/** `YYYY-MM-DD` of days since 1970-01-01. */
export function dateText(date: number): string {
  return new Date(date * dayMs).toISOString().slice(0, 10);
}
