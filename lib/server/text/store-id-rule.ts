import type { RowFault, RowFaultCode } from "./row-faults";
import { hasNonAscii, textOf } from "./text-fields";

const longestId = 64;

/** 1 for the characters of an id: letters, digits, `_` and `-`. */
const idAlphabet = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x80 && /[A-Za-z0-9_-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

const noId = new Set(["", "null", "nan", "none", "-"]);

/**
 * Why `bytes[start, end)`, trimmed, is not a store id; null when it is one. Ids are text: leading zeros count, and what
 * a spreadsheet made of a long number is rejected, never repaired.
 */
export function storeIdFault(bytes: Uint8Array, start: number, end: number): RowFault | null {
  const length = end - start;
  if (length <= 4 && noId.has(textOf(bytes, start, end).toLowerCase())) return fault("missing_store_id");
  if (hasNonAscii(bytes, start, end)) return fault("bad_character");
  let plain = length <= longestId;
  for (let i = start; plain && i < end; i++) plain = idAlphabet[bytes[i]!] === 1;
  const text = textOf(bytes, start, Math.min(end, start + longestId + 1));
  if (plain) {
    if (/^-\d+$/.test(text)) return fault("bad_store_id", "an id does not start with a minus sign");
    return null;
  }
  if (/^[+-]?\d+(\.\d+)?[eE][+-]?\d+$/.test(text)) return damaged(text);
  if (/^\d+\.0*$/.test(text)) return fault("bad_store_id", "the id became a decimal number; write it without .0");
  if (length > longestId) return fault("bad_store_id", "a store id has at most 64 characters");
  return fault("bad_store_id");
}

function fault(code: RowFaultCode, reason?: string): RowFault {
  return { column: "store_id", code, ...(reason === undefined ? {} : { reason }) };
}

function damaged(text: string): RowFault {
  const digits = text
    .replace(/[eE].*$/, "")
    .replace(/\D/g, "")
    .length.toString();
  return fault(
    "id_damaged_by_spreadsheet",
    `a spreadsheet rounded this id: ${digits} of its digits are left; export the ids as text`,
  );
}

/**
 * The range of whole numbers, all with the same number of digits, that a spreadsheet shows as `text` (`8.41954E+18`),
 * first and last included. Null when `text` is not such a number.
 */
export function spreadsheetRoundedIds(text: string): { readonly first: string; readonly last: string } | null {
  const match = /^(\d)(?:\.(\d+))?[eE]\+?(\d{1,3})$/.exec(text);
  if (match === null) return null;
  const [, whole = "", fraction = "", exponent = ""] = match;
  const zeros = Number(exponent) - fraction.length;
  if (zeros < 1 || zeros > 60) return null;
  const unit = 10n ** BigInt(zeros);
  const middle = BigInt(whole + fraction) * unit;
  return { first: (middle - unit / 2n).toString(), last: (middle + unit / 2n).toString() };
}
