import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kathmandu, newYork, utcClock } from "@/lib/format/test-support/clocks";
import { defaultStyle } from "@/lib/format/time-style";
import { type Clock } from "@/lib/format/zoned-time";
import { axisTop, barsOutline, fleetHours, midnights, placeOf, worstHour } from "./fleet-hours-data";

const hourMs = 3_600_000;
const first = Date.parse("2023-03-11T18:00:00.000Z");

function bucket(index: number, up: number, down: number) {
  const at = (hour: number) => new Date(first + hour * hourMs).toISOString();
  return {
    ...{ start: at(index), end: at(index + 1), open_ms: up + down, up_ms: up, down_ms: down, unknown_ms: 0 },
    uptime_ratio: null,
    coverage: null,
  };
}

describe("the hours of the fleet", () => {
  it("are shares of the stores that were open and checked, and how many those were on average", () => {
    const hours = fleetHours([bucket(0, 9 * hourMs, 3 * hourMs), bucket(1, 0, 0)]);
    expect(hours[0]).toMatchObject({ share: 0.25, offline: 3, checked: 12 });
    expect(hours[1]).toMatchObject({ share: null, offline: 0, checked: 0 });
  });

  it("have an axis that no hour is above, and a worst hour that none is worse than", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 30 }), (pairs) => {
        const hours = fleetHours(pairs.map(([up, down], index) => bucket(index, up, down)));
        const shares = hours.map(({ share }) => share ?? 0);
        expect(shares.every((share) => share <= axisTop(hours))).toBe(true);
        expect(worstHour(hours, [])?.share ?? 0).toBe(Math.max(0, ...shares));
      }),
    );
    expect(axisTop(fleetHours([bucket(0, 99, 1)]))).toBe(0.05);
    expect(worstHour(fleetHours([bucket(0, 99, 0)]), [])).toBeNull();
  });

  it("are worst where somebody looked: within a gap an hour is known from before alone", () => {
    const hours = fleetHours([bucket(0, 9, 1), bucket(1, 5, 5), bucket(2, 7, 3)]);
    const gap = (from: number, to: number) => ({
      start: new Date(first + from * hourMs).toISOString(),
      end: new Date(first + to * hourMs).toISOString(),
    });
    expect(worstHour(hours, [gap(1.5, 4)])?.share).toBe(0.5);
    expect(worstHour(hours, [gap(1, 2)])?.share).toBe(0.3);
    expect(worstHour(hours, [gap(-1, 3)])).toBeNull();
  });

  it("are placed by time, cut at the edges", () => {
    const hours = fleetHours(Array.from({ length: 10 }, (_, index) => bucket(index, 1, 0)));
    const at = (hour: number) => placeOf(new Date(first + hour * hourMs).toISOString(), hours);
    expect([at(-5), at(0), at(2.5), at(10), at(99)]).toEqual([0, 0, 0.25, 1, 1]);
  });
});

describe("the outline of the bars", () => {
  it("has one bar an hour, as high as its share and never above the top, and none where nothing was offline", () => {
    const hours = fleetHours([bucket(0, 3, 1), bucket(1, 1, 0), bucket(2, 0, 0), bucket(3, 0, 5)]);
    expect(barsOutline(hours, 0.5)).toBe("M0 0V500h1050V0zM3750 0V1000h1050V0z");
    expect(barsOutline([], 0.05)).toBe("");
  });
});

describe("midnights", () => {
  const hours = fleetHours(Array.from({ length: 48 }, (_, index) => bucket(index, 1, 0)));

  it.each([
    [utcClock, ["2023-03-12T00:00:00.000Z Sun, Mar 12", "2023-03-13T00:00:00.000Z Mon, Mar 13"]],
    // 00:00 in Kathmandu is a quarter past an hour of UTC.
    [kathmandu, ["2023-03-11T18:15:00.000Z Sun, Mar 12", "2023-03-12T18:15:00.000Z Mon, Mar 13"]],
    // The day on which the clocks go forward has 23 hours.
    [newYork, ["2023-03-12T05:00:00.000Z Sun, Mar 12", "2023-03-13T04:00:00.000Z Mon, Mar 13"]],
  ])("in $0.time_zone", (clock, expected) => {
    expect(midnights(hours, clock).map(({ at, date }) => `${at} ${date}`)).toEqual(expected);
  });

  it("begin a day at the change where the clocks skip midnight, and once where they show it twice", () => {
    const havana: Clock = {
      style: defaultStyle,
      time_zone: "America/Havana",
      offsets: [
        { from: null, offset_seconds: -18_000, abbreviation: "CST" },
        { from: "2023-03-12T05:00:00Z", offset_seconds: -14_400, abbreviation: "CDT" },
      ],
    };
    expect(midnights(hours, havana).map(({ at }) => at)).toEqual([
      "2023-03-12T05:00:00.000Z",
      "2023-03-13T04:00:00.000Z",
    ]);
    const back: Clock = {
      style: defaultStyle,
      time_zone: "Test/Back",
      offsets: [
        { from: null, offset_seconds: -14_400, abbreviation: "CDT" },
        { from: "2023-03-12T05:00:00Z", offset_seconds: -18_000, abbreviation: "CST" },
      ],
    };
    expect(midnights(hours, back).map(({ at }) => at)).toEqual([
      "2023-03-12T04:00:00.000Z",
      "2023-03-13T05:00:00.000Z",
    ]);
  });
});
