import type { CsvDamage } from "@/lib/server/text/row-faults";
import { CsvSkipper, tooLongInQuotes, unclosedQuote } from "./csv-skipper";
import { mayNeedTrim, skipTextMark, trimEnd, trimStart } from "@/lib/server/text/text-fields";
import { findInvalidUtf8 } from "@/lib/server/text/utf8";

export const csvLimits = { lineBytes: 65_536, fieldBytes: 4_096, columns: 64 } as const;

/** What `next` found. `more`: fill in more bytes, or call `finish`. */
export type CsvToken = "row" | "blank" | "damaged" | "more" | "end";

const LF = 10;
const CR = 13;
const QUOTE = 34;
const COMMA = 44;

/** Classes of bytes, so that the inner loops look up one table entry per byte. */
const ordinary = 0;
const isNul = 1;
const isHigh = 2;
const isEnd = 3;
const unquotedClass = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0 ? isNul : byte >= 0x80 ? isHigh : [LF, CR, QUOTE, COMMA].includes(byte) ? isEnd : ordinary,
);
const quotedClass = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte === 0 ? isNul : byte >= 0x80 ? isHigh : [LF, CR, QUOTE].includes(byte) ? isEnd : ordinary,
);

/**
 * Reads RFC 4180 from byte chunks, row by row, in constant memory: fields are ranges of `bytes`, valid until the next
 * call. LF, CRLF and CR all end a row; `""` in a quoted field is one quote. A quote elsewhere damages only its row. One
 * that is never closed, or that closes past the longest line, fails the file.
 * Fill it until it is `full` (or call `finish`), then take tokens until `more`: an incomplete row is kept.
 */
export class CsvScanner {
  /** The window on the file, followed by room for unescaped fields of one row. */
  readonly bytes: Uint8Array;
  readonly starts = new Int32Array(csvLimits.columns);
  readonly ends = new Int32Array(csvLimits.columns);
  /** Number of fields in the row; only the first 64 have a range. */
  fieldCount = 0;
  /** Physical line that the row starts on; the first is 1. */
  line = 1;
  /** Set when the token is `damaged`. */
  damage: CsvDamage = "bad_quote";
  /** Byte of the file at which the damage is. */
  damageOffset = 0;

  readonly #capacity: number;
  readonly #skipper = new CsvSkipper(csvLimits.lineBytes);
  #filled = 0;
  #position = 0;
  #rowStart = 0;
  #rowEnd = 0;
  #fileOffset = 0;
  #linesInRow = 0;
  #finished = false;
  #skippedHead: Uint8Array | null = null;
  #skipOffset = 0;
  #endings = 0;

