import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbAsOf, arbTimeZone, day, hour } from "./arbitraries";
import { offsetPeriods, resolveTimeZone, wallTimeAt } from "./time-zone";
import { zoneRules } from "./zone-rules";

const zone = (name: string) => resolveTimeZone(name)!;
const iso = (at: number): string => new Date(at).toISOString();

describe("resolveTimeZone", () => {
  it.each([
    ["America/Chicago", "America/Chicago"],
    ["america/chicago", "America/Chicago"],
    ["us/CENTRAL", "US/Central"],
    ["America/Yellowknife", "America/Yellowknife"],
    ["Asia/Calcutta", "Asia/Calcutta"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["japan", "Japan"],
    ["gb-eire", "GB-Eire"],
    ["w-su", "W-SU"],
    ["est5edt", "EST5EDT"],
    ["Etc/GMT+5", "Etc/GMT+5"],
    ["utc", "UTC"],
  ])("keeps %s as %s", (name, spelled) => {
    expect(resolveTimeZone(name)).toBe(spelled);
  });

  it("knows all 597 names of the tz database", () => {
    const names = zoneRules().names;
    expect(names).toHaveLength(597);
    for (const name of names) expect(resolveTimeZone(name.toUpperCase())).toBe(name);
    for (const name of "Cuba Egypt Eire GB GMT GMT0 Greenwich HST EST MST CET ROK ROC PRC NZ UCT Zulu".split(" ")) {
      expect(names).toContain(name);
    }
  });

  it.each([
    ...["America/Nowhere", "UTC+5", "+05:30", "5", "FOO+3", "", "../../etc/passwd", "PST", "CEST", "SystemV/EST5"],
    ...["Eastern Standard Time", "posix/Japan", "right/Japan", "Factory", "constructor", "__proto__", "US/Pacific-New"],
  ])("rejects the zone %j", (name) => {
    expect(resolveTimeZone(name)).toBeNull();
  });
});

describe("offsetPeriods", () => {
  it("tiles any range with constant offsets, and neighbours differ", () => {
    fc.assert(
      fc.property(arbTimeZone, arbAsOf, fc.integer({ min: 1, max: 900 * day }), (name, start, length) => {
        const end = start + length;
        const periods = offsetPeriods(name, { start, end });
        expect(periods[0]!.start).toBe(start);
        expect(periods.at(-1)!.end).toBe(end);
        periods.forEach((period, index) => {
          const before = periods[index - 1];
          if (before === undefined) return;
          expect(period.start).toBe(before.end);
          expect([period.offsetMs, period.abbreviation]).not.toEqual([before.offsetMs, before.abbreviation]);
        });
      }),
    );
  });

  it.each([
    ["America/Denver", "2023-03-12T09:00:00.000Z", -7, -6],
    ["Europe/London", "2023-03-26T01:00:00.000Z", 0, 1],
    ["Asia/Beirut", "2023-10-28T21:00:00.000Z", 3, 2],
    ["America/Edmonton", "2026-11-01T08:00:00.000Z", -6, -6],
    ["Africa/Casablanca", "2026-09-20T01:00:00.000Z", 1, 0],
    ["America/Havana", "2027-11-07T05:00:00.000Z", -4, -5],
  ])("changes the clocks of %s at %s exactly", (name, change, before, after) => {
    const at = Date.parse(change);
    const periods = offsetPeriods(zone(name), { start: at - day, end: at + day });
    expect(periods.map(({ start, offsetMs }) => [iso(start), offsetMs / hour])).toEqual([
      [iso(at - day), before],
      [iso(at), after],
    ]);
  });

  it.each([
    ["America/Vancouver", "MST", -7],
    ["Canada/Mountain", "CST", -6],
    ["America/Winnipeg", "EST", -5],
    ["America/Inuvik", "CST", -6],
    ["Cuba", "CDT", -4],
    ["Africa/Casablanca", "+00", 0],
    ["Asia/Kathmandu", "+0545", 5.75],
  ])("has what %s observes in the winter of 2026", (name, abbreviation, hours) => {
    const start = Date.parse("2026-11-28T14:00:00Z");
    expect(offsetPeriods(zone(name), { start, end: start + 1 })).toEqual([
      { start, end: start + 1, offsetMs: hours * hour, abbreviation },
    ]);
  });

  it("finds two changes within a month", () => {
    const periods = offsetPeriods(zone("Africa/Casablanca"), {
      start: Date.UTC(2023, 2, 1),
      end: Date.UTC(2023, 4, 1),
    });
    expect(periods.map(({ start, offsetMs }) => [iso(start), offsetMs / hour])).toEqual([
      ["2023-03-01T00:00:00.000Z", 1],
      ["2023-03-19T02:00:00.000Z", 0],
      ["2023-04-23T02:00:00.000Z", 1],
    ]);
  });

  it.each([2_050, 2_499, 2_500, 2_501, 2_899, 2_900, 3_400, 9_999])("continues with yearly rules in %i", (year) => {
    const summer = Date.UTC(year, 6, 1);
    const range = { start: Date.UTC(year, 0, 1), end: Date.UTC(year + 1, 0, 1) };
    const periods = offsetPeriods(zone("America/New_York"), range);
    expect(periods.map(({ abbreviation }) => abbreviation)).toEqual(["EST", "EDT", "EST"]);
    for (const { start } of periods.slice(1)) expect(new Date(start).getUTCDay()).toBe(0);
    expect(wallTimeAt(zone("Australia/Sydney"), summer).second).toBe(10 * 3600);
  });

  it("crosses the end of the table without a seam", () => {
    const [start, end] = [Date.UTC(2_499, 11, 1), Date.UTC(2_500, 1, 1)];
    expect(offsetPeriods(zone("America/New_York"), { start, end })).toHaveLength(1);
    expect(offsetPeriods(zone("Asia/Tokyo"), { start: Date.UTC(1_500, 0, 1), end: Date.UTC(4_000, 0, 1) }).length).toBe(
      1,
    );
  });
});

describe("wallTimeAt", () => {
  it("reads the clock in the store", () => {
    const at = Date.parse("2023-01-25T18:13:22.479Z");
    expect(wallTimeAt(zone("America/Chicago"), at)).toEqual({
      date: Date.UTC(2023, 0, 25) / day,
      day: 2,
      second: 12 * 3600 + 13 * 60 + 22,
    });
    expect(wallTimeAt(zone("Asia/Kathmandu"), at)).toMatchObject({ day: 2, second: 23 * 3600 + 58 * 60 + 22 });
  });
});
