import { AppError } from "@/lib/server/errors";
import type { ConvertedHours } from "@/lib/contract/hours-conversion";
import { layHours, parseClosingTime, parseWallTime } from "@/lib/uptime/business-hours";
import { daySeconds } from "@/lib/uptime/units";

const mostNotes = 100;
const mostRowsOfDay = 50;
const mostDates = 1_000;

export const dayNames = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** The day of a name of at least two letters, in any case: Mo, MON, monday. Null for others. */
export function dayOfName(text: string): number | null {
  const lower = text.trim().toLowerCase();
  const day = lower.length < 2 ? -1 : dayNames.findIndex((name) => name.toLowerCase().startsWith(lower));
  return day < 0 ? null : day;
}

/** @param place where in the text, such as `periods[2]` */
export function refuse(place: string, reason: string): never {
  const text = `${place}: ${reason} Nothing was converted.`;
  throw new AppError("invalid_hours", text, { faults: [{ pointer: "/text", code: "invalid_hours", reason: text }] });
}

interface Times {
  readonly start: string;
  readonly end: string;
}

/** Collects what a text says about a week, about dates, and what it cannot say here. */
export class ConvertedWeek {
  readonly #rows = new Map<number, Times[]>();
  readonly #dates = new Map<string, Times[]>();
  readonly #notes = new Set<string>();

  note(text: string): void {
    if (this.#notes.size < mostNotes) this.#notes.add(text);
  }

  /** Drops what was said of a day. */
  close(day: number): void {
    this.#rows.set(day, []);
  }

  /** @param day 0 = Monday */
  open(day: number, times: Times, place: string): void {
    const rows = this.#rows.get(day) ?? [];
    this.#add(rows, times, place);
    this.#rows.set(day, rows);
  }

  #add(rows: Times[], { start, end }: Times, place: string): void {
    const [from, to] = [parseWallTime(start), parseClosingTime(end)];
    if (from === null || from === daySeconds) refuse(place, `${start} is not an opening time such as 09:00.`);
    if (to === null) refuse(place, `${end} is not a closing time such as 17:00.`);
    if (layHours(from, to) === null) refuse(place, `${start} to ${end} is empty, or 24 hours or longer.`);
    if (rows.some((row) => row.start === start && row.end === end)) return;
    if (rows.length === mostRowsOfDay) refuse(place, "a day has at most 50 openings.");
    if (/^\d{1,2}:59/.test(end) && !end.startsWith("23:59")) {
      this.note(
        `${end} as a closing time: the store closes when that minute starts. If it is open until the next full hour, write that.`,
      );
    }
    rows.push({ start, end });
  }

  closeDate(date: string, place: string): void {
    this.#setDate(date, place);
  }

  openDate(date: string, times: Times, place: string): void {
    this.#add(this.#setDate(date, place), times, place);
  }

  #setDate(date: string, place: string): Times[] {
    const at = Date.parse(`${date}T00:00:00Z`);
    const isDate = /^20\d\d-\d\d-\d\d$/.test(date) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
    if (!isDate) refuse(place, `${date} is not a date from 2000 to 2099, such as 2026-12-25.`);
    const rows = this.#dates.get(date) ?? [];
    this.#dates.set(date, rows);
    if (this.#dates.size > mostDates) refuse(place, "at most 1,000 dates are read.");
    return rows;
  }

  openingsOf(day: number): readonly Times[] {
    return this.#rows.get(day) ?? [];
  }

  /** Days that were not named are closed, which a note says. */
  result(format: ConvertedHours["format"]): ConvertedHours {
    const missing = dayNames.filter((_, day) => !this.#rows.has(day));
    if (this.#rows.size > 0 && missing.length > 0) this.note(`Not named, so closed: ${missing.join(", ")}.`);
    const days = this.#rows.size === 0 ? [] : dayNames.map((_, day) => day);
    const isAlways =
      days.length > 0 &&
      days.every((day) =>
        this.openingsOf(day).some(({ start, end }) => start === "00:00" && /^(24:00|23:59)/.test(end)),
      );
    const rows = days.flatMap((day): NonNullable<ConvertedHours["business_hours"]> => {
      const openings = this.openingsOf(day);
      return openings.length === 0 ? [{ day, closed: true }] : openings.map((times) => ({ day, ...times }));
    });
    const exceptions = [...this.#dates].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return {
      format,
      business_hours: isAlways ? null : rows,
      exceptions: exceptions.map(([date, hours]) => ({ date, closed: hours.length === 0, hours })),
      notes: [...this.#notes],
    };
  }
}
