import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, arbDayHours, day } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { applyCalendars, datesOfRule, mergeEntries, type CalendarDate, type CalendarRule } from "./calendar";
import { intervalAt } from "./interval";
import { wallTimeAt } from "./time-zone";
import type { DayHours, DayOfWeek, Schedule } from "./types";

const years = { first: "2020-01-01", last: "2032-12-31" };
const iso = (at: number): string => new Date(at).toISOString().slice(0, 10);

const daysOfYears = (Date.parse(years.last) - Date.parse(years.first)) / day + 1;
const allDates = Array.from({ length: daysOfYears }, (_day, index) => new Date(Date.parse(years.first) + index * day));

const arbDate = fc.integer({ min: Date.parse("2019-06-01") / day, max: Date.parse("2033-06-01") / day });
const arbRule: fc.Arbitrary<CalendarRule> = fc.oneof(
  arbDate.map((at): CalendarRule => ({ kind: "date", date: iso(at * day) })),
  fc
    .tuple(arbDate, fc.integer({ min: 0, max: 40 }))
    .map(([at, length]): CalendarRule => ({ kind: "range", from: iso(at * day), to: iso((at + length) * day) })),
  fc.record({
    kind: fc.constant("yearly" as const),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  }),
  fc.record({
    kind: fc.constant("weekday" as const),
    month: fc.integer({ min: 1, max: 12 }),
    week: fc.constantFrom(1, 2, 3, 4, 5, -1),
    weekday: fc.integer({ min: 0, max: 6 }).map((one) => one as DayOfWeek),
    plusDays: fc.integer({ min: 0, max: 6 }),
  }),
);

/** Whether a rule is about a date, by its definition: no arithmetic of the code under test. */
function isAbout(rule: CalendarRule, date: Date): boolean {
  const text = iso(date.getTime());
  if (rule.kind === "date") return text === rule.date;
  if (rule.kind === "range") return text >= rule.from && text <= rule.to;
  if (rule.kind === "yearly") return date.getUTCMonth() + 1 === rule.month && date.getUTCDate() === rule.day;
  const before = new Date(date.getTime() - rule.plusDays * day);
  const ofMonth = before.getUTCDate();
  const daysInMonth = new Date(Date.UTC(before.getUTCFullYear(), before.getUTCMonth() + 1, 0)).getUTCDate();
  const isWeek = rule.week === -1 ? ofMonth > daysInMonth - 7 : Math.ceil(ofMonth / 7) === rule.week;
  return before.getUTCMonth() + 1 === rule.month && (before.getUTCDay() + 6) % 7 === rule.weekday && isWeek;
}

