import { describe, expect, it } from "vitest";
import { parseStoreParams, storeHref } from "./store-params";

function rawOf(href: string): Record<string, string> {
  return Object.fromEntries(new URL(href, "http://localhost").searchParams);
}

describe("a store's address", () => {
  it.each([
    { window: "week" as const, reportId: 74, zone: "America/Argentina/Buenos_Aires" },
    { window: "hour" as const, reportId: null, zone: "UTC" },
    { window: "day" as const, reportId: null, zone: null },
  ])("reads back what it wrote: $zone", (params) => {
    expect(parseStoreParams(rawOf(storeHref("s-1", params)))).toEqual({ params, notices: [] });
  });

  it("falls back, with a notice each, where a value makes no sense", () => {
    const { params, notices } = parseStoreParams({ window: "year", report: "1e3", zone: "+05:45" });
    expect(params).toEqual({ window: "day", reportId: null, zone: null });
    expect(notices).toHaveLength(3);
    expect(notices[2]).toContain("+05:45");
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
