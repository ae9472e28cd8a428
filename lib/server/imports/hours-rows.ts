import { Int4Tuples, type TupleBatch } from "@/db/queries/bulk/import-tuples";
import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";
import type { RowReader } from "./row-reader";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import type { StoreIds } from "./store-ids";
import { endOfHours, isClosedText, timeFault, wallSeconds } from "@/lib/server/text/wall-clock";
import { daySeconds } from "@/lib/uptime/units";

const maxIntervalsPerDay = 50;
/** Greater than any end, so that start and end fit one number. */
const endRange = 2 * daySeconds + 1;

/**
 * Rows of a business hours file. A row without times, or with `closed` in one, closes the store on its day. Remembers
 * each distinct interval, so memory grows with the fleet, not the file.
 */
export class HoursRows implements RowReader {
  readonly #tuples = new Int4Tuples(4);
  /** Intervals by store and day, each as `start * endRange + end`. */
  readonly #intervals = new Map<number, number[]>();
  /** Rows that close a day, by store and day. */
  readonly #closed = new Map<number, number>();
  readonly #stores: StoreIds;
  readonly #send: (tuples: TupleBatch) => Promise<void>;

  constructor(stores: StoreIds, send: (tuples: TupleBatch) => Promise<void>) {
    this.#stores = stores;
    this.#send = send;
  }

  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null {
    const { bytes, starts, ends } = csv;
    let trimmed = false;
    for (const field of columns) if (csv.trim(field)) trimmed = true;
    const [idField = 0, dayField = 0, startField = 0, endField = 0] = columns;

    const refusal = (fault: RowFault): RowFault => storeIdFault(bytes, starts[idField]!, ends[idField]!) ?? fault;
    const day = bytes[starts[dayField]!]! - 48;
    if (ends[dayField]! - starts[dayField]! !== 1 || !(day >= 0 && day <= 6))
      return refusal({ column: "day", code: "bad_day" });
    if (isClosedText(bytes, starts[startField]!, ends[startField]!, starts[endField]!, ends[endField]!)) {
      const store = this.#stores.numberOf(bytes, starts[idField]!, ends[idField]!);
      if (store < 0) return this.#stores.fault;
      const key = store * 7 + day;
      this.#closed.set(key, (this.#closed.get(key) ?? 0) + 1);
      if (trimmed) warnings.add("trimmed", csv.line);
      return null;
    }
    const start = wallSeconds(bytes, starts[startField]!, ends[startField]!);
    if (!(start < daySeconds))
      return refusal(timeFault("start_time_local", bytes, starts[startField]!, ends[startField]!));
    const written = wallSeconds(bytes, starts[endField]!, ends[endField]!);
    if (Number.isNaN(written)) return refusal(timeFault("end_time_local", bytes, starts[endField]!, ends[endField]!));
    const end = endOfHours(start, written);
    if (Number.isNaN(end)) return refusal({ column: "end_time_local", code: "zero_length" });
    // Last, because it registers the store, which a rejected row must not do: the store would lose its hours.
    const store = this.#stores.numberOf(bytes, starts[idField]!, ends[idField]!);
    if (store < 0) return this.#stores.fault;

    const interval = start * endRange + end;
    const key = store * 7 + day;
    const known = this.#intervals.get(key);
    if (known === undefined) this.#intervals.set(key, [interval]);
    else if (known.includes(interval)) return null;
    else if (known.length === maxIntervalsPerDay) return { column: "day", code: "too_many_intervals" };
    else {
      if (known.some((other) => overlaps(other, start, end))) warnings.add("overlapping_hours", csv.line);
      known.push(interval);
    }
    if (trimmed) warnings.add("trimmed", csv.line);
    this.#tuples.add(store, day, start, end);
    return null;
  }

  async flush(): Promise<void> {
    const tuples = this.#tuples.take();
    if (tuples !== null) await this.#send(tuples);
  }

  /** Rows that close a day which also has hours, in either order: the hours count. */
  get conflicting(): number {
    let rows = 0;
    for (const [key, count] of this.#closed) if (this.#intervals.has(key)) rows += count;
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

function overlaps(other: number, start: number, end: number): boolean {
  const otherStart = Math.floor(other / endRange);
  return start < other - otherStart * endRange && otherStart < end;
}
