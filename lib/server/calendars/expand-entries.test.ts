import { describe, expect, it } from "vitest";
import { PutCalendarSchema, type CalendarEntry } from "@/lib/contract/calendars";
import { expandEntries } from "./expand-entries";

const range = (from: string, to: string): CalendarEntry => ({
  name: "x",
  on: { kind: "range", from, to },
  hours: [],
});

const expand = (entries: readonly CalendarEntry[], first: string) => expandEntries(entries, first, "2026-01-01");

describe("the entries of a calendar", () => {
  it("are refused when they name too many dates together, the same dates too", async () => {
    const centuries = (count: number) =>
      expand(
        Array.from({ length: count }, () => range("2000-01-01", "2099-12-31")),
        "2000-01-01",
      );
    expect((await centuries(2)).dates).toHaveLength(36_525);
    await expect(centuries(6)).rejects.toMatchObject({
      code: "too_many_dates",
      message: "The entries name more than 200,000 dates. Shorten ranges, or leave out those that repeat.",
    });
  });

  it("do not apply before the first day, and those dates are counted", async () => {
    const single: CalendarEntry = { name: "x", on: { kind: "date", date: "2024-02-28" }, hours: [] };
    const entries = [range("2024-02-27", "2024-03-02"), single, range("2023-01-01", "2023-01-31")];
    const { dates, skipped } = await expand(entries, "2024-02-29");
    expect(dates.map(({ date }) => date)).toEqual(["2024-02-29", "2024-03-01", "2024-03-02"]);
    expect(skipped).toBe(2 + 1 + 31);
  });

  it("name holidays of at most 20 places", () => {
    const parse = (count: number) => {
      const on = { kind: "holidays", country: "CA", types: ["public"], observed: false };
      const given_to = { all: true, brands: [], groups: [], store_ids: [] };
      const entries = Array.from({ length: count }, () => ({ on, hours: [] }));
      return PutCalendarSchema.safeParse({ name: "x", entries, given_to });
    };
    expect(parse(20).success).toBe(true);
    expect(parse(21).error?.issues).toMatchObject([
      { path: ["entries"], message: "At most 20 entries of holidays. Make several calendars." },
    ]);
  });
});
