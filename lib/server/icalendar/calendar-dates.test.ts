import fc from "fast-check";
import { expect, it } from "vitest";
import { openIntervals } from "@/lib/uptime/business-hours";
import { applyCalendars } from "@/lib/uptime/calendar";
import { intervalAt } from "@/lib/uptime/interval";
import { resolveTimeZone } from "@/lib/uptime/time-zone";
import type { BusinessHours, DayHours, DayOfWeek, Schedule } from "@/lib/uptime/types";
import { calendarDates, type CalendarMeaning } from "./calendar-dates";

const hour = 3_600;
const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
const every = (...rows: readonly DayHours[]): BusinessHours[] =>
  days.flatMap((day) => rows.map((row) => ({ day, ...row })));
const from = (start: number, end: number): DayHours => ({ startSecond: start * hour, endSecond: end * hour });
const entry = (date: string, hours: DayHours | null, title = "") => ({ date, hours, title });
type Entries = readonly ReturnType<typeof entry>[];

function effects(entries: Entries, meaning: CalendarMeaning = "closed"): readonly string[] {
  const text = (hours: readonly DayHours[]) => hours.map((row) => `${row.startSecond / hour}-${row.endSecond / hour}`);
  return calendarDates(entries, meaning).map(({ date, effect }) =>
    "closed" in effect ? [date, "without", ...text(effect.closed)].join(" ") : [date, ...text(effect.hours)].join(" "),
  );
}

it("an all-day event closes its date, a timed one a part of it", () => {
  expect(effects([entry("2026-06-03", null)])).toEqual(["2026-06-03"]);
  expect(effects([entry("2026-06-03", from(12, 14)), entry("2026-06-03", from(13, 15))])).toEqual([
    "2026-06-03 without 12-15",
  ]);
  expect(effects([entry("2026-06-03", from(12, 14)), entry("2026-06-03", null)])).toEqual(["2026-06-03"]);
  expect(effects([entry("2026-06-03", from(0, 24))])).toEqual(["2026-06-03"]);
});

it("an event over midnight closes the end of its date and the start of the next one", () => {
  expect(effects([entry("2026-06-03", from(22, 30))])).toEqual(["2026-06-03 without 22-24", "2026-06-04 without 0-6"]);
  expect(effects([entry("2026-06-03", from(22, 24))])).toEqual(["2026-06-03 without 22-24"]);
});

it("an all-day event takes the night that starts on its date, and leaves the night before its end", () => {
  const nights = [every(from(20, 26)), every(from(20, 24), from(0, 2))];
  const range = { start: Date.UTC(2026, 5, 2, 12), end: Date.UTC(2026, 5, 5, 12) };
  const dates = calendarDates([entry("2026-06-03", null)], "closed");
  const layer = { first: "2000-01-01", before: "2100-01-01", dates };
  for (const weekly of nights) {
    const schedule: Schedule = { timeZone: resolveTimeZone("UTC")!, weekly, exceptions: [] };
    expect(openIntervals({ ...schedule, ...applyCalendars([], [layer]) }, range)).toEqual([
      { start: Date.UTC(2026, 5, 2, 20), end: Date.UTC(2026, 5, 3, 2) },
      { start: Date.UTC(2026, 5, 4, 20), end: Date.UTC(2026, 5, 5, 2) },
    ]);
  }
});

it("with the meaning open the timed events of a date are its hours", () => {
  const entries = [entry("2026-12-24", from(10, 14)), entry("2026-12-24", null), entry("2026-12-25", null)];
  expect(effects([...entries, entry("2026-12-31", from(18, 26))], "open")).toEqual([
    ...["2026-12-24 10-14", "2026-12-25", "2026-12-31 18-26"],
  ]);
});

it("hours of one date that overlap for more than a day stay rows of at most a day", () => {
  expect(effects([entry("2026-06-03", from(8, 30)), entry("2026-06-03", from(20, 40))], "open")).toEqual([
    "2026-06-03 8-30 20-40",
  ]);
});

it("names a date by its events, each once, and never cuts a character in two", () => {
  const named = (...titles: readonly string[]) =>
    calendarDates(
      titles.map((title) => entry("2026-06-03", null, title)),
      "closed",
    )[0]?.name;
  expect(named("Inventory", "Holiday", "Inventory")).toBe("Inventory, Holiday");
  expect(named("")).toBe("No title");
  expect(named(`${"x".repeat(199)}\u{1f384}`)).toBe("x".repeat(199));
});

it("closes nothing but the openings of the dates of its events, and those while an event is in progress", () => {
  const arbRow = fc
    .record({ start: fc.nat(23), length: fc.integer({ min: 1, max: 12 }) })
    .map(({ start, length }) => from(start, start + length));
  const arbEntry = fc
    .tuple(fc.integer({ min: 5, max: 8 }), arbRow)
    .map(([day, hours]) => entry(`2026-06-0${String(day)}`, hours));
  const utc = resolveTimeZone("UTC")!;
  fc.assert(
    fc.property(
      fc.array(arbRow, { minLength: 1, maxLength: 2 }),
      fc.array(arbEntry, { maxLength: 4 }),
      (rows, given) => {
        const plain: Schedule = { timeZone: utc, weekly: every(...rows), exceptions: [] };
        const layer = { first: "2000-01-01", before: "2100-01-01", dates: calendarDates(given, "closed") };
        const cut: Schedule = { ...plain, ...applyCalendars([], [layer]) };
        const range = { start: Date.UTC(2026, 5, 3), end: Date.UTC(2026, 5, 12) };
        const [before, after] = [openIntervals(plain, range), openIntervals(cut, range)];
        const closed = given.map(({ date, hours }) => {
          const midnight = Date.parse(`${date}T00:00:00Z`);
          return { start: midnight + (hours?.startSecond ?? 0) * 1000, end: midnight + (hours?.endSecond ?? 0) * 1000 };
        });
        for (let at = range.start; at < range.end; at += hour * 1000) {
          const [was, is] = [intervalAt(before, at) !== undefined, intervalAt(after, at) !== undefined];
          const isClosed = closed.some(({ start, end }) => start <= at && at < end);
          expect(is && !was).toBe(false);
          if (was && !isClosed) {
            // Only the end of a night that starts before a closing up to midnight goes with it.
            const isNight = closed.some(({ start, end }) => end % 86_400_000 < start % 86_400_000 && at >= end);
            expect([at, is || isNight]).toEqual([at, true]);
          }
          const openingsOfDate = rows.every(({ endSecond }) => endSecond <= 24 * hour);
          if (isClosed && openingsOfDate) expect([at, is]).toEqual([at, false]);
        }
      },
    ),
  );
});
