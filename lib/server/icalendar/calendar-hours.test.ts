import fc from "fast-check";
import { expect, it } from "vitest";
import { openIntervals, openingsByDate } from "@/lib/uptime/business-hours";
import { resolveTimeZone } from "@/lib/uptime/time-zone";
import type { BusinessHours, DayHours, DayOfWeek, Interval, Schedule } from "@/lib/uptime/types";
import { calendarHours, type CalendarMeaning } from "./calendar-hours";

const hour = 3_600;
const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];
const every = (...rows: readonly DayHours[]): BusinessHours[] =>
  days.flatMap((day) => rows.map((row) => ({ day, ...row })));
const from = (start: number, end: number): DayHours => ({ startSecond: start * hour, endSecond: end * hour });

const inUtc = (weekly: Schedule["weekly"]): Schedule => ({ timeZone: resolveTimeZone("UTC")!, weekly, exceptions: [] });
const entry = (date: string, hours: DayHours | null) => ({ date, hours, title: "" });

function apply(
  weekly: Schedule["weekly"],
  entries: readonly ReturnType<typeof entry>[],
  meaning: CalendarMeaning = "closed",
) {
  const found = calendarHours(entries, meaning, openingsByDate(inUtc(weekly)));
  return found.map(({ date, hours }) =>
    [date, ...hours.map((row) => `${row.startSecond / hour}-${row.endSecond / hour}`)].join(" "),
  );
}

it("an all-day event closes the date, and leaves the night before its end", () => {
  const schedule = inUtc(every(from(20, 26)));
  const exceptions = calendarHours([entry("2026-06-03", null)], "closed", openingsByDate(schedule));
  expect(exceptions).toEqual([{ date: "2026-06-03", hours: [] }]);
  const range = { start: Date.UTC(2026, 5, 3), end: Date.UTC(2026, 5, 4) };
  expect(openIntervals({ ...schedule, exceptions }, range)).toEqual([
    { start: range.start, end: Date.UTC(2026, 5, 3, 2) },
  ]);
});

it("a timed event closes from–to, and the rest of the day's hours stays", () => {
  expect(apply(every(from(9, 17)), [entry("2026-06-03", from(12, 14))])).toEqual(["2026-06-03 9-12 14-17"]);
  expect(apply(every(from(9, 17)), [entry("2026-06-03", from(17, 20))])).toEqual([]);
  expect(apply("always", [entry("2026-06-03", from(12, 14))])).toEqual(["2026-06-03 0-12 14-24"]);
});

it("a timed event cuts a night on both of its dates, however the night is written", () => {
  const oneRow = every(from(20, 26));
  const twoRows = every(from(20, 24), from(0, 2));
  for (const weekly of [oneRow, twoRows]) {
    expect(apply(weekly, [entry("2026-06-03", from(22, 25))])).toEqual(["2026-06-03 20-22", "2026-06-04 1-2 20-26"]);
    expect(apply(weekly, [entry("2026-06-04", from(1, 4))])).toEqual(["2026-06-03 20-25"]);
  }
});

it("with the meaning open the timed events of a date are its hours, and an all-day event closes it", () => {
  const entries = [entry("2026-12-24", from(10, 14)), entry("2026-12-25", null), entry("2026-12-31", from(18, 26))];
  expect(apply(every(from(9, 17)), entries, "open")).toEqual(["2026-12-24 10-14", "2026-12-25", "2026-12-31 18-26"]);
});

it("is open exactly when the weekly hours are and no timed event is in progress", () => {
  const row = fc
    .record({ start: fc.nat(23), length: fc.integer({ min: 1, max: 12 }) })
    .map(({ start, length }) => from(start, start + length));
  const arbEntry = fc
    .tuple(fc.integer({ min: 5, max: 8 }), row)
    .map(([day, hours]) => entry(`2026-06-0${String(day)}`, hours));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 2 }),
      fc.array(arbEntry, { maxLength: 4 }),
      (rows, entries) => {
        const schedule = inUtc(every(...rows));
        const range: Interval = { start: Date.UTC(2026, 5, 3), end: Date.UTC(2026, 5, 12) };
        const exceptions = calendarHours(entries, "closed", openingsByDate(schedule));
        const isIn = (intervals: readonly Interval[], at: number) =>
          intervals.some(({ start, end }) => start <= at && at < end);
        const [plain, cut] = [openIntervals(schedule, range), openIntervals({ ...schedule, exceptions }, range)];
        const closed = entries.map(({ date, hours }) => {
          const midnight = Date.parse(`${date}T00:00:00Z`);
          return { start: midnight + (hours?.startSecond ?? 0) * 1000, end: midnight + (hours?.endSecond ?? 0) * 1000 };
        });
        for (let at = range.start; at < range.end; at += hour * 1000) {
          expect([at, isIn(cut, at)]).toEqual([at, isIn(plain, at) && !isIn(closed, at)]);
        }
      },
    ),
  );
});
