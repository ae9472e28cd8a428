import { AppError } from "@/lib/server/errors";
import { LocalDateSchema } from "@/lib/contract/store-edit";
import type { ConvertedHours } from "@/lib/contract/hours-conversion";
import { layHours, parseClosingTime, parseWallTime } from "@/lib/uptime/business-hours";
import { daySeconds } from "@/lib/uptime/units";
import { cutOpening, layTimes, type Times } from "./cut-hours";

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

/** @throws AppError invalid_hours for what is not a date of a calendar */
export function requireDate(date: string, place: string): void {
  if (LocalDateSchema.safeParse(date).success) return;
  refuse(place, `${date.slice(0, 40)} is not a date from 2000 to 2099, such as 2026-12-25.`);
}

/** Collects what a text says about a week, about dates, and what it cannot say here. */
export class ConvertedWeek {
  readonly #rows = new Map<number, Times[]>();
  readonly #dates = new Map<string, Times[]>();
  readonly #notes = new Set<string>();
  readonly #unknown = new Set<number>();
  readonly #closedDates = new Set<string>();

  note(text: string): void {
    if (this.#notes.size < mostNotes) this.#notes.add(text);
  }

  /** Drops what was said of a day. */
  close(day: number): void {
    this.#rows.set(day, []);
    this.#unknown.delete(day);
  }

  /** Closes a day of which the text gives no hours; a text that says no more than that has no weekly hours. */
  closeUnknown(day: number): void {
    this.close(day);
    this.#unknown.add(day);
  }

  /** Whether the text closed a day. */
  isClosed(day: number): boolean {
    return this.#rows.get(day)?.length === 0;
  }

  /** @param day 0 = Monday */
  open(day: number, times: Times, place: string): void {
    const rows = this.#rows.get(day) ?? [];
    this.#add(rows, times, place);
    this.#rows.set(day, rows);
    this.#unknown.delete(day);
  }

  /** Takes a part out of the openings of a day and of the nights around it. @returns whether any was open then */
  cut(day: number, times: Times, place: string): boolean {
    this.#add([], times, place);
    const part = layTimes(times) ?? { startSecond: 0, endSecond: 0 };
    const moved: { day: number; times: Times }[] = [];
    let isCut = false;
    for (const [step, offset] of [
      [6, daySeconds],
      [0, 0],
      [1, -daySeconds],
    ] as const) {
      const owner = (day + step) % 7;
      const shifted = { startSecond: part.startSecond + offset, endSecond: part.endSecond + offset };
      const rows = this.#rows.get(owner) ?? [];
      const left = rows.flatMap((row) => {
        const cut = cutOpening(row, shifted);
        if (cut === null) return [row];
        isCut = true;
        moved.push(...cut.nextDay.map((times) => ({ day: (owner + 1) % 7, times })));
        return cut.sameDay;
      });
      if (rows.length > 0) this.#rows.set(owner, left);
    }
    for (const { day, times } of moved) this.open(day, times, place);
    return isCut;
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

  /** @throws AppError invalid_hours, also for a date that has hours */
  closeDate(date: string, place: string): void {
    if (this.#setDate(date, place).length > 0) refuse(place, `${date} is closed here and has hours. Keep one of them.`);
    this.#closedDates.add(date);
  }

  /** @throws AppError invalid_hours, also for a date that is closed */
  openDate(date: string, times: Times, place: string): void {
    if (this.#closedDates.has(date)) refuse(place, `${date} has hours here and is closed. Keep one of them.`);
    this.#add(this.#setDate(date, place), times, place);
  }

  #setDate(date: string, place: string): Times[] {
    requireDate(date, place);
    const rows = this.#dates.get(date) ?? [];
    this.#dates.set(date, rows);
    if (this.#dates.size > mostDates) refuse(place, "at most 1,000 dates are read.");
    return rows;
  }

  openingsOf(day: number): readonly Times[] {
    return this.#rows.get(day) ?? [];
  }

  /** The rows of all days, null for always open, undefined where the text has no weekly hours. */
  #weekly(): ConvertedHours["business_hours"] {
    if (this.#rows.size === this.#unknown.size) {
      this.note("The text has no weekly hours.");
      return undefined;
    }
    const missing = dayNames.filter((_, day) => !this.#rows.has(day));
    if (missing.length > 0) this.note(`Not named, so closed: ${missing.join(", ")}.`);
    const isAlways = dayNames.every((_, day) =>
      this.openingsOf(day).some(({ start, end }) => start === "00:00" && /^(24:00|23:59)/.test(end)),
    );
    if (isAlways) return null;
    return dayNames.flatMap((_, day): NonNullable<ConvertedHours["business_hours"]> => {
      const openings = this.openingsOf(day);
      return openings.length === 0 ? [{ day, closed: true }] : openings.map((times) => ({ day, ...times }));
    });
  }

  /** Days that were not named are closed, which a note says; so does one where there are no weekly hours. */
  result(format: ConvertedHours["format"]): ConvertedHours {
    const weekly = this.#weekly();
    const exceptions = [...this.#dates].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return {
      format,
      ...(weekly === undefined ? {} : { business_hours: weekly }),
      exceptions: exceptions.map(([date, hours]) => ({ date, closed: hours.length === 0, hours })),
      notes: [...this.#notes],
    };
  }
}
