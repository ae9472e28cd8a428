import { createHash } from "node:crypto";
import { BackupError, endOfRows, type TableSum } from "./archive";

const lineBreak = 10;

/** Reads an archive's lines and rows from chunks of any size. */
export class ArchiveReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next line without its end; null after the last. */
  async line(): Promise<string | null> {
    for (;;) {
      const end = this.#rest.indexOf(lineBreak);
      if (end !== -1) {
        const line = this.#rest.toString("utf8", 0, end);
        this.#rest = this.#rest.subarray(end + 1);
        return line;
      }
      if (!(await this.#more())) return null;
    }
  }

  /**
   * The rows before their end marker, in chunks of whole rows.
   * @param tell gets their count and hash after the last
   * @throws BackupError when the archive ends before the marker
   */
  async *rows(table: string, tell: (sum: TableSum) => void): AsyncGenerator<Buffer> {
    const hash = createHash("sha256");
    let rows = 0;
    for (;;) {
      const end = findEnd(this.#rest);
      const whole = end ?? this.#rest.lastIndexOf(lineBreak) + 1;
      const chunk = this.#rest.subarray(0, whole);
      this.#rest = this.#rest.subarray(end === null ? whole : whole + endOfRows.length);
      if (chunk.length > 0) {
        hash.update(chunk);
        for (let at = chunk.indexOf(lineBreak); at !== -1; at = chunk.indexOf(lineBreak, at + 1)) rows++;
        yield chunk;
      }
      if (end !== null) {
        tell({ table, rows, sha256: hash.digest("hex") });
        return;
      }
      if (!(await this.#more())) throw new BackupError("The archive is truncated: nothing was restored.");
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    this.#rest = this.#rest.length === 0 ? Buffer.from(next.value) : Buffer.concat([this.#rest, next.value]);
    return true;
  }
}

/** Where the end marker of the rows is, at the start of a line; `bytes` start with a line. */
function findEnd(bytes: Buffer): number | null {
  for (let at = bytes.indexOf(endOfRows); at !== -1; at = bytes.indexOf(endOfRows, at + 1)) {
    if (at === 0 || bytes[at - 1] === lineBreak) return at;
  }
  return null;
}
