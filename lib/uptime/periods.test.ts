import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbTimeZone, day, hour } from "./arbitraries";
import { cutWindow } from "./buckets";
import { joinWeeks, lastDate, periodAt, periodOfDates, startOfDate, type PeriodName } from "./periods";
import { resolveTimeZone, wallTimeAt } from "./time-zone";

const zone = (name: string) => resolveTimeZone(name)!;
const chicago = zone("America/Chicago");
const iso = (at: number): string => new Date(at).toISOString();
const days = (date: string): number => Date.parse(date) / day;

const arbAt = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 0, 1) });
const arbName = fc.constantFrom<PeriodName>(
  ...(["last_hour", "last_24_hours", "last_7_days", "last_30_days", "this_month", "last_month"] as const),
);

describe("startOfDate", () => {
  it("is the first instant with that date or a later one, in every zone", () => {
    fc.assert(
      fc.property(arbTimeZone, arbAt, (inZone, at) => {
        const { date } = wallTimeAt(inZone, at);
        const start = startOfDate(inZone, date);
        expect(wallTimeAt(inZone, start).date).toBeGreaterThanOrEqual(date);
        expect(wallTimeAt(inZone, start - 1).date).toBeLessThan(date);
        expect(start).toBeLessThanOrEqual(at);
      }),
    );
  });

  it("is the change where the clocks skip midnight, and the next date where they skip the date", () => {
    expect(iso(startOfDate(zone("America/Havana"), days("2023-03-12")))).toBe("2023-03-12T05:00:00.000Z");
    expect(startOfDate(zone("Pacific/Apia"), days("2011-12-30"))).toBe(
      startOfDate(zone("Pacific/Apia"), days("2011-12-31")),
    );
  });
});

describe("named periods", () => {
  it("end where the data does or before, and follow the period they are compared with", () => {
    fc.assert(
      fc.property(arbTimeZone, arbAt, arbName, (inZone, asOf, name) => {
        const { window, before } = periodAt(inZone, asOf, name);
        expect(window.start).toBeLessThan(window.end);
        expect(window.end).toBeLessThanOrEqual(asOf);
        expect(before.start).toBeLessThan(before.end);
        expect(before.end).toBe(window.start);
        expect(window.end - window.start).toBeLessThanOrEqual(31 * day + 2 * hour);
      }),
    );
  });

  it("are months of the store's calendar, an hour longer or shorter where the clocks change", () => {
    const asOf = Date.parse("2023-11-20T12:00:00Z");
    const november = periodAt(chicago, asOf, "this_month");
    expect([november.window, november.before].map(({ start, end }) => [iso(start), iso(end)])).toEqual([
      ["2023-11-01T05:00:00.000Z", "2023-11-20T12:00:00.000Z"],
      ["2023-10-01T05:00:00.000Z", "2023-11-01T05:00:00.000Z"],
    ]);
    const whole = periodAt(chicago, Date.parse("2023-12-02T00:00:00Z"), "last_month").window;
    expect(whole.end - whole.start).toBe(30 * day + hour);
    const march = periodAt(chicago, Date.parse("2023-04-02T00:00:00Z"), "last_month").window;
    expect(march.end - march.start).toBe(31 * day - hour);
    const january = periodAt(chicago, Date.parse("2023-01-15T00:00:00Z"), "last_month");
    expect(iso(january.before.start)).toBe("2022-11-01T05:00:00.000Z");
  });

  it("still name the month that ends at the newest data", () => {
    const { window } = periodAt(chicago, Date.parse("2023-11-01T05:00:00Z"), "this_month");
    expect([iso(window.start), iso(window.end)]).toEqual(["2023-10-01T05:00:00.000Z", "2023-11-01T05:00:00.000Z"]);
  });
});

describe("local dates", () => {
  it("are compared with as many dates before them, and end with the data", () => {
    fc.assert(
      fc.property(arbTimeZone, arbAt, fc.nat(400), fc.nat(400), (inZone, asOf, back, length) => {
        const from = lastDate(inZone, asOf) - back;
        const period = periodOfDates(inZone, asOf, { from, to: from + length });
        expect(period).not.toBeNull();
        const { window, before } = period!;
        expect(window.start).toBe(startOfDate(inZone, from));
        expect(window.end).toBe(Math.min(asOf, startOfDate(inZone, from + length + 1)));
        const count = (of: { start: number; end: number }) =>
          wallTimeAt(inZone, of.end - 1).date - wallTimeAt(inZone, of.start).date;
        expect(count(before)).toBe(count(window));
      }),
    );
  });

  it("have no figures where they start after the data", () => {
    const asOf = Date.parse("2023-11-20T12:00:00Z");
    expect(periodOfDates(chicago, asOf, { from: days("2023-11-21"), to: days("2023-11-22") })).toBeNull();
  });
});

it("joins days to weeks that begin on Mondays and tile the window", () => {
  fc.assert(
    fc.property(arbTimeZone, arbAt, fc.integer({ min: 1, max: 120 }), (inZone, end, length) => {
      const window = { start: end - length * day, end };
      const weeks = joinWeeks(inZone, cutWindow(inZone, window, day));
      expect([weeks[0]?.start, weeks.at(-1)?.end]).toEqual([window.start, window.end]);
      weeks.slice(1).forEach((week, index) => {
        expect(week.start).toBe(weeks[index]?.end);
        expect(wallTimeAt(inZone, week.start).day).toBe(0);
        expect(week.end - week.start).toBeLessThanOrEqual(7 * day + 2 * hour);
      });
    }),
  );
});
