/**
 * Where `bytes[start, end)` stops being UTF-8. Overlong forms, surrogates, code points past U+10FFFF and sequences
 * truncated by `end` are invalid, as for a fatal `TextDecoder`, which cannot report the position.
 * @returns the index of the first byte of the first invalid sequence, or -1
 */
export function findInvalidUtf8(bytes: Uint8Array, start: number, end: number): number {
  let i = start;
  while (i < end) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      i += 1;
      continue;
    }
    let length = 0;
    let lowest = 0x80;
    let highest = 0xbf;
    if (lead >= 0xc2 && lead <= 0xdf) length = 2;
    else if (lead >= 0xe0 && lead <= 0xef) {
      length = 3;
      if (lead === 0xe0) lowest = 0xa0;
      if (lead === 0xed) highest = 0x9f;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      length = 4;
      if (lead === 0xf0) lowest = 0x90;
      if (lead === 0xf4) highest = 0x8f;
    }
    if (length === 0 || i + length > end) return i;
    const second = bytes[i + 1]!;
    if (second < lowest || second > highest) return i;
    for (let k = 2; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return i;
    i += length;
  }
  return -1;
}
