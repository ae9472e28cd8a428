import { FileFault } from "./file-fault";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

/** Skips a row that is longer than the maximum, one window at a time, keeping only what is needed to describe it. */
export class CsvSkipper {
  active = false;
  /** Physical lines and fields of the row, once it has ended. */
  lines = 1;
  fields = 1;
  /** Byte of the file at which the first NUL is; -1 without one. */
  nulOffset = -1;

  readonly #lineBytes: number;
  #state: "field start" | "unquoted" | "quoted" | "quote in quoted" = "field start";
  #seen = 0;
  #rowLine = 1;
  #openedOn = 1;
  #afterCr = false;

  constructor(lineBytes: number) {
    this.#lineBytes = lineBytes;
  }

  /** @param line physical line that the row starts on */
  begin(line: number): void {
    this.active = true;
    this.lines = 1;
    this.fields = 1;
    this.nulOffset = -1;
    this.#state = "field start";
    this.#seen = 0;
    this.#rowLine = line;
    this.#afterCr = false;
  }

  /**
   * Reads `bytes[from, to)` and stops before the row's line end; `active` is then false. A CR that may be the first
   * half of a line end is left for the next call.
   * @param offset byte of the file of `bytes[0]`   @param last whether the file ends at `to`
   * @throws FileFault `unclosed_quote`, `line_too_long` when a quoted field exceeds the longest line
   */
  advance(bytes: Uint8Array, from: number, to: number, offset: number, last: boolean): number {
    for (let i = from; i < to; i++) {
      const byte = bytes[i]!;
      if (byte === 0 && this.nulOffset < 0) this.nulOffset = offset + i;
      if (this.#state === "quoted") {
        if (byte === QUOTE) this.#state = "quote in quoted";
        else if (byte === CR || (byte === LF && !this.#afterCr)) this.lines += 1;
        this.#afterCr = byte === CR;
      } else if (this.#state === "quote in quoted" && byte === QUOTE) this.#state = "quoted";
      else {
        if (this.#state === "quote in quoted") {
          if (this.#seen > this.#lineBytes) throw tooLongInQuotes(this.#openedOn, this.#lineBytes);
          this.#state = "unquoted";
        }
        if (byte === LF || byte === CR) {
          if (byte === CR && i + 1 === to && !last) return i;
          this.active = false;
          return i;
        }
        if (byte === COMMA) {
          this.fields += 1;
          this.#state = "field start";
        } else if (this.#state === "field start") {
          this.#state = byte === QUOTE ? "quoted" : "unquoted";
          this.#openedOn = this.#rowLine + this.lines - 1;
        }
      }
      this.#seen += 1;
    }
    if (last) {
      if (this.#state === "quoted") throw unclosedQuote(this.#openedOn);
      if (this.#state === "quote in quoted" && this.#seen > this.#lineBytes + 1) {
        throw tooLongInQuotes(this.#openedOn, this.#lineBytes);
      }
      this.active = false;
    }
    return to;
  }
}

export function unclosedQuote(line: number): FileFault {
  return new FileFault("unclosed_quote", `The quote that opens on line ${line.toString()} is never closed.`, { line });
}

export function tooLongInQuotes(line: number, lineBytes: number): FileFault {
  const longest = lineBytes.toString();
  const reason = `The quoted field that opens on line ${line.toString()} runs past the longest line, ${longest} bytes.`;
  return new FileFault("line_too_long", reason, { line });
}
