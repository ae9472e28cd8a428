import { describe, expect, it } from "vitest";
import type { Bucket } from "@/lib/contract/uptime";
import { bucketLabel, chartScale, chartSummary, tickLabel, toChartRows } from "./chart-data";

const minute = 60_000;
const hour = 60 * minute;
const chicago = "America/Chicago";

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
    const rows = toChartRows(day, "day", chicago);
    expect(rows.map(({ up, down, unknown }) => [up, down, unknown])).toEqual([
      [47, 0, 0],
      [20, 40, 0],
      [0, 15, 45],
    ]);
    expect(rows[1]?.label).toBe("Wed 09:00–10:00");
  });

  it("counts days in hours", () => {
    const [row] = toChartRows([bucket("2023-01-25T06:00Z", "2023-01-26T06:00Z", 9 * hour, hour, 0)], "week", chicago);
    expect(row).toMatchObject({ up: 9, down: 1, unknown: 0 });
  });
});

describe("labels", () => {
  it("names a whole local day by its date, and a part of one by its hours too", () => {
    expect(bucketLabel(bucket("2023-01-25T06:00Z", "2023-01-26T06:00Z", 0, 0, 0), "week", chicago)).toBe("Wed, Jan 25");
    expect(bucketLabel(bucket("2023-01-25T18:13Z", "2023-01-26T06:00Z", 0, 0, 0), "week", chicago)).toBe(
      "Wed, Jan 25, 12:13–24:00",
    );
  });

  it("ticks by the store's clock, whatever the reader's", () => {
    expect(tickLabel("2023-01-25T15:00:00Z", "day", chicago)).toBe("09:00");
    expect(tickLabel("2023-01-25T15:00:00Z", "week", "Asia/Kathmandu")).toBe("Wed Jan 25");
  });
});

describe("chartScale", () => {
  it("has room for the 25 hours of a day on which the clocks go back", () => {
    expect(chartScale("week", [bucket("2022-11-06T05:00Z", "2022-11-07T06:00Z", 0, 0, 0)]).max).toBe(25);
    expect(chartScale("week", day).max).toBe(24);
  });
});

describe("chartSummary", () => {
  it("sums the buckets and names the worst", () => {
    expect(chartSummary(day, "day", chicago)).toBe(
      "Open for 2 h 47 min: up 1 h 07 min (54.91 % of what was checked), down 55 min, no data for 45 min. " +
        "Most down time: Wed 09:00–10:00, 40 min.",
    );
  });

  it("says so where nothing was open, nothing was down, or one bucket has all of it", () => {
    expect(chartSummary([bucket("2023-01-25T15:00Z", "2023-01-25T16:00Z", 0, 0, 0)], "day", chicago)).toBe(
      "Closed the whole time.",
    );
    expect(chartSummary(day.slice(0, 1), "day", chicago)).toBe(
      "Open for 47 min: up 47 min (100.00 % of what was checked), down 0 min, no data for 0 min.",
    );
    expect(chartSummary(day.slice(0, 2), "day", chicago)).toMatch(/All down time lies in Wed 09:00–10:00\.$/);
  });
});
