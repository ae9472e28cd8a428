import type { Writable } from "node:stream";
import type { Sql } from "@/db/client";
import { openCopyIn } from "./copy-in";
import { postgresEpochMs } from "./postgres-epoch";

const chunkBytes = 64 * 1024;

/** Writes the rows of a binary COPY, buffered in chunks. Every row starts with `row`, all of them with `open`. */
export class CopyWriter {
  private buffer = Buffer.allocUnsafe(chunkBytes * 2);
  /** The previous chunk; reused once the driver is done with it. */
  private spare = Buffer.allocUnsafe(chunkBytes * 2);
  private sent: Promise<void> = Promise.resolve();
  private used = 0;

  private constructor(
    private readonly input: Writable,
    private readonly columns: number,
    private readonly done: Promise<void>,
  ) {
    // Reported to the next caller of `end` or `row`; until then it must not count as an unhandled rejection.
    this.done.catch(() => undefined);
    this.used = this.buffer.write("PGCOPY\n\xff\r\n\0", "latin1");
    this.buffer.fill(0, this.used, this.used + 8);
    this.used += 8;
  }

  /**
   * Starts a COPY.
   * @param tx a transaction or a reserved connection   @param statement `copy … from stdin (format binary)`
   */
  static async open(tx: Sql, statement: string, columns: number): Promise<CopyWriter> {
    const { input, done } = await openCopyIn(tx, statement);
    return new CopyWriter(input, columns, done);
  }

  /** Starts a row; sends the buffer when it is full. Await it: it waits for a slower server. */
  async row(): Promise<void> {
    if (this.used >= chunkBytes) await this.flush();
    this.need(2);
    this.used = this.buffer.writeInt16BE(this.columns, this.used);
  }

  null(): void {
    this.need(4);
    this.used = this.buffer.writeInt32BE(-1, this.used);
  }

  boolean(value: boolean): void {
    this.need(5);
    this.used = this.buffer.writeInt32BE(1, this.used);
    this.used = this.buffer.writeInt8(value ? 1 : 0, this.used);
  }

  int4(value: number): void {
    this.need(8);
    this.used = this.buffer.writeInt32BE(4, this.used);
    this.used = this.buffer.writeInt32BE(value, this.used);
  }

  int8(value: number): void {
    this.need(12);
    this.used = this.buffer.writeInt32BE(8, this.used);
    this.used = this.buffer.writeBigInt64BE(BigInt(value), this.used);
  }

  float8(value: number | null): void {
    if (value === null) {
      this.null();
      return;
    }
    this.need(12);
    this.used = this.buffer.writeInt32BE(8, this.used);
    this.used = this.buffer.writeDoubleBE(value, this.used);
  }

  /** `timestamptz` of whole ms since 1970 UTC. */
  instant(value: number | null): void {
    if (value === null) this.null();
    else this.int8((value - postgresEpochMs) * 1000);
  }

  text(value: string): void {
    const bytes = Buffer.byteLength(value);
    this.need(4 + bytes);
    this.used = this.buffer.writeInt32BE(bytes, this.used);
    this.used += this.buffer.write(value, this.used);
  }

  /** `integer[]`, without nulls. */
  int4Array(values: Int32Array): void {
    this.need(24 + values.length * 8);
    // Bytes, dimensions, no nulls, type int4, length, first subscript.
    for (const word of [20 + values.length * 8, 1, 0, 23, values.length, 1]) {
      this.used = this.buffer.writeInt32BE(word, this.used);
    }
    for (const value of values) {
      this.used = this.buffer.writeInt32BE(4, this.used);
      this.used = this.buffer.writeInt32BE(value, this.used);
    }
  }

  /** Ends the COPY. @throws the server's error */
  async end(): Promise<void> {
    this.need(2);
    this.used = this.buffer.writeInt16BE(-1, this.used);
    await this.flush();
    this.input.end();
    await this.done;
  }

  private async flush(): Promise<void> {
    await Promise.race([this.sent, this.done]);
    const { buffer, input } = this;
    const chunk = buffer.subarray(0, this.used);
    // `done` reports the error.
    this.sent = new Promise((resolve) => {
      input.write(chunk, () => {
        resolve();
      });
    });
    this.buffer = this.spare;
    this.spare = buffer;
    this.used = 0;
  }

  private need(bytes: number): void {
    if (this.used + bytes <= this.buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.used + bytes));
    this.buffer.copy(grown, 0, 0, this.used);
    this.buffer = grown;
  }
}
