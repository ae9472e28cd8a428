import { postgresEpochMs } from "@/db/copy-streams/postgres-epoch";
import type { EpochMs } from "@/lib/uptime/types";

/** The header of a binary COPY: its signature, no flags, no extension. */
export const copyHeader = Buffer.from("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");

/** The trailer of a binary COPY. */
export const copyTrailer = Buffer.from([0xff, 0xff]);

export interface TupleBatch {
  readonly bytes: Uint8Array;
  /** Number of tuples in `bytes`. */
  readonly count: number;
}

/**
 * A growing buffer; `take` returns its bytes and continues with a new one, since the socket may still be reading them.
 */
class Tuples {
  protected buffer = Buffer.allocUnsafe(0);
  /** The same bytes as a DataView: at this volume the checks in Buffer's methods are measurable. */
  protected view = new DataView(new ArrayBuffer(0));
  protected length = 0;
  protected count = 0;
  #size = 64 * 1024;

  /** The tuples added since the last call; null if there are none. */
  take(): TupleBatch | null {
    if (this.length === 0) return null;
    const taken = { bytes: this.buffer.subarray(0, this.length), count: this.count };
    this.buffer = Buffer.allocUnsafe(0);
    this.length = 0;
    this.count = 0;
    return taken;
  }

  protected reserve(bytes: number): void {
    if (this.length + bytes <= this.buffer.length) return;
    if (this.buffer.length > 0) this.#size = this.buffer.length * 2;
    const larger = Buffer.allocUnsafe(Math.max(this.#size, this.length + bytes));
    this.buffer.copy(larger, 0, 0, this.length);
    this.buffer = larger;
    this.view = new DataView(larger.buffer, larger.byteOffset, larger.length);
  }
}

/** Tuples of (int4, timestamptz, boolean). */
export class PollTuples extends Tuples {
  /** @param active 1 or 0 */
  add(store: number, at: EpochMs, active: number): void {
    this.reserve(27);
    const view = this.view;
    const i = this.length;
    const micros = (at - postgresEpochMs) * 1_000;
    const high = Math.floor(micros / 4_294_967_296);
    view.setInt16(i, 3);
    view.setInt32(i + 2, 4);
    view.setInt32(i + 6, store);
    view.setInt32(i + 10, 8);
    view.setInt32(i + 14, high);
    view.setUint32(i + 18, micros - high * 4_294_967_296);
    view.setInt32(i + 22, 1);
    view.setUint8(i + 26, active);
    this.length = i + 27;
    this.count += 1;
  }
}

/** Tuples of `columns` int4s. */
export class Int4Tuples extends Tuples {
  readonly #columns: number;

  constructor(columns: number) {
    super();
    this.#columns = columns;
  }

  add(...values: readonly number[]): void {
    this.reserve(2 + 8 * values.length);
    let i = this.buffer.writeInt16BE(this.#columns, this.length);
    for (const value of values) i = this.buffer.writeInt32BE(value, this.buffer.writeInt32BE(4, i));
    this.length = i;
    this.count += 1;
  }
}

/** Tuples of an int4 and texts, each of which may be null. */
export class TextTuples extends Tuples {
  add(number: number, ...texts: readonly (string | null)[]): void {
    this.reserve(10 + texts.reduce((sum, text) => sum + 4 + (text === null ? 0 : Buffer.byteLength(text)), 0));
    let i = this.buffer.writeInt16BE(1 + texts.length, this.length);
    i = this.buffer.writeInt32BE(number, this.buffer.writeInt32BE(4, i));
    for (const text of texts) {
      const bytes = text === null ? -1 : Buffer.byteLength(text);
      i = this.buffer.writeInt32BE(bytes, i);
      if (text !== null) i += this.buffer.write(text, i);
    }
    this.length = i;
    this.count += 1;
  }
}
