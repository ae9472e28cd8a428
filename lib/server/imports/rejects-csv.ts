import type { Reject } from "./row-faults";

export const rejectsCsvHeader = "file,line,byte_offset,column,code,reason,raw\r\n";

/**
 * A line of the rejects file for one row that was not taken. Made to be opened in a spreadsheet: nothing in it runs as
 * a formula, and control characters are spelled out.
 */
export function rejectsCsvLine(file: string, reject: Reject): string {
  const { line, byteOffset, column, code, reason, raw } = reject;
  return `${[text(file), line, byteOffset, column, code, text(reason), text(raw)].join(",")}\r\n`;
}

function text(value: string): string {
  const escaped = value.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const safe = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(escaped) ? `'${escaped}` : escaped;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
