import { describe, expect, it } from "vitest";
import type { Bucket } from "@/lib/contract/uptime";
import { chicago, kathmandu, pyongyang, vancouver } from "@/lib/format/test-support/clocks";
import { readerClock } from "@/lib/format/zoned-time";
import { bucketLabel, bucketLabels, chartScale, chartSummary, tickLabel, toChartRows } from "./chart-data";

const minute = 60_000;
const hour = 60 * minute;

function bucket(start: string, end: string, up: number, down: number, unknown: number): Bucket {
  const toIso = (text: string) => new Date(text).toISOString();
  return {
    start: toIso(start),
    end: toIso(end),
    open_ms: up + down + unknown,
    up_ms: up,
    down_ms: down,
    unknown_ms: unknown,
  };
}

const day = [
  bucket("2023-01-25T14:13:00Z", "2023-01-25T15:00:00Z", 47 * minute, 0, 0),
  bucket("2023-01-25T15:00:00Z", "2023-01-25T16:00:00Z", 20 * minute, 40 * minute, 0),
  bucket("2023-01-25T16:00:00Z", "2023-01-25T17:00:00Z", 0, 15 * minute, 45 * minute),
];

describe("toChartRows", () => {
  it("keeps order and every figure, in the unit of the scale", () => {
    const rows = toChartRows(day, "hour", chicago);
    expect(rows.map(({ up, down, unknown }) => [up, down, unknown])).toEqual([
      [47, 0, 0],
      [20, 40, 0],
      [0, 15, 45],
    ]);
    expect(rows[1]?.label).toBe("Wed 09:00–10:00");
    expect(rows.map(({ closed }) => closed)).toEqual([0, 0, 0]);
    const night = bucket("2023-01-25T04:00:00Z", "2023-01-25T05:00:00Z", 12 * minute, 0, 0);
    expect(toChartRows([night], "hour", chicago)[0]?.closed).toBe(48);
  });

  it("counts days in hours", () => {
    const [row] = toChartRows([bucket("2023-01-25T06:00Z", "2023-01-26T06:00Z", 9 * hour, hour, 0)], "day", chicago);
    expect(row).toMatchObject({ up: 9, down: 1, unknown: 0 });
  });
});

