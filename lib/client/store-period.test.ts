import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketOf, parseDates, periodQuery, timelinePeriod, windowOf } from "./store-period";

const dayMs = 86_400_000;
const arbDate = fc.integer({ min: Date.UTC(2001, 0, 1) / dayMs, max: Date.UTC(2090, 0, 1) / dayMs });
const text = (date: number): string => new Date(date * dayMs).toISOString().slice(0, 10);

describe("dates of a period", () => {
  it("are up to 400, in parts of which a chart can draw all", () => {
    fc.assert(
      fc.property(arbDate, fc.integer({ min: -5, max: 450 }), (first, further) => {
        const dates = parseDates(text(first), text(first + further));
        expect(dates !== null).toBe(further >= 0 && further < 400);
        if (dates === null) return;
        const bars = { hour: 24 * (further + 1), day: further + 1, week: Math.ceil((further + 1) / 7) + 1 };
        expect(bars[bucketOf(dates)]).toBeLessThanOrEqual(93);
        expect(timelinePeriod(dates)).toEqual(further < 35 ? dates : "week");
      }),
    );
  });
});

it("are sent to the API as local dates, and named periods by their name", () => {
  expect(periodQuery({ from: "2023-03-01", to: "2023-03-02" })).toEqual({
    from_date: "2023-03-01",
    to_date: "2023-03-02",
  });
  expect([periodQuery("day"), periodQuery("this_month")]).toEqual([
    { period: "last_24_hours" },
    { period: "this_month" },
  ]);
});

it("tells the three windows from longer periods", () => {
  expect([windowOf("hour"), windowOf("last_month"), windowOf({ from: "2023-03-01", to: "2023-03-01" })]).toEqual([
    ...["hour", null, null],
  ]);
});
