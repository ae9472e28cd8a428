/** Insignificant characters around a value: space, tab, NBSP. */
function isSpaceAt(bytes: Uint8Array, at: number, end: number): 0 | 1 | 2 {
  const byte = bytes[at];
  if (byte === 32 || byte === 9) return 1;
  return byte === 0xc2 && at + 1 < end && bytes[at + 1] === 0xa0 ? 2 : 0;
}

/** Index of the first byte of `bytes[start, end)` that is not space, tab or NBSP; `end` when all are. */
export function trimStart(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  for (let width = isSpaceAt(bytes, i, end); width > 0 && i < end; width = isSpaceAt(bytes, i, end)) i += width;
  return Math.min(i, end);
}

/** Index after the last byte of `bytes[start, end)` that is not space, tab or NBSP; `start` when all are. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let i = end;
  while (i > start) {
    if (bytes[i - 1] === 32 || bytes[i - 1] === 9) i -= 1;
    else if (bytes[i - 1] === 0xa0 && i - 2 >= start && bytes[i - 2] === 0xc2) i -= 2;
    else break;
  }
  return i;
}

/** What would start a formula: `=`, `+`, `-`, `@`, and their full-width forms, U+FF1D, U+FF0B, U+FF0D and U+FF20. */
function beginsFormula(bytes: Uint8Array, at: number, end: number): boolean {
  const byte = bytes[at]!;
  if (byte === 0x3d || byte === 0x2b || byte === 0x2d || byte === 0x40) return true;
  if (byte !== 0xef || at + 2 >= end || bytes[at + 1] !== 0xbc) return false;
  const last = bytes[at + 2]!;
  return last === 0x9d || last === 0x8b || last === 0x8d || last === 0xa0;
}

/**
 * Index after an apostrophe that marks text where a formula would start, as written by our own CSV and by spreadsheets;
 * `start` without one.
 */
export function skipTextMark(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end && bytes[i] === 39) i += 1;
  return i > start && i < end && beginsFormula(bytes, i, end) ? start + 1 : start;
}

/** Whether `bytes[start, end)` may start or end with something to trim: a cheap check for the hot path. */
export function mayNeedTrim(bytes: Uint8Array, start: number, end: number): boolean {
  if (start === end) return false;
  const first = bytes[start]!;
  const last = bytes[end - 1]!;
  return first <= 32 || last <= 32 || first === 39 || first === 0xc2 || last === 0xa0;
}

/** Whether `bytes[start, end)` is the ASCII text `lower`, ignoring case. `lower` has no upper-case letter. */
export function equalsIgnoringCase(bytes: Uint8Array, start: number, end: number, lower: string): boolean {
  if (end - start !== lower.length) return false;
  for (let i = 0; i < lower.length; i++) {
    const byte = bytes[start + i]!;
    const folded = byte >= 65 && byte <= 90 ? byte + 32 : byte;
    if (folded !== lower.charCodeAt(i)) return false;
  }
  return true;
}

/** Whether a byte of `bytes[start, end)` is not ASCII. */
export function hasNonAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i]! >= 0x80) return true;
  return false;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The text of `bytes[start, end)`; invalid UTF-8 becomes U+FFFD. For messages and short fields, not for the hot path of
 * a row.
 */
export function textOf(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}
