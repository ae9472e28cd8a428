import type { DatesOfStores } from "@/db/queries/bulk/import-stage";
import { Int4Tuples, type TupleBatch } from "@/db/queries/bulk/import-tuples";
import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";
import { RejectedRoom, RejectedStores } from "./rejected-stores";
import type { RowReader } from "./row-reader";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import type { StoreIds } from "./store-ids";
import { textOf } from "@/lib/server/text/text-fields";
import {
  closingSeconds,
  endOfHours,
  isClosedText,
  openingSeconds,
  rowLengthFault,
  timeFault,
} from "@/lib/server/text/wall-clock";
import { dayMs } from "@/lib/uptime/units";

const maxIntervalsPerDay = 50;
/** Day 0 of Postgres dates: 2000-01-01. */
const firstDayMs = 946_684_800_000;
/** 2000-01-01 to 2099-12-31. */
const days = 36_525;

interface DayOfStore {
  readonly store: number;
  /** Days since 2000-01-01. */
  readonly day: number;
  /** Rows that declare it closed. */
  closed: number;
  /** Good rows. */
  rows: number;
  readonly intervals: { readonly start: number; readonly end: number }[];
}

/**
 * Rows of an exceptions file: hours of single dates. A row without times, or with `closed` in one, closes the store.
 * A date is replaced completely or not at all: one with a rejected row keeps its hours. Remembers each store's dates, so
 * memory grows with those, not the file; of those with a rejected row at most `mostRejectedStores`.
 */
export class ExceptionRows implements RowReader {
  readonly #days = new Map<number, DayOfStore>();
  /** Dates with a rejected row, and their stores. */
  readonly #rejected = new Map<number, RejectedStores>();
  readonly #room = new RejectedRoom();
  readonly #stores: StoreIds;

  constructor(stores: StoreIds) {
    this.#stores = stores;
  }

  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null {
    const { bytes, starts, ends } = csv;
    let trimmed = false;
    for (const field of columns) if (csv.trim(field)) trimmed = true;
    const [idField = 0, dateField = 0, startField = 0, endField = 0] = columns;

    const refusal = (fault: RowFault): RowFault => storeIdFault(bytes, starts[idField]!, ends[idField]!) ?? fault;
    const day = dayOf(textOf(bytes, starts[dateField]!, Math.min(ends[dateField]!, starts[dateField]! + 11)));
    if (Number.isNaN(day)) return refusal({ column: "date", code: "bad_date" });
    const isClosed = isClosedText(bytes, starts[startField]!, ends[startField]!, starts[endField]!, ends[endField]!);
    let start = 0;
    let end = 0;
    if (!isClosed) {
      start = openingSeconds(bytes, starts[startField]!, ends[startField]!);
      if (Number.isNaN(start)) return refusal(timeFault("start", bytes, starts[startField]!, ends[startField]!));
      const written = closingSeconds(bytes, starts[endField]!, ends[endField]!);
      if (Number.isNaN(written)) return refusal(timeFault("end", bytes, starts[endField]!, ends[endField]!));
      end = endOfHours(start, written);
      if (Number.isNaN(end)) return refusal(rowLengthFault(start, written));
    }
    // Last, because it registers the store, which a rejected row must not do.
    const store = this.#stores.numberOf(bytes, starts[idField]!, ends[idField]!);
    if (store < 0) return this.#stores.fault;

    const key = store * days + day;
    let found = this.#days.get(key);
    if (found === undefined) this.#days.set(key, (found = { store, day, closed: 0, rows: 0, intervals: [] }));
    if (isClosed) found.closed += 1;
    else if (!found.intervals.some((one) => one.start === start && one.end === end)) {
      if (found.intervals.length === maxIntervalsPerDay) return { column: "date", code: "too_many_intervals" };
      if (found.intervals.some((one) => start < one.end && one.start < end)) {
        warnings.add("overlapping_hours", csv.line);
      }
      found.intervals.push({ start, end });
    }
    found.rows += 1;
    if (trimmed) warnings.add("trimmed", csv.line);
    return null;
  }

  reject(_fault: RowFault, fieldOf: (column: number) => string): void {
    const day = dayOf(fieldOf(1));
    if (Number.isNaN(day)) return;
    let rejected = this.#rejected.get(day);
    if (rejected === undefined) this.#rejected.set(day, (rejected = new RejectedStores(this.#stores, this.#room)));
    rejected.add(fieldOf(0));
  }

  conclude(warnings: ImportWarnings): void {
    for (const rejected of this.#rejected.values()) {
      for (const id of rejected.ids) warnings.addStore("kept_special_hours", id);
    }
    warnings.set("conflicting_exception", this.conflicting);
  }

  /** Dates with a rejected row, in any order. */
  get rejected(): DatesOfStores {
    const pairs = [...this.#rejected].flatMap(([day, { ids }]) => [...ids].map((id) => [id, dateOf(day)] as const));
    return { storeIds: pairs.map(([id]) => id), dates: pairs.map(([, date]) => date) };
  }

  async flush(): Promise<void> {
    // Sent at the end: whether a date is closed is known after all of its rows.
  }

  /** Good rows of dates that keep their hours, because another row was rejected. */
  get discarded(): number {
    let rows = 0;
    for (const key of this.#keptKeys()) rows += this.#days.get(key)?.rows ?? 0;
    return rows;
  }

  /** Stores without a date to store. */
  get keptStores(): ReadonlySet<number> {
    const kept = this.#keptKeys();
    const stores = new Set([...this.#days.values()].map(({ store }) => store));
    for (const [key, { store }] of this.#days) if (!kept.has(key)) stores.delete(store);
    return stores;
  }

  #keptKeys(): ReadonlySet<number> {
    const keys = [...this.#rejected].flatMap(([day, { numbers }]) => [...numbers].map((store) => store * days + day));
    return new Set(keys.filter((key) => this.#days.has(key)));
  }

  /** Rows that close a date which also has hours, in either order: the hours count. */
  get conflicting(): number {
    const kept = this.#keptKeys();
    let rows = 0;
    for (const [key, { closed, intervals }] of this.#days) if (intervals.length > 0 && !kept.has(key)) rows += closed;
    return rows;
  }

  /** Tuples to stage: store number, date, start and end; 0 and 0 means closed. */
  *staged(): Generator<TupleBatch> {
    const kept = this.#keptKeys();
    const tuples = new Int4Tuples(4);
    let gathered = 0;
    for (const [key, { store, day, intervals }] of this.#days) {
      if (kept.has(key)) continue;
      for (const { start, end } of intervals.length > 0 ? intervals : [{ start: 0, end: 0 }]) {
        tuples.add(store, day, start, end);
        gathered += 1;
        const batch = gathered % 4_096 === 0 ? tuples.take() : null;
        if (batch !== null) yield batch;
      }
    }
    const rest = tuples.take();
    if (rest !== null) yield rest;
  }
}

function dateOf(day: number): string {
  return new Date(firstDayMs + day * dayMs).toISOString().slice(0, 10);
}

/** Days since 2000-01-01 for `YYYY-MM-DD`; NaN for anything else and for dates that do not exist. */
function dayOf(text: string): number {
  const match = /^(20\d\d)-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return NaN;
  const [, year = "", month = "", day = ""] = match;
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  return new Date(at).toISOString().startsWith(text) ? (at - firstDayMs) / dayMs : NaN;
}
