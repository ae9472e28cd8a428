import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, arbDayHours, day } from "./arbitraries";
import { layHours, openIntervals, parseClosingTime, parseWallTime } from "./business-hours";
import { intervalAt } from "./interval";
import { defaultTimeZone } from "./time-zone";
import type { Schedule, TimeZone } from "./types";

/** Wall time by the runtime's own calendar: date as days since 1970, ms since midnight. */
function clockFace(zone: TimeZone, at: number): { date: number; ms: number } {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const date = Date.UTC(part("year"), part("month") - 1, part("day")) / day;
  const ms = ((part("hour") * 60 + part("minute")) * 60 + part("second")) * 1000 + (((at % 1000) + 1000) % 1000);
  return { date, ms };
}

function isOpenByTheClock(schedule: Schedule, at: number): boolean {
  const { date, ms } = clockFace(schedule.timeZone, at);
  const hoursOf = (of: number) => {
    const iso = new Date(of * day).toISOString().slice(0, 10);
    const exception = schedule.exceptions.find((one) => one.date === iso);
    if (exception) return exception.hours;
    if (schedule.weekly === "always") return [{ startSecond: 0, endSecond: 86_400 }];
    return schedule.weekly.filter((row) => row.day === (((of + 3) % 7) + 7) % 7);
  };
  return (
    hoursOf(date).some(({ startSecond, endSecond }) => startSecond * 1000 <= ms && ms < endSecond * 1000) ||
    hoursOf(date - 1).some(({ endSecond }) => ms < endSecond * 1000 - day)
  );
}

describe("openIntervals", () => {
  it("contains an instant if and only if the local time is then inside hours of its date", () => {
    const arbBack = fc.array(fc.integer({ min: 0, max: 8 * day }), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(arbCase, arbBack, ({ schedule, asOf }, backs) => {
        const open = openIntervals(schedule, { start: asOf - 8 * day, end: asOf + 1 });
        for (const back of backs) {
          const at = asOf - back;
          expect(intervalAt(open, at) !== undefined, new Date(at).toISOString()).toBe(isOpenByTheClock(schedule, at));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("gives disjoint, ascending intervals that are not adjacent", () => {
    fc.assert(
      fc.property(arbCase, ({ schedule, asOf }) => {
        const open = openIntervals(schedule, { start: asOf - 8 * day, end: asOf });
        open.forEach(({ start, end }, index) => {
          expect(start).toBeLessThan(end);
          if (index > 0) expect(open[index - 1]!.end).toBeLessThan(start);
        });
      }),
    );
  });

  it("is unbounded for a store without rows", () => {
    const range = { start: 0, end: 400 * day };
    expect(openIntervals({ timeZone: defaultTimeZone, weekly: "always", exceptions: [] }, range)).toEqual([range]);
  });
});

describe("layHours", () => {
  it.each([
    ["09:00:00", "17:00:00", { startSecond: 32_400, endSecond: 61_200 }],
    ["18:00:00", "23:59:59", { startSecond: 64_800, endSecond: 86_400 }],
    ["18:00:00", "23:59:00", { startSecond: 64_800, endSecond: 86_400 }],
    ["18:00:00", "23:58:59", { startSecond: 64_800, endSecond: 86_339 }],
    ["18:00:00", "24:00:00", { startSecond: 64_800, endSecond: 86_400 }],
    ["20:00:00", "02:00:00", { startSecond: 72_000, endSecond: 93_600 }],
    ["20:00:00", "00:00:00", { startSecond: 72_000, endSecond: 86_400 }],
    ["00:00:00", "00:00:00", { startSecond: 0, endSecond: 86_400 }],
    ["09:00:00", "09:00:00", null],
    ["24:00:00", "02:00:00", null],
    ["20:00:00", "26:00:00", { startSecond: 72_000, endSecond: 93_600 }],
    ["20:00:00", "44:00:00", null],
    ["00:00:00", "25:00:00", null],
  ])("lays %s–%s", (start, end, expected) => {
    expect(layHours(parseWallTime(start)!, parseClosingTime(end)!)).toEqual(expected);
  });

  it("always gives a start within the day and an end within the 24 hours after it", () => {
    fc.assert(
      fc.property(arbDayHours, ({ startSecond, endSecond }) => {
        expect(startSecond).toBeLessThan(86_400);
        expect(endSecond).toBeGreaterThan(startSecond);
        expect(endSecond).toBeLessThanOrEqual(startSecond + 86_400);
      }),
    );
  });
});

describe("parseClosingTime", () => {
  it.each([
    ["17:00", 61_200],
    ["24:00", 86_400],
    ["24:01", 86_460],
    ["26:00:00", 93_600],
    ["48:00", 172_800],
    ["24:00:01", null],
    ["24:00:59", null],
    ["48:00:01", null],
    ["24:60", null],
  ])("reads %s", (text, second) => {
    expect(parseClosingTime(text)).toBe(second);
  });

  it("gives a night the same hours, whichever way its end is written", () => {
    const time = (second: number): string =>
      [Math.floor(second / 3600), Math.floor(second / 60) % 60].map((part) => String(part).padStart(2, "0")).join(":");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1438 }), fc.integer({ min: 1, max: 1438 }), (one, other) => {
        const [end, start] = one < other ? [one * 60, other * 60] : [other * 60, one * 60 + 60];
        const laid = layHours(start, parseClosingTime(time(86_400 + end))!);
        expect(laid).toEqual(layHours(start, parseClosingTime(time(end))!));
        expect(laid).not.toBeNull();
      }),
    );
  });
});

describe("parseWallTime", () => {
  it.each([
    ["9:00", 32_400],
    ["0:00:00", 0],
    ["23:59:59", 86_399],
    ["24:00", 86_400],
  ])("reads %s", (text, seconds) => {
    expect(parseWallTime(text)).toBe(seconds);
  });

  it.each([
    "24:00:01",
    "25:00",
    "9.00.00",
    "9am",
    "09:00 PM",
    "0900",
    "09:00:00.5",
    "-01:00:00",
    "09:60",
    "",
    "09:00:00+05",
  ])("rejects %j", (text) => {
    expect(parseWallTime(text)).toBeNull();
  });
});
