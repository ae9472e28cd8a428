import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, day } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { intervalAt } from "./interval";
import { localDateAt, resolveTimeZone, wallTimeAt } from "./time-zone";
import type { BusinessHours, DayOfWeek, Interval, Schedule, TimeZone } from "./types";

const hour = 3_600;
const dateOf = (date: number): string => new Date(date * day).toISOString().slice(0, 10);
const rangeBefore = (asOf: number): Interval => ({ start: asOf - 9 * day, end: asOf + day });

const zoneOf = (name: string): TimeZone => resolveTimeZone(name)!;

/** Local dates as offsets in days from that of the as-of instant. */
const arbBoundary = fc.integer({ min: -8, max: 1 });

describe("weekly hours that changed", () => {
  it("are open as before where nothing changed, at any dates", () => {
    fc.assert(
      fc.property(arbCase, fc.uniqueArray(arbBoundary, { maxLength: 3 }), ({ schedule, asOf }, boundaries) => {
        const today = wallTimeAt(schedule.timeZone, asOf).date;
        const earlier = boundaries
          .toSorted((a, b) => a - b)
          .map((offset) => ({ before: dateOf(today + offset), value: schedule.weekly }));
        expect(openIntervals({ ...schedule, earlier }, rangeBefore(asOf))).toEqual(
          openIntervals(schedule, rangeBefore(asOf)),
        );
      }),
    );
  });

  it("are the earlier ones on each date before the change, and the later ones after it", () => {
    const arbBacks = fc.array(fc.integer({ min: -day, max: 9 * day }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(arbCase, arbCase, arbBoundary, arbBacks, ({ schedule: later, asOf }, other, offset, backs) => {
        const earlier: Schedule = { ...later, weekly: other.schedule.weekly };
        const changeDate = wallTimeAt(later.timeZone, asOf).date + offset;
        const changed = { ...later, earlier: [{ before: dateOf(changeDate), value: earlier.weekly }] };
        const open = (schedule: Schedule, at: number): boolean =>
          intervalAt(openIntervals(schedule, rangeBefore(asOf)), at) !== undefined;
        for (const back of backs) {
          const at = asOf - back;
          if (at < rangeBefore(asOf).start || at >= rangeBefore(asOf).end) continue;
          const { date } = wallTimeAt(later.timeZone, at);
          if (date < changeDate) expect(open(changed, at), dateOf(date)).toBe(open(earlier, at));
          if (date > changeDate) expect(open(changed, at), dateOf(date)).toBe(open(later, at));
        }
      }),
      { numRuns: 60 },
    );
  });

  const night = (two: boolean, start: number, end: number): BusinessHours[] =>
    ([0, 1, 2, 3, 4, 5, 6] as const).flatMap((of): BusinessHours[] => {
      const next = ((of + 1) % 7) as DayOfWeek;
      return two
        ? [
            { day: of, startSecond: start * hour, endSecond: 24 * hour },
            { day: next, startSecond: 0, endSecond: end * hour },
          ]
        : [{ day: of, startSecond: start * hour, endSecond: (24 + end) * hour }];
    });

  it("keep a night to the day on which it starts, in one row or in two", () => {
    const bools = [false, true];
    for (const [twoBefore, twoAfter] of bools.flatMap((a) => bools.map((b) => [a, b] as const))) {
      const schedule: Schedule = {
        timeZone: zoneOf("UTC"),
        weekly: night(twoAfter, 22, 4),
        earlier: [{ before: "2026-11-27", value: night(twoBefore, 20, 2) }],
        exceptions: [],
      };
      const range = { start: Date.parse("2026-11-25T12:00Z"), end: Date.parse("2026-11-28T12:00Z") };
      expect(openIntervals(schedule, range)).toEqual(
        [
          ["2026-11-25T20:00Z", "2026-11-26T02:00Z"],
          ["2026-11-26T20:00Z", "2026-11-27T02:00Z"],
          ["2026-11-27T22:00Z", "2026-11-28T04:00Z"],
        ].map(([start, end]) => ({ start: Date.parse(start!), end: Date.parse(end!) })),
      );
    }
  });

  it("give the same openings for any split of nights into rows, with any exceptions and changes", () => {
    const arbNight = fc.record({
      day: fc.constantFrom<DayOfWeek>(0, 1, 2, 3, 4, 5, 6),
      start: fc.integer({ min: 12, max: 23 }),
      end: fc.integer({ min: 1, max: 6 }),
      isSplit: fc.boolean(),
    });
    const arbNights = fc.uniqueArray(arbNight, { maxLength: 7, selector: (one) => one.day });
    const rowsOf = (
      nights: readonly { day: DayOfWeek; start: number; end: number; isSplit: boolean }[],
      split: boolean,
    ) =>
      nights.flatMap(({ day: of, start, end, isSplit }): BusinessHours[] =>
        split && isSplit
          ? [
              { day: of, startSecond: start * hour, endSecond: 24 * hour },
              { day: ((of + 1) % 7) as DayOfWeek, startSecond: 0, endSecond: end * hour },
            ]
          : [{ day: of, startSecond: start * hour, endSecond: (24 + end) * hour }],
      );
    fc.assert(
      fc.property(arbCase, arbNights, arbNights, arbBoundary, ({ schedule, asOf }, before, after, offset) => {
        const change = dateOf(wallTimeAt(schedule.timeZone, asOf).date + offset);
        const open = (split: boolean) =>
          openIntervals(
            { ...schedule, weekly: rowsOf(after, split), earlier: [{ before: change, value: rowsOf(before, split) }] },
            rangeBefore(asOf),
          );
        expect(open(true)).toEqual(open(false));
      }),
      { numRuns: 300 },
    );
  });

  it("are open round the clock until the first hours apply", () => {
    const schedule: Schedule = {
      timeZone: zoneOf("America/New_York"),
      weekly: [{ day: 4, startSecond: 9 * hour, endSecond: 17 * hour }],
      earlier: [{ before: "2026-11-26", value: "always" }],
      exceptions: [],
    };
    const range = { start: Date.parse("2026-11-25T00:00Z"), end: Date.parse("2026-11-28T00:00Z") };
    expect(openIntervals(schedule, range)).toEqual([
      { start: range.start, end: Date.parse("2026-11-26T05:00Z") },
      { start: Date.parse("2026-11-27T14:00Z"), end: Date.parse("2026-11-27T22:00Z") },
    ]);
  });
});

it("localDateAt gives the date of the store's clock", () => {
  expect(localDateAt(zoneOf("Pacific/Auckland"), Date.parse("2026-11-27T12:00Z"))).toBe("2026-11-28");
  expect(localDateAt(zoneOf("America/New_York"), Date.parse("2026-11-27T04:59Z"))).toBe("2026-11-26");
});
