import type { ImportKindName } from "@/lib/contract/imports";

interface ColumnText {
  readonly name: string;
  /** What may be written in it, with an example. */
  readonly takes: string;
  readonly isOptional?: true;
}

const storeId: ColumnText = {
  name: "store_id",
  takes: "Letters, digits, - and _; up to 64. Format as text in a spreadsheet.",
};
const start: ColumnText = { name: "start_time_local", takes: "Opening time in the store’s local time: 09:00" };
const end: ColumnText = {
  name: "end_time_local",
  takes:
    "Closing time: 17:00. A time earlier than the opening is on the next day; 26:00 also means 02:00 the next day. 24:00 is midnight.",
};

/** The columns of each kind of file. */
export const columnText: Record<ImportKindName, readonly ColumnText[]> = {
  polls: [
    storeId,
    { name: "status", takes: "active or inactive" },
    { name: "timestamp_utc", takes: "When the store was checked, in UTC: 2026-01-28 18:00:00 UTC" },
  ],
  hours: [storeId, { name: "day", takes: "0 for Monday to 6 for Sunday. A day may have several rows." }, start, end],
  timezones: [storeId, { name: "timezone_str", takes: "A tz database name: America/New_York" }],
  stores: [
    storeId,
    { name: "name", takes: "Shown instead of the ID", isOptional: true },
    { name: "brand", takes: "To filter by", isOptional: true },
    { name: "group", takes: "To filter by, and to give stores to owners", isOptional: true },
    { name: "address", takes: "Shown on the store’s page", isOptional: true },
    { name: "url", takes: "The store’s own page, http or https", isOptional: true },
    { name: "time_zone", takes: "A tz database name: America/New_York", isOptional: true },
    { name: "tags", takes: "All tags, separated by semicolons: airport;late", isOptional: true },
    { name: "lifecycle", takes: "active, paused or retired. Empty: no change", isOptional: true },
  ],
  exceptions: [
    storeId,
    { name: "date", takes: "The local date: 2026-12-24" },
    start,
    { ...end, takes: `${end.takes} Both times empty: closed that day.` },
  ],
};

/** What is to be said of the columns of a kind together. */
export const columnNotes: Partial<Record<ImportKindName, string>> = {
  stores:
    "An empty field clears its value. “Download CSV” on the Stores page has these columns: change them there and upload the file; its other columns are ignored.",
  hours: "For a closed day, write closed in both times, or leave both empty.",
};
