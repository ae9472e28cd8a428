import type { HoursWarnings } from "@/db/queries/bulk/hours-warnings";
import { Int4Tuples, type TupleBatch } from "@/db/queries/bulk/import-tuples";
import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import { RejectedStores } from "./rejected-stores";
import type { RowFault } from "@/lib/server/text/row-faults";
import type { RowReader } from "./row-reader";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import type { StoreIds } from "./store-ids";
import {
  closingSeconds,
  dayFault,
  endOfHours,
  isClosedText,
  openingSeconds,
  rowLengthFault,
  timeFault,
} from "@/lib/server/text/wall-clock";
import type { DayHours } from "@/lib/uptime/types";
import { daySeconds } from "@/lib/uptime/units";
import { checkWeek } from "./week-checks";

const maxIntervalsPerDay = 50;
/** Greater than any end, so that start and end fit one number. */
const endRange = 2 * daySeconds + 1;

/**
 * Rows of a business hours file. A row without times, or with `closed` in one, closes the store on its day. A store's
 * week is replaced completely or not at all: a store with a rejected row keeps its hours. Remembers each distinct
 * interval, so memory grows with the fleet, not the file; of stores with a rejected row at most `mostRejectedStores`.
 */
export class HoursRows implements RowReader {
  readonly #tuples = new Int4Tuples(4);
  /** Intervals by store and day, each as `start * endRange + end`. */
  readonly #intervals = new Map<number, number[]>();
  /** Rows that close a day, by store and day. */
  readonly #closed = new Map<number, number>();
  /** Good rows by store. */
  readonly #rows: number[] = [];
  readonly #rejected: RejectedStores;
  readonly #outsideDays: RejectedStores;
  readonly #stores: StoreIds;
  readonly #send: (tuples: TupleBatch) => Promise<void>;

  constructor(stores: StoreIds, send: (tuples: TupleBatch) => Promise<void>) {
    this.#stores = stores;
    this.#send = send;
    this.#rejected = new RejectedStores(stores);
    this.#outsideDays = new RejectedStores(stores);
  }

  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null {
    const { bytes, starts, ends } = csv;
    let trimmed = false;
    for (const field of columns) if (csv.trim(field)) trimmed = true;
    const [idField = 0, dayField = 0, startField = 0, endField = 0] = columns;

    const refusal = (fault: RowFault): RowFault => storeIdFault(bytes, starts[idField]!, ends[idField]!) ?? fault;
    const day = bytes[starts[dayField]!]! - 48;
    if (ends[dayField]! - starts[dayField]! !== 1 || !(day >= 0 && day <= 6))
      return refusal(dayFault(bytes, starts[dayField]!, ends[dayField]!));
    if (isClosedText(bytes, starts[startField]!, ends[startField]!, starts[endField]!, ends[endField]!)) {
      const store = this.#stores.numberOf(bytes, starts[idField]!, ends[idField]!);
      if (store < 0) return this.#stores.fault;
      const key = store * 7 + day;
      this.#closed.set(key, (this.#closed.get(key) ?? 0) + 1);
      this.#rows[store] = (this.#rows[store] ?? 0) + 1;
      if (trimmed) warnings.add("trimmed", csv.line);
      return null;
    }
    const start = openingSeconds(bytes, starts[startField]!, ends[startField]!);
    if (Number.isNaN(start)) return refusal(timeFault("start", bytes, starts[startField]!, ends[startField]!));
    const written = closingSeconds(bytes, starts[endField]!, ends[endField]!);
    if (Number.isNaN(written)) return refusal(timeFault("end", bytes, starts[endField]!, ends[endField]!));
    const end = endOfHours(start, written);
    if (Number.isNaN(end)) return refusal(rowLengthFault(start, written));
    // Last, because it registers the store, which a rejected row must not do: the store would lose its hours.
    const store = this.#stores.numberOf(bytes, starts[idField]!, ends[idField]!);
    if (store < 0) return this.#stores.fault;

    const interval = start * endRange + end;
    const key = store * 7 + day;
    const known = this.#intervals.get(key);
    if (known === undefined) this.#intervals.set(key, [interval]);
    else if (known.includes(interval)) {
      this.#rows[store] = (this.#rows[store] ?? 0) + 1;
      return null;
    } else if (known.length === maxIntervalsPerDay) return { column: "day", code: "too_many_intervals" };
    else {
      if (known.some((other) => overlaps(other, start, end))) warnings.add("overlapping_hours", csv.line);
      known.push(interval);
    }
    this.#rows[store] = (this.#rows[store] ?? 0) + 1;
    if (trimmed) warnings.add("trimmed", csv.line);
    this.#tuples.add(store, day, start, end);
    return null;
  }

  reject(fault: RowFault, fieldOf: (column: number) => string): void {
    this.#rejected.add(fieldOf(0));
    if (fault.code === "bad_day" && /^-?\d+$/.test(fieldOf(1))) this.#outsideDays.add(fieldOf(0));
  }

  conclude(warnings: ImportWarnings): void {
    for (const id of this.#rejected.ids) warnings.addStore("kept_hours", id);
    for (const number of this.#outsideDays.numbers) warnings.addStore("shifted_days", this.#stores.at(number));
    warnings.set("conflicting_hours", this.conflicting);
    const kept = this.keptStores;
    for (let store = 0; store < this.#stores.size; store++) {
      if (kept.has(store)) continue;
      const hoursOf = (day: number): readonly DayHours[] => (this.#intervals.get(store * 7 + day) ?? []).map(hoursIn);
      const isClosed = (day: number): boolean => this.#closed.has(store * 7 + day);
      for (const code of checkWeek({ hoursOf, isClosed })) warnings.addStore(code, this.#stores.at(store));
    }
  }

  async flush(): Promise<void> {
    const tuples = this.#tuples.take();
    if (tuples !== null) await this.#send(tuples);
  }

  /** Ids of the stores that the file warns about. */
  get warned(): HoursWarnings {
    return {
      kept: [...this.#rejected.ids],
      shifted: [...this.#outsideDays.numbers].map((number) => this.#stores.at(number)),
    };
  }

  /** Numbers of the stores that keep their hours, because one of their rows was rejected. */
  get keptStores(): ReadonlySet<number> {
    return this.#rejected.numbers;
  }

  /** Good rows of those stores. */
  get discarded(): number {
    let rows = 0;
    for (const store of this.keptStores) rows += this.#rows[store] ?? 0;
    return rows;
  }

  /** Rows that close a day which also has hours, in either order: the hours count. */
  get conflicting(): number {
    const kept = this.keptStores;
    let rows = 0;
    for (const [key, count] of this.#closed) {
      if (this.#intervals.has(key) && !kept.has(Math.floor(key / 7))) rows += count;
    }
    return rows;
  }

  /** Sends the closed days, as 0 to 0. Call it last: they are known after all rows. */
  async sendClosedDays(): Promise<void> {
    for (const key of this.#closed.keys()) {
      if (!this.#intervals.has(key)) this.#tuples.add(Math.floor(key / 7), key % 7, 0, 0);
    }
    await this.flush();
  }
}

const hoursIn = (interval: number): DayHours => {
  const startSecond = Math.floor(interval / endRange);
  return { startSecond, endSecond: interval - startSecond * endRange };
};

function overlaps(other: number, start: number, end: number): boolean {
  const { startSecond, endSecond } = hoursIn(other);
  return start < endSecond && startSecond < end;
}