  /** @param windowBytes size of the window */
  constructor(windowBytes = 512 * 1024) {
    this.#capacity = Math.max(windowBytes, csvLimits.lineBytes + 2);
    this.bytes = new Uint8Array(2 * this.#capacity + 1);
  }

  get full(): boolean {
    return this.#filled === this.#capacity && this.#position === 0;
  }

  /** Byte of the file at which the row starts. */
  get rowOffset(): number {
    return this.#skippedHead === null ? this.#fileOffset + this.#rowStart : this.#skipOffset;
  }

  /** The row as in the file, without its line end; the first 256 bytes of one that is too long. */
  get raw(): Uint8Array {
    return this.#skippedHead ?? this.bytes.subarray(this.#rowStart, this.#rowEnd);
  }

  /** Length of `raw`, without creating it. */
  get rawLength(): number {
    return this.#skippedHead === null ? this.#rowEnd - this.#rowStart : this.#skippedHead.length;
  }

  /** Whether field `field` is longer than the maximum. */
  isLongField(field: number): boolean {
    return this.ends[field]! - this.starts[field]! > csvLimits.fieldBytes;
  }

  /** Strips spaces, tabs and NBSPs around a field and reports whether there were any; then strips the text mark. */
  trim(field: number): boolean {
    const start = this.starts[field]!;
    const end = this.ends[field]!;
    if (!mayNeedTrim(this.bytes, start, end)) return false;
    const trimmedStart = trimStart(this.bytes, start, end);
    const trimmedEnd = trimEnd(this.bytes, trimmedStart, end);
    this.starts[field] = skipTextMark(this.bytes, trimmedStart, trimmedEnd);
    this.ends[field] = trimmedEnd;
    return trimmedStart !== start || trimmedEnd !== end;
  }

  /** Whether different line ends have occurred so far. */
  get mixedLineEnds(): boolean {
    return (this.#endings & (this.#endings - 1)) !== 0;
  }

  /** Takes as much of `chunk` from `from` on as there is room for. @returns how much */
  fill(chunk: Uint8Array, from: number): number {
    if (this.#position > 0) {
      this.bytes.copyWithin(0, this.#position, this.#filled);
      this.#fileOffset += this.#position;
      this.#filled -= this.#position;
      this.#position = 0;
    }
    const taken = Math.min(chunk.length - from, this.#capacity - this.#filled);
    this.bytes.set(chunk.subarray(from, from + taken), this.#filled);
    this.#filled += taken;
    return taken;
  }

  /** No more bytes will come. */
  finish(): void {
    this.#finished = true;
  }

  /** The next unread bytes, at most `length`. */
  peek(length: number): Uint8Array {
    return this.bytes.subarray(this.#position, Math.min(this.#filled, this.#position + length));
  }

  /** Skips `length` peeked bytes. */
  drop(length: number): void {
    this.#position += length;
  }

  /** @throws FileFault `unclosed_quote`, or `line_too_long` when a quoted field exceeds the longest line */
  next(): CsvToken {
    this.line += this.#linesInRow;
    this.#linesInRow = 0;
    if (this.#skipper.active) return this.#skip();
    this.#skippedHead = null;
    this.#rowStart = this.#position;
    if (this.#position === this.#filled) return this.#finished ? "end" : "more";
    return this.#scanRow();
  }

  #scanRow(): CsvToken {
    const bytes = this.bytes;
    const filled = this.#filled;
    const rowStart = this.#rowStart;
    const lastByte = rowStart + csvLimits.lineBytes;
    // Stops every inner loop at the end of the data, without a bounds check per byte.
    bytes[filled] = LF;
    let i = rowStart;
    let field = 0;
    let scratch = this.#capacity + 1;
    let lines = 1;
    let nulAt = -1;
    let badQuoteAt = -1;
    let high = false;
    for (;;) {
      let start = i;
      let end = -1;
      if (bytes[i] === QUOTE) {
        const openedAt = i;
        const openedOn = this.line + lines - 1;
        i += 1;
        start = i;
        let segment = i;
        let unescaped = -1;
        for (;;) {
          let kind = quotedClass[bytes[i]!];
          while (kind === ordinary) kind = quotedClass[bytes[++i]!];
          if (kind === isHigh) high = true;
          else if (kind === isNul) nulAt = nulAt < 0 ? i : nulAt;
          else if (bytes[i] !== QUOTE) {
            if (i >= filled) {
              if (this.#finished) throw unclosedQuote(openedOn);
              return this.#wantMore();
            }
            lines += 1;
            if (bytes[i] === CR) {
              if (i + 1 === filled && !this.#finished) return this.#wantMore();
              if (i + 1 < filled && bytes[i + 1] === LF) i += 1;
            }
          } else if (i + 1 === filled && !this.#finished) return this.#wantMore();
          else if (i + 1 < filled && bytes[i + 1] === QUOTE) {
            if (unescaped < 0) unescaped = scratch;
            bytes.copyWithin(scratch, segment, i + 1);
            scratch += i + 1 - segment;
            i += 1;
            segment = i + 1;
          } else break;
          i += 1;
        }
        if (i > lastByte) throw tooLongInQuotes(openedOn, csvLimits.lineBytes);
        end = i;
        if (unescaped >= 0) {
          bytes.copyWithin(scratch, segment, i);
          scratch += i - segment;
          start = unescaped;
          end = scratch;
        }
        i += 1;
        const after = bytes[i]!;
        if (i < filled && after !== COMMA && after !== LF && after !== CR) badQuoteAt = openedAt;
      }
      for (;;) {
        let kind = unquotedClass[bytes[i]!];
        while (kind === ordinary) kind = unquotedClass[bytes[++i]!];
        if (kind === isHigh) high = true;
        else if (kind === isNul) nulAt = nulAt < 0 ? i : nulAt;
        else if (bytes[i] === QUOTE) badQuoteAt = badQuoteAt < 0 ? i : badQuoteAt;
        else break;
        i += 1;
      }
      if (field < csvLimits.columns) {
        this.starts[field] = start;
        this.ends[field] = end < 0 || badQuoteAt >= 0 ? i : end;
      }
      field += 1;
      if (bytes[i] === COMMA) i += 1;
      else break;
    }
    if (i >= filled && !this.#finished) return this.#wantMore();
    if (bytes[i] === CR && i + 1 === filled && !this.#finished) return this.#wantMore();
    this.#rowEnd = i;
    this.#linesInRow = lines;
    this.fieldCount = field;
    this.#position = this.#pastLineEnd(i);

    if (nulAt >= 0) return this.#damaged("nul_byte", nulAt);
    if (i > lastByte) return this.#damaged("line_too_long", rowStart);
    if (high) {
      const invalidAt = findInvalidUtf8(bytes, rowStart, i);
      if (invalidAt >= 0) return this.#damaged("invalid_utf8", invalidAt);
    }
    if (badQuoteAt >= 0) return this.#damaged("bad_quote", badQuoteAt);
    return field === 1 && isBlank(bytes, rowStart, i) ? "blank" : "row";
  }

  #pastLineEnd(at: number): number {
    if (at >= this.#filled) return at;
    if (this.bytes[at] === LF) {
      this.#endings |= 1;
      return at + 1;
    }
    const crLf = at + 1 < this.#filled && this.bytes[at + 1] === LF;
    this.#endings |= crLf ? 2 : 4;
    return at + (crLf ? 2 : 1);
  }

  #damaged(damage: CsvDamage, at: number): CsvToken {
    this.damage = damage;
    this.damageOffset = this.#fileOffset + at;
    return "damaged";
  }

  /** The row continues after the data: keep it, unless it is already too long. */
  #wantMore(): CsvToken {
    if (this.#filled - this.#rowStart <= csvLimits.lineBytes) return "more";
    this.#skippedHead = this.bytes.slice(this.#rowStart, this.#rowStart + 256);
    this.#skipOffset = this.#fileOffset + this.#rowStart;
    this.#skipper.begin(this.line);
    return this.#skip();
  }

  #skip(): CsvToken {
    const skipper = this.#skipper;
    this.#position = skipper.advance(this.bytes, this.#position, this.#filled, this.#fileOffset, this.#finished);
    if (skipper.active) return "more";
    this.#position = this.#pastLineEnd(this.#position);
    this.#linesInRow = skipper.lines;
    this.fieldCount = skipper.fields;
    this.damage = skipper.nulOffset < 0 ? "line_too_long" : "nul_byte";
    this.damageOffset = skipper.nulOffset < 0 ? this.#skipOffset : skipper.nulOffset;
    return "damaged";
  }
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}
