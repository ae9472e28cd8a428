import { describe, expect, it } from "vitest";
import { parseStoreParams, storeHref } from "./store-params";

function rawOf(href: string): Record<string, string> {
  return Object.fromEntries(new URL(href, "http://localhost").searchParams);
}

describe("a store's address", () => {
  it.each([
    { period: "week" as const, reportId: 74, zone: "America/Argentina/Buenos_Aires", isZoneNamed: true },
    { period: "hour" as const, reportId: null, zone: "UTC", isZoneNamed: true },
    { period: "last_month" as const, reportId: null, zone: null, isZoneNamed: false },
    { period: { from: "2023-02-28", to: "2024-02-29" }, reportId: 7, zone: null, isZoneNamed: true },
  ])("reads back what it wrote: $zone", (params) => {
    expect(parseStoreParams(rawOf(storeHref("s-1", params)))).toEqual({ params, notices: [] });
  });

  it("keeps the store's zone where it is named: another may be remembered", () => {
    const { params } = parseStoreParams({ zone: "store" });
    expect(storeHref("s-1", { ...params, period: "day" })).toBe("/stores/s-1?window=day&zone=store");
    expect(storeHref("s-1", parseStoreParams({}).params)).toBe("/stores/s-1?window=week");
  });

  it("falls back, with a notice each, where a value makes no sense", () => {
    const { params, notices } = parseStoreParams({ window: "year", report: "1e3", zone: "+05:45" });
    expect(params).toEqual({ period: "week", reportId: null, zone: null, isZoneNamed: true });
    expect(notices).toHaveLength(3);
    expect(notices[2]).toContain("+05:45");
  });

  it.each([
    ["2023-02-30", "2023-03-01"],
    ["2023-03-02", "2023-03-01"],
    ["2023-03-01", ""],
    ["1999-12-31", "2000-01-02"],
    ["2022-01-01", "2023-02-05"],
    ["yesterday", "today"],
  ])("takes %s to %s for no dates", (from, to) => {
    const { params, notices } = parseStoreParams({ from, to });
    expect(params.period).toBe("week");
    expect(notices).toEqual([`Unknown value “${from} to ${to}” in the URL. Showing the last 7 days.`]);
  });

  it.each([
    ["utc", "UTC"],
    ["store", null],
    ["Asia/Kathmandu", "Asia/Kathmandu"],
    ["+05:45", null],
    ["EST5EDT ", null],
    ["Japan", "Japan"],
    ["america/vancouver", "america/vancouver"],
    ["a".repeat(65), null],
  ])("takes %s as the zone %s", (zone, shown) => {
    expect(parseStoreParams({ zone }).params.zone).toBe(shown);
  });
});
