import { describe, expect, it } from "vitest";
import type { CalendarEntry } from "@/lib/contract/calendars";
import { defaultStyle } from "@/lib/format/time-style";
import { entryFault, newEntry, toEntry, toEntryDraft } from "./entry-draft";
import { entrySummary, entryTitle } from "./entry-text";

const part = [{ start: "14:00", end: "24:00" }];

/** Every kind of dates and of hours, with what the list says. */
const entries: readonly { readonly entry: CalendarEntry; readonly says: string }[] = [
  {
    entry: { name: "Inventory", on: { kind: "date", date: "2026-06-03" }, hours: [] },
    says: "Wed, Jun 3, 2026: closed",
  },
  {
    entry: {
      name: "Works",
      on: { kind: "range", from: "2026-06-03", to: "2026-06-05" },
      hours: [
        { start: "09:00", end: "12:30" },
        { start: "20:00", end: "02:00" },
      ],
    },
    says: "Wed, Jun 3, 2026 to Fri, Jun 5, 2026: open 09:00–12:30, 20:00–02:00 (next day)",
  },
  {
    entry: { name: "Christmas Eve", on: { kind: "yearly", month: 12, day: 24 }, closed_hours: part },
    says: "December 24 of every year: closed 14:00–24:00",
  },
  {
    entry: { name: "Thanksgiving", on: { kind: "weekday", month: 11, week: 4, weekday: 3 }, hours: [] },
    says: "Fourth Thursday of November, every year: closed",
  },
  {
    entry: { name: "After it", on: { kind: "weekday", month: 11, week: -1, weekday: 3, plus_days: 1 }, hours: [] },
    says: "The day after the last Thursday of November, every year: closed",
  },
  {
    entry: {
      on: { kind: "holidays", country: "CA", state: "BC", types: ["public", "bank"], observed: true },
      hours: [{ start: "00:00", end: "24:00" }],
    },
    says: "Holidays (public, bank, with observed days): open all day",
  },
];

describe("an entry of a calendar", () => {
  it.each(entries)("is sent as it was stored: $says", ({ entry, says }) => {
    const draft = toEntryDraft(entry, 1);
    expect(toEntry(draft)).toEqual(entry);
    expect(entryFault(draft)).toBeNull();
    expect(entrySummary(draft, defaultStyle)).toBe(says);
  });

  it("reads times with seconds, as the API stores them", () => {
    const hours = [{ start: "09:00:00", end: "24:00:00" }];
    const draft = toEntryDraft({ name: "x", on: { kind: "date", date: "2026-06-03" }, hours }, 1);
    expect(toEntry(draft).hours).toEqual([{ start: "09:00", end: "24:00" }]);
  });

  it("keeps what another kind had until it is chosen again", () => {
    const draft = { ...newEntry(1, "range"), name: "x", from: "2026-06-03", to: "2026-06-05" };
    expect(toEntry({ ...draft, kind: "yearly" }).on).toEqual({ kind: "yearly", month: 12, day: 25 });
    expect(toEntry({ ...draft, kind: "date" }).on).toEqual({ kind: "date", date: "2026-06-03" });
  });

  it.each([
    [{ ...newEntry(1, "date"), from: "2026-06-03" }, "Enter a name."],
    [{ ...newEntry(1, "date"), name: "x" }, "Choose a date."],
    [{ ...newEntry(1, "range"), name: "x", from: "2026-06-03" }, "Choose the first and the last date."],
    [
      { ...newEntry(1, "range"), name: "x", from: "2026-06-03", to: "2026-06-02" },
      "The last date is before the first one.",
    ],
    [newEntry(1, "holidays"), "Choose a country."],
    [{ ...newEntry(1, "holidays"), country: "CA", types: [] }, "Choose at least one kind of holiday."],
    [{ ...newEntry(1, "yearly"), name: "x", effect: "hours" as const }, "Add hours, or choose “Closed all day”."],
    [{ ...newEntry(1, "yearly"), name: "x", effect: "part" as const }, "Add the closed hours."],
    [
      { ...newEntry(1, "yearly"), name: "x", effect: "hours" as const, openings: [{ start: "09:00", end: "" }] },
      "Enter both times.",
    ],
    [
      { ...newEntry(1, "yearly"), name: "x", effect: "part" as const, openings: [{ start: "22:00", end: "02:00" }] },
      "Closed hours end by midnight. Enter 00:00, and the rest for the date after it.",
    ],
  ])("says what is missing (%#)", (draft, fault) => {
    expect(entryFault(draft)).toBe(fault);
  });

  it("is called by its name, or by the place of its holidays", () => {
    const countries = [{ code: "CA", name: "Canada", states: [{ code: "BC", name: "British Columbia", regions: [] }] }];
    const holidays = { ...newEntry(1, "holidays"), country: "CA", state: "BC" };
    expect(entryTitle(holidays, countries)).toBe("Public holidays of Canada, British Columbia");
    expect(entryTitle(holidays, [])).toBe("Public holidays of CA, BC");
    expect(entryTitle(newEntry(1, "holidays"), countries)).toBe("Public holidays");
    expect(entryTitle({ ...newEntry(1, "date"), name: " Closed " }, countries)).toBe("Closed");
  });
});
