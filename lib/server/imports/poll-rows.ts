import { PollTuples, type TupleBatch } from "@/db/queries/bulk/import-tuples";
import { weekStart } from "@/db/queries/bulk/poll-partitions";
import type { EpochMs } from "@/lib/uptime/types";
import type { CsvScanner } from "./csv-scanner";
import type { ImportWarnings } from "./import-warnings";
import type { RowFault } from "@/lib/server/text/row-faults";
import type { RowReader } from "./row-reader";
import { storeIdFault } from "@/lib/server/text/store-id-rule";
import type { StoreIds } from "./store-ids";
import { equalsIgnoringCase } from "@/lib/server/text/text-fields";
import { TimestampReader } from "@/lib/server/text/timestamp";
import { weekMs } from "@/lib/uptime/units";

const activeWord = Buffer.from("active");
const inactiveWord = Buffer.from("inactive");

/** Rows of a polls file. Creates no string and no object for a good row. */
export class PollRows implements RowReader {
  /** Starts of the weeks that contain polls. */
  readonly weeks = new Set<EpochMs>();
  /** The first and the last poll; infinities without any. */
  earliest: EpochMs = Infinity;
  latest: EpochMs = -Infinity;

  readonly #tuples = new PollTuples();
  readonly #timestamps: TimestampReader;
  readonly #stores: StoreIds;
  readonly #send: (tuples: TupleBatch) => Promise<void>;
  #week = -Infinity;

  constructor(now: EpochMs, stores: StoreIds, send: (tuples: TupleBatch) => Promise<void>) {
    this.#timestamps = new TimestampReader(now);
    this.#stores = stores;
    this.#send = send;
  }

  take(csv: CsvScanner, columns: Int32Array, warnings: ImportWarnings): RowFault | null {
    const idField = columns[0]!;
    const statusField = columns[1]!;
    const timestampField = columns[2]!;
    const timestamps = this.#timestamps;
    let trimmed = csv.trim(idField);
    if (csv.trim(timestampField)) trimmed = true;
    if (csv.trim(statusField)) trimmed = true;
    if (unquote(csv, timestampField)) trimmed = true;

    const at = timestamps.read(csv.bytes, csv.starts[timestampField]!, csv.ends[timestampField]!);
    if (Number.isNaN(at)) return storeIdFault(csv.bytes, csv.starts[idField]!, csv.ends[idField]!) ?? timestamps.fault;
    const status = statusOf(csv.bytes, csv.starts[statusField]!, csv.ends[statusField]!);
    if (status < 0)
      return (
        storeIdFault(csv.bytes, csv.starts[idField]!, csv.ends[idField]!) ?? { column: "status", code: "bad_status" }
      );
    // Last, because it registers the store, which a rejected row must not do.
    const store = this.#stores.numberOf(csv.bytes, csv.starts[idField]!, csv.ends[idField]!);
    if (store < 0) return this.#stores.fault;

    if (trimmed) warnings.add("trimmed", csv.line);
    if (timestamps.zoneMissing) warnings.add("no_zone", csv.line);
    if (timestamps.converted) warnings.add("offset_converted", csv.line);
    if (status > 1) warnings.add("status_case", csv.line);
    if (at < this.earliest) this.earliest = at;
    if (at > this.latest) this.latest = at;
    if (at < this.#week || at >= this.#week + weekMs) {
      this.#week = weekStart(at);
      this.weeks.add(this.#week);
    }
    this.#tuples.add(store, at, status & 1);
    return null;
  }

  async flush(): Promise<void> {
    const tuples = this.#tuples.take();
    if (tuples !== null) await this.#send(tuples);
  }
}

/** 1 active, 0 inactive, plus 2 unless in lower case; -1 for anything else. */
function statusOf(bytes: Uint8Array, start: number, end: number): number {
  if (matches(bytes, start, end, activeWord)) return 1;
  if (matches(bytes, start, end, inactiveWord)) return 0;
  if (equalsIgnoringCase(bytes, start, end, "active")) return 3;
  return equalsIgnoringCase(bytes, start, end, "inactive") ? 2 : -1;
}

function matches(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word[i]) return false;
  return true;
}

/** Strips one pair of quotes that belongs to the value itself. */
function unquote(csv: CsvScanner, field: number): boolean {
  const start = csv.starts[field]!;
  const end = csv.ends[field]!;
  const first = csv.bytes[start];
  if ((first !== 34 && first !== 39) || end - start < 2 || csv.bytes[end - 1] !== first) return false;
  csv.starts[field] = start + 1;
  csv.ends[field] = end - 1;
  csv.trim(field);
  return true;
}
