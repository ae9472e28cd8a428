import { describe, expect, it } from "vitest";
import { noFilters } from "@/lib/client/store-filters";
import { CreateReportSchema } from "@/lib/contract/reports";
import { reportRequest } from "./report-request";

const typed = { scope: "stores", ids: "", filters: noFilters, asOf: "", method: "interpolated" } as const;

describe("a report that is asked for", () => {
  it("is one that the server takes", () => {
    for (const fields of [
      { ...typed, scope: "fleet" as const },
      { ...typed, ids: " s-1, 8419537941919820732;\n s-1\ts_2 " },
      { ...typed, scope: "store" as const, ids: " s-1 ", asOf: "2023-01-25T18:13", method: "poll_count" as const },
    ]) {
      const request = reportRequest(fields);
      expect(CreateReportSchema.safeParse(request)).toMatchObject({ success: true });
    }
    expect(reportRequest({ ...typed, ids: " s-1, b;\n s-1\ta " })).toEqual({
      store_ids: ["s-1", "b", "a"],
      method: "interpolated",
    });
  });

  it("is of the stores that match a filter", () => {
    const filters = { ...noFilters, q: " north ", brand: "Taco Town", storeZone: "America/Chicago" };
    const request = reportRequest({ ...typed, scope: "filter", filters });
    expect(request).toEqual({
      filter: { q: "north", brand: "Taco Town", time_zone: "America/Chicago" },
      method: "interpolated",
    });
    expect(CreateReportSchema.safeParse(request)).toMatchObject({ success: true });
    expect(reportRequest({ ...typed, scope: "filter", filters: { ...noFilters, q: " " } })).toBe(
      "Choose at least one filter.",
    );
  });

  it("is as of the instant in UTC that was typed", () => {
    expect(reportRequest({ ...typed, scope: "fleet", asOf: "2023-01-25T18:13" })).toMatchObject({
      as_of: "2023-01-25T18:13:00.000Z",
    });
  });

  it("is refused in words where it cannot be", () => {
    expect(reportRequest(typed)).toMatch(/at least one/);
    expect(reportRequest({ ...typed, ids: "ok a/b" })).toMatch(/“a\/b” is not a store ID/);
    expect(reportRequest({ ...typed, scope: "store", ids: "a b" })).toMatch(/several/);
    const many = Array.from({ length: 10_001 }, (_, i) => `s${String(i)}`).join("\n");
    expect(reportRequest({ ...typed, ids: many })).toMatch(/10,001/);
  });
});
