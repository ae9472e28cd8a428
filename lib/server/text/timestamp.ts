import type { EpochMs } from "@/lib/uptime/types";
import { clockToleranceMs } from "@/lib/uptime/windows";
import type { RowFault } from "./row-faults";
import { offsetMs, readInstant, UnreadableInstant } from "./instant";
import { equalsIgnoringCase, textOf } from "./text-fields";
import { dayMs, hourMs, minuteMs } from "@/lib/uptime/units";

/** The earliest instant of a poll: 2000-01-01T00:00:00Z. */
const earliestPollAt: EpochMs = 946_684_800_000;

/** Longer than any spelling of an instant. */
const longestText = 128;

const fractionScale = [0, 100, 10, 1] as const;

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Two digits as a number, or -1. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 48;
  const ones = bytes[at + 1]! - 48;
  return tens >>> 0 > 9 || ones >>> 0 > 9 ? -1 : tens * 10 + ones;
}

/**
 * Parses timestamps from bytes like `readInstant`, with a fast path by integer arithmetic for the most common form,
 * without a string or a `Date` per row: `YYYY-MM-DD HH:MM:SS` (or with `T`), up to nine fractional digits (truncated to
 * the millisecond), then ` UTC`, `Z`, an offset or nothing. The calendar is strict: nothing rolls over.
 */
export class TimestampReader {
  /** Whether the last parsed one named no zone, so that UTC was assumed. */
  zoneMissing = false;
  /** Whether the last parsed one had an offset other than zero. */
  converted = false;
  /** Why the last rejected one was rejected. */
  fault: RowFault = { column: "timestamp_utc", code: "bad_timestamp" };

  readonly #latest: EpochMs;
  #date = -1;
  #dateMs = 0;

  /** @param now our clock */
  constructor(now: EpochMs) {
    this.#latest = now + clockToleranceMs;
  }

  /** @param start,end the field, trimmed @returns the instant, or NaN with the reason in `fault` */
  read(bytes: Uint8Array, start: number, end: number): EpochMs {
    this.zoneMissing = false;
    this.converted = false;
    if (start === end) return this.#refuse("missing_timestamp");
    const hundreds = twoDigits(bytes, start);
    const years = twoDigits(bytes, start + 2);
    const month = twoDigits(bytes, start + 5);
    const day = twoDigits(bytes, start + 8);
    const hour = twoDigits(bytes, start + 11);
    const minute = twoDigits(bytes, start + 14);
    const second = twoDigits(bytes, start + 17);
    const separator = bytes[start + 10];
    if (
      end - start < 19 ||
      (hundreds | years | month | day | hour | minute | second) < 0 ||
      bytes[start + 4] !== 45 ||
      bytes[start + 7] !== 45 ||
      (separator !== 32 && separator !== 84 && separator !== 116) ||
      bytes[start + 13] !== 58 ||
      bytes[start + 16] !== 58 ||
      hour > 23 ||
      minute > 59 ||
      second > 59
    ) {
      return this.#readText(bytes, start, end);
    }
    const dateMs = this.#midnight(hundreds * 100 + years, month, day);
    if (Number.isNaN(dateMs)) return this.#refuse("bad_timestamp", "there is no such date");

    let i = start + 19;
    let fraction = 0;
    if (i < end && (bytes[i] === 46 || bytes[i] === 44)) {
      const first = ++i;
      for (; i < end && (bytes[i]! - 48) >>> 0 <= 9; i++) {
        if (i - first < 3) fraction = fraction * 10 + bytes[i]! - 48;
      }
      const digits = i - first;
      if (digits === 0 || digits > 9) return this.#readText(bytes, start, end);
      if (digits < 3) fraction *= fractionScale[digits]!;
    }
    const local = dateMs + hour * hourMs + minute * minuteMs + second * 1_000 + fraction;
    const offset = this.#offset(bytes, i, end);
    return Number.isNaN(offset) ? this.#readText(bytes, start, end) : this.#inRange(local - offset);
  }

  #inRange(at: EpochMs): EpochMs {
    return at >= earliestPollAt && at <= this.#latest ? at : this.#refuseRange(at);
  }

  #midnight(year: number, month: number, day: number): number {
    const date = (year * 100 + month) * 100 + day;
    if (date === this.#date) return this.#dateMs;
    if (month < 1 || month > 12 || day < 1) return NaN;
    if (day > monthLengths[month - 1]! + (month === 2 && isLeapYear(year) ? 1 : 0)) return NaN;
    // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; 400 years are always 146,097 days.
    this.#dateMs = Date.UTC(year + 400, month - 1, day) - 146_097 * dayMs;
    this.#date = date;
    return this.#dateMs;
  }

  /** The offset `bytes[start, end)` in ms east of UTC, in one of the common notations; NaN for any other. */
  #offset(bytes: Uint8Array, start: number, end: number): number {
    let i = start;
    while (i < end && bytes[i] === 32) i += 1;
    if (i === end) {
      this.zoneMissing = true;
      return 0;
    }
    if (equalsIgnoringCase(bytes, i, end, "utc") || equalsIgnoringCase(bytes, i, end, "z")) return 0;
    const sign = bytes[i] === 43 ? 1 : bytes[i] === 45 ? -1 : 0;
    const length = end - i;
    if (sign === 0 || (length !== 3 && length !== 5 && (length !== 6 || bytes[i + 3] !== 58))) return NaN;
    const hours = twoDigits(bytes, i + 1);
    const minutes = length === 3 ? 0 : twoDigits(bytes, end - 2);
    if (hours < 0 || minutes < 0) return NaN;
    const offset = offsetMs(sign, hours, minutes);
    if (typeof offset !== "number") return NaN;
    this.converted = offset !== 0;
    return offset;
  }

  /** Every other notation of an instant, by way of a string. */
  #readText(bytes: Uint8Array, start: number, end: number): EpochMs {
    const text = textOf(bytes, start, Math.min(end, start + longestText));
    if (/^[+-]?\d{5,}-\d\d-\d\d[ Tt]\d\d:\d\d/.test(text)) return this.#refuseRange(Infinity);
    if (/\d ?(BC|BCE|AD|CE)$/i.test(text)) return this.#refuseRange(Infinity);
    const read = readInstant(text);
    if (read instanceof UnreadableInstant) return this.#refuse(read.code, read.reason);
    this.zoneMissing = read.zone === "none" || read.zone === "implied";
    this.converted = read.zone === "offset";
    return this.#inRange(read.at);
  }

  #refuse(code: RowFault["code"], reason?: string): number {
    this.fault = { column: "timestamp_utc", code, ...(reason === undefined ? {} : { reason }) };
    return NaN;
  }

  #refuseRange(at: EpochMs): number {
    // A year that no clock can be off by means a fault of the file, not of a clock.
    const nearFuture = at > this.#latest && at < Date.UTC(2100, 0, 1);
    return this.#refuse(nearFuture ? "timestamp_in_future" : "timestamp_out_of_range");
  }
}
