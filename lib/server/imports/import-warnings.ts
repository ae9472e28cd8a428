import { mostHoursChanges } from "@/lib/contract/store-hours";

/** What was accepted although it looked odd, and how often. */
export const warningDetails = {
  no_rows: "the file has a header and no rows; nothing was changed",
  mixed_line_ends: "rows have different line ends",
  header_spelling: "a header is not spelled as documented",
  ignored_columns: "unknown columns were ignored",
  repeated_header: "the header is repeated inside the file",
  trimmed: "spaces or quotes around a value were removed",
  status_case: "a status was not written in lower case",
  no_zone: "timestamps without a zone were read as UTC",
  offset_converted: "timestamps with an offset were converted to UTC",
  overlapping_hours: "intervals of one day overlap; their union counts",
  overlapping_nights: "a night and the hours of the next day overlap; their union counts",
  kept_hours: "a row of these stores was rejected, so all their hours stay as they were",
  kept_special_hours: "a row of these dates was rejected, so their special hours stay as they were",
  too_many_hours_changes: `the hours of these stores have changed on ${mostHoursChanges} dates, the maximum, so they stay as they were`,
  shifted_days: "days outside 0 to 6 beside days inside; day 0 is Monday, day 6 is Sunday",
  missing_day: "stores have rows for six days; the seventh counts as closed",
  single_full_day: "stores are open around the clock on one day only; write closed if it is a closed day",
  never_open: "stores are closed on every day, so they are never open",
  zone_canonicalised: "time zones were changed to the spelling of the tz database",
  fixed_zone: "zones such as EST or Etc/GMT+5 have one offset all year (Etc/GMT+5 is 5 hours behind UTC)",
  missing_zone: "stores without a time zone are assumed to be in America/Chicago",
  conflicting_zone: "several time zones were given for one store; the last line won",
  conflicting_details: "a store was described differently on several lines; the last line won",
  conflicting_hours: "a day is closed and has hours; the hours count",
  conflicting_exception: "a date is closed and has hours; the hours count",
  conflicting_polls: "both statuses were given for one store and instant; inactive won",
} as const satisfies Record<string, string>;

export type WarningCode = keyof typeof warningDetails;

export interface ImportWarning {
  readonly code: WarningCode;
  readonly detail: string;
  readonly count: number;
  /** Physical lines of the first ten, when lines are known. */
  readonly lines: readonly number[];
  /** The first hundred stores, where the warning is about stores. */
  readonly stores: readonly string[];
}

const maxLines = 10;
const maxStores = 100;

/** Counts warnings by code and remembers the lines of the first ones. */
export class ImportWarnings {
  readonly #found = new Map<WarningCode, { detail: string; count: number; lines: number[]; stores: string[] }>();

  /** @param line physical line, if known   @param detail replaces the code's own text */
  add(code: WarningCode, line?: number, detail: string = warningDetails[code], count = 1): void {
    let found = this.#found.get(code);
    if (found === undefined) this.#found.set(code, (found = { detail, count: 0, lines: [], stores: [] }));
    found.count += count;
    if (line !== undefined && found.lines.length < maxLines) found.lines.push(line);
  }

  /** Adds a warning about a store. */
  addStore(code: WarningCode, storeId: string): void {
    this.add(code);
    const stores = this.#found.get(code)?.stores ?? [];
    if (stores.length < maxStores && !stores.includes(storeId)) stores.push(storeId);
  }

  /** Sets the count of a code, replacing what was counted before. */
  set(code: WarningCode, count: number): void {
    this.#found.delete(code);
    if (count > 0) this.add(code, undefined, undefined, count);
  }

  list(): readonly ImportWarning[] {
    return [...this.#found].map(([code, found]) => ({ code, ...found }));
  }
}