describe("labels", () => {
  it("names a whole local day by its date, and a part of one by its hours too", () => {
    expect(bucketLabel(bucket("2023-01-25T06:00Z", "2023-01-26T06:00Z", 0, 0, 0), "day", chicago)).toBe("Wed, Jan 25");
    expect(bucketLabel(bucket("2023-01-25T18:13Z", "2023-01-26T06:00Z", 0, 0, 0), "day", chicago)).toBe(
      "Wed, Jan 25, 12:13–24:00",
    );
  });

  it("names the length of a day on which the clocks change", () => {
    const spring = bucket("2023-03-12T06:00Z", "2023-03-13T05:00Z", 0, 0, 0);
    const autumn = bucket("2023-11-05T05:00Z", "2023-11-06T06:00Z", 0, 0, 0);
    expect([spring, autumn].map((one) => bucketLabel(one, "day", chicago))).toEqual([
      "Sun, Mar 12 (23 h day)",
      "Sun, Nov 5 (25 h day)",
    ]);
  });

  it("tells the hour that comes twice apart by the zone's name in each", () => {
    const night = [5, 6, 7, 8].map((hourOfDay) =>
      bucket(`2023-11-05T0${String(hourOfDay)}:00Z`, `2023-11-05T0${String(hourOfDay + 1)}:00Z`, 0, 0, 0),
    );
    expect(bucketLabels(night, "hour", chicago)).toEqual([
      "Sun 00:00–01:00",
      "Sun 01:00 CDT–01:00 CST",
      "Sun 01:00–02:00",
      "Sun 02:00–03:00",
    ]);
    const spring = bucket("2023-03-12T07:00Z", "2023-03-12T08:00Z", 0, 0, 0);
    expect(bucketLabel(spring, "hour", chicago)).toBe("Sun 01:00 CST–03:00 CDT");
    expect(toChartRows(night, "hour", chicago).map(({ label }) => label)).toEqual(bucketLabels(night, "hour", chicago));
    const halves = [
      bucket("2023-11-05T06:00Z", "2023-11-05T06:30Z", 0, 0, 0),
      bucket("2023-11-05T07:00Z", "2023-11-05T07:30Z", 0, 0, 0),
    ];
    expect(bucketLabels(halves, "minutes", chicago)).toEqual(["Sun 01:00–01:30 CDT", "Sun 01:00–01:30 CST"]);
  });

  it("tells them apart by their offsets where the zone has one name for both", () => {
    const night = [
      bucket("2015-08-14T14:30Z", "2015-08-14T15:00Z", 0, 0, 0),
      bucket("2015-08-14T15:00Z", "2015-08-14T15:30Z", 0, 0, 0),
    ];
    expect(bucketLabels(night, "hour", pyongyang)).toEqual(["Fri 23:30 UTC+9–23:30 UTC+8:30", "Fri 23:30–00:00"]);
    const first = bucket("2015-08-14T14:30Z", "2015-08-14T14:45Z", 0, 0, 0);
    const second = bucket("2015-08-14T15:00Z", "2015-08-14T15:15Z", 0, 0, 0);
    expect(bucketLabels([first, second], "hour", pyongyang)).toEqual([
      "Fri 23:30–23:45 UTC+9",
      "Fri 23:30–23:45 UTC+8:30",
    ]);
  });

  it("sees no change of clocks where the zone's name alone changes", () => {
    expect(bucketLabel(bucket("2026-11-01T08:30Z", "2026-11-01T09:30Z", 0, 0, 0), "hour", vancouver)).toBe(
      "Sun 01:30–02:30",
    );
  });

  it("says on which days a day of the store begins and ends by another zone's clock", () => {
    expect(bucketLabel(bucket("2023-01-25T06:00Z", "2023-01-26T06:00Z", 0, 0, 0), "day", kathmandu)).toBe(
      "Wed, Jan 25, 11:45–Thu 11:45",
    );
  });

  it("ticks by the store's clock, whatever the reader's", () => {
    expect(tickLabel("2023-01-25T15:00:00Z", "hour", chicago, 24)).toBe("09:00");
    expect(tickLabel("2023-01-25T15:00:00Z", "day", kathmandu, 7)).toBe("Wed Jan 25");
    expect(tickLabel("2023-01-25T15:00:00Z", "day", kathmandu, 30)).toBe("Jan 25");
    expect(tickLabel("2023-01-25T15:00:00Z", "week", kathmandu, 5)).toBe("Jan 25");
    const twelve = readerClock(chicago, { ...chicago.style, hour12: true });
    expect(tickLabel("2023-01-25T15:00:00Z", "hour", twelve, 24)).toBe("9\u00a0AM");
    const startOfWindow = "2023-01-25T00:13:22.479Z";
    expect(tickLabel(startOfWindow, "hour", chicago, 25)).toBe("18:13");
    expect(tickLabel(startOfWindow, "hour", twelve, 25)).toBe("6:13\u00a0PM");
  });

  it("names the first and the last day of a week", () => {
    const week = bucket("2023-01-23T06:00Z", "2023-01-30T06:00Z", 0, 0, 0);
    expect(bucketLabel(week, "week", chicago)).toBe("Mon, Jan 23 to Sun, Jan 29");
    expect(bucketLabel({ ...week, end: "2023-01-24T06:00:00.000Z" }, "week", chicago)).toBe("Mon, Jan 23");
  });
});

describe("chartScale", () => {
  it("has room for the 25 hours of a day on which the clocks go back", () => {
    expect(chartScale("day", [bucket("2022-11-06T05:00Z", "2022-11-07T06:00Z", 0, 0, 0)]).max).toBe(25);
    expect(chartScale("day", day).max).toBe(24);
  });
});

describe("chartSummary", () => {
  it("sums the buckets and names the worst", () => {
    expect(chartSummary(day, "hour", chicago)).toBe(
      "Open 2 h 47 min: up 1 h 7 min, down 55 min, no data 45 min. Worst hour: Wed 09:00–10:00, 40 min down.",
    );
  });

  it("says so where nothing was open, nothing was down, or one bucket has all of it", () => {
    expect(chartSummary([bucket("2023-01-25T15:00Z", "2023-01-25T16:00Z", 0, 0, 0)], "hour", chicago)).toBe(
      "Closed the whole time.",
    );
    expect(chartSummary(day.slice(0, 1), "hour", chicago)).toBe("Open 47 min: up 47 min, down 0 min, no data 0 min.");
    expect(chartSummary(day.slice(0, 2), "hour", chicago)).toMatch(/All downtime: Wed 09:00–10:00\.$/);
  });
});
