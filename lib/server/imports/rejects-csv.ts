/** A rejected row, as listed. */
export interface ListedReject {
  readonly line: number;
  readonly byteOffset: number;
  readonly column: string;
  readonly code: string;
  readonly reason: string;
  readonly raw: string;
}

export const rejectsHeader = "line,byte_offset,column,code,reason,raw\r\n";

/** In a list about several files. */
export const rejectsCsvHeader = `file,${rejectsHeader}`;

/**
 * A line of the rejects file for one rejected row. It is safe to open in a spreadsheet: nothing in it runs as a
 * formula, and control characters are escaped.
 */
export function rejectLine({ line, byteOffset, column, code, reason, raw }: ListedReject): string {
  return `${[line, byteOffset, column, code, text(reason), text(raw)].join(",")}\r\n`;
}

/** A line of a list about several files. */
export function rejectsCsvLine(file: string, reject: ListedReject): string {
  return `${text(file)},${rejectLine(reject)}`;
}

function text(value: string): string {
  const escaped = value.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const safe = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(escaped) ? `'${escaped}` : escaped;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