describe("the dates of a rule", () => {
  it("are exactly those that it is about, ascending", () => {
    fc.assert(
      fc.property(arbRule, (rule) => {
        const expected = allDates.filter((date) => isAbout(rule, date)).map((date) => iso(date.getTime()));
        expect(datesOfRule(rule, years)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, CalendarRule, string[]]>([
    ["25 December", { kind: "yearly", month: 12, day: 25 }, ["2026-12-25", "2027-12-25", "2028-12-25"]],
    ["29 February", { kind: "yearly", month: 2, day: 29 }, ["2028-02-29"]],
    [
      "the fourth Thursday in November",
      { kind: "weekday", month: 11, week: 4, weekday: 3, plusDays: 0 },
      ["2026-11-26", "2027-11-25", "2028-11-23"],
    ],
    [
      "the day after it",
      { kind: "weekday", month: 11, week: 4, weekday: 3, plusDays: 1 },
      ["2026-11-27", "2027-11-26", "2028-11-24"],
    ],
    [
      "the last Monday in May",
      { kind: "weekday", month: 5, week: -1, weekday: 0, plusDays: 0 },
      ["2026-05-25", "2027-05-31", "2028-05-29"],
    ],
    ["a fifth Friday in February", { kind: "weekday", month: 2, week: 5, weekday: 4, plusDays: 0 }, []],
    [
      "a day after the last Thursday of the year, in the next year",
      { kind: "weekday", month: 12, week: -1, weekday: 3, plusDays: 2 },
      ["2027-01-02", "2028-01-01", "2028-12-30"],
    ],
  ])("%s", (_name, rule, dates) => {
    expect(datesOfRule(rule, { first: "2026-01-01", last: "2028-12-31" })).toEqual(dates);
  });
});

describe("calendars of a store", () => {
  const dated = (date: string, hours: readonly DayHours[], name = ""): CalendarDate => ({
    date,
    name,
    effect: { hours },
  });
  const everyDate = { first: "2000-01-01", before: "2100-01-01" };
  const opens = (startHour: number): DayHours[] => [{ startSecond: startHour * 3_600, endSecond: 80_000 }];

  it("apply in their order, after the store's own exceptions, and only for their dates", () => {
    const own = [{ date: "2026-12-25", hours: opens(1) }];
    const strong = [dated("2026-12-25", opens(2)), dated("2026-12-26", opens(2)), dated("2026-12-27", opens(2))];
    const weak = [dated("2026-12-26", opens(3)), dated("2026-12-27", opens(3)), dated("2026-12-24", [])];
    const layers = [
      { first: "2000-01-01", before: "2026-12-27", dates: strong },
      { ...everyDate, dates: weak },
    ];
    expect(applyCalendars(own, layers)).toEqual({
      exceptions: [
        { date: "2026-12-24", hours: [] },
        { date: "2026-12-25", hours: opens(1) },
        { date: "2026-12-26", hours: opens(2) },
        { date: "2026-12-27", hours: opens(3) },
      ],
      closures: [],
    });
  });

  it("keep of two entries about one date the later one", () => {
    const merged = mergeEntries([
      [dated("2026-12-25", [], "a")],
      [dated("2026-12-24", []), dated("2026-12-25", [], "b")],
    ]);
    expect(merged.map(({ date, name }) => [date, name])).toEqual([
      ["2026-12-24", ""],
      ["2026-12-25", "b"],
    ]);
  });

  it("give the openings of the same exceptions written out", () => {
    const arbLayers = fc.array(
      fc.record({
        offsets: fc.uniqueArray(fc.integer({ min: -9, max: 2 }), { maxLength: 6 }),
        hours: fc.array(arbDayHours, { maxLength: 2 }),
        span: fc.tuple(fc.integer({ min: -9, max: 2 }), fc.integer({ min: 0, max: 12 })),
      }),
      { maxLength: 3 },
    );
    fc.assert(
      fc.property(arbCase, arbLayers, ({ schedule, asOf }, given) => {
        const dateAt = (offset: number): string => iso(asOf + offset * day);
        const layers = given.map(({ offsets, hours, span: [start, length] }) => ({
          ...{ first: dateAt(start), before: dateAt(start + length) },
          dates: offsets.toSorted((a, b) => a - b).map((offset) => dated(dateAt(offset), hours)),
        }));
        const written: { date: string; hours: readonly DayHours[] }[] = [];
        for (let offset = -20; offset <= 20; offset++) {
          const date = dateAt(offset);
          const own = schedule.exceptions.find((one) => one.date === date);
          const layer = given.find(({ offsets, span: [start, length] }) => {
            return offsets.includes(offset) && offset >= start && offset < start + length;
          });
          const hours = own?.hours ?? layer?.hours;
          if (hours !== undefined) written.push({ date, hours });
        }
        const range = { start: asOf - 9 * day, end: asOf + day };
        expect(openIntervals({ ...schedule, ...applyCalendars(schedule.exceptions, layers) }, range)).toEqual(
          openIntervals({ ...schedule, exceptions: written }, range),
        );
      }),
    );
  });
});

describe("a partial closure", () => {
  const hour = 3_600;
  const everyDay = (startSecond: number, endSecond: number) =>
    ([0, 1, 2, 3, 4, 5, 6] as const).map((of) => ({ day: of, startSecond, endSecond }));
  const range = { start: Date.parse("2026-12-23"), end: Date.parse("2026-12-27") };
  const openOf = (weekly: Schedule["weekly"], closed: DayHours): string[] => {
    const schedule = { timeZone: "UTC", weekly, exceptions: [], closures: [{ date: "2026-12-24", closed: [closed] }] };
    return openIntervals(schedule as unknown as Schedule, range).map(({ start, end }) =>
      [start, end].map((at) => new Date(at).toISOString().slice(8, 16)).join("/"),
    );
  };

  it("from 14:00 on closes the store for the rest of the day, and for the night after it", () => {
    const closed = { startSecond: 14 * hour, endSecond: 24 * hour };
    const night = everyDay(10 * hour, 26 * hour);
    const twoRows = [...everyDay(10 * hour, 24 * hour), ...everyDay(0, 2 * hour)];
    const expected = [
      "23T00:00/23T02:00",
      "23T10:00/24T02:00",
      "24T10:00/24T14:00",
      "25T10:00/26T02:00",
      "26T10:00/27T00:00",
    ];
    expect(openOf(night, closed)).toEqual(expected);
    expect(openOf(twoRows, closed)).toEqual(expected);
  });

  it("until 18:00 lets the evening open", () => {
    const closed = { startSecond: 0, endSecond: 18 * hour };
    expect(openOf(everyDay(10 * hour, 26 * hour), closed)).toContain("24T18:00/25T02:00");
  });

  it("closes exactly that part of a store that is always open", () => {
    const closed = { startSecond: 10 * hour, endSecond: 12 * hour };
    expect(openOf("always", closed)).toEqual(["23T00:00/24T10:00", "24T12:00/27T00:00"]);
  });

  it("closes what is closed by the wall clock of its date, and nothing that begins on other dates", () => {
    fc.assert(
      fc.property(arbCase, arbDayHours, fc.integer({ min: -6, max: 0 }), ({ schedule, asOf }, part, offset) => {
        const closed = { startSecond: part.startSecond, endSecond: Math.min(part.endSecond, 24 * hour) };
        const date = wallTimeAt(schedule.timeZone, asOf).date + offset;
        const around = { start: asOf - 9 * day, end: asOf + day };
        const plain = { ...schedule, exceptions: [] };
        const cut = { ...plain, closures: [{ date: iso(date * day), closed: [closed] }] };
        const [before, after] = [openIntervals(plain, around), openIntervals(cut, around)];
        for (let at = around.start; at < around.end; at += 1_234_567) {
          const now = wallTimeAt(schedule.timeZone, at);
          const [was, is] = [intervalAt(before, at) !== undefined, intervalAt(after, at) !== undefined];
          if (now.date < date || now.date > date + 1) expect(is).toBe(was);
          if (!was) expect(is).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });
});
