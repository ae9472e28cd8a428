import { describe, expect, it } from "vitest";
import { changesOf, parseYearlyRule } from "./yearly-rule";

const changes = (text: string, year: number) =>
  changesOf(parseYearlyRule(text), year, year + 1).map(({ at, offsetMs, abbreviation }) => [
    new Date(at).toISOString(),
    offsetMs / 3_600_000,
    abbreviation,
  ]);

describe("a POSIX rule", () => {
  it.each([
    ["EST5EDT,M3.2.0,M11.1.0", ["2026-03-08T07:00:00.000Z", "2026-11-01T06:00:00.000Z"]],
    ["<-04>4<-03>,M9.1.6/24,M4.1.6/24", ["2026-04-05T03:00:00.000Z", "2026-09-06T04:00:00.000Z"]],
    ["IST-1GMT0,M10.5.0,M3.5.0/1", ["2026-03-29T01:00:00.000Z", "2026-10-25T01:00:00.000Z"]],
    ["<-02>2<-01>,M3.5.0/-1,M10.5.0/0", ["2026-03-29T01:00:00.000Z", "2026-10-25T01:00:00.000Z"]],
    ["IST-2IDT,M3.4.4/26,M10.5.0", ["2026-03-27T00:00:00.000Z", "2026-10-24T23:00:00.000Z"]],
    ["<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", ["2026-04-04T15:00:00.000Z", "2026-10-03T15:30:00.000Z"]],
    ["AAA0BBB,J60/0,J300/0", ["2026-03-01T00:00:00.000Z", "2026-10-26T23:00:00.000Z"]],
    ["AAA0BBB,59/0,299/0", ["2026-03-01T00:00:00.000Z", "2026-10-26T23:00:00.000Z"]],
  ])("%s changes the clocks at its times", (text, instants) => {
    expect(changes(text, 2026).map(([at]) => at)).toEqual(instants);
  });

  it("counts 29 February in days of the year, and does not in Julian days", () => {
    expect(changes("AAA0BBB,J60/0,J300/0", 2028)[0]?.[0]).toBe("2028-03-01T00:00:00.000Z");
    expect(changes("AAA0BBB,59/0,299/0", 2028)[0]?.[0]).toBe("2028-02-29T00:00:00.000Z");
  });

  it("never changes without a second name", () => {
    expect(changes("MST7", 2026)).toEqual([]);
    expect(parseYearlyRule("<+0545>-5:45").standard).toEqual({ offsetMs: 5.75 * 3_600_000, abbreviation: "+0545" });
  });

  it.each(["", "5", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0x", "<EST5"])(
    "rejects %j",
    (text) => {
      expect(() => parseYearlyRule(text)).toThrow("Not a POSIX time zone");
    },
  );
});
