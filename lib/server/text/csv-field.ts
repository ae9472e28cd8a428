/** Text of a number given in hundredths, not negative. */
export function decimal(hundredths: number): string {
  return `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/**
 * A field that a spreadsheet treats as text whatever it starts with, quoted as RFC 4180 requires. The apostrophe for
 * that precedes any that are already there, so that an import, which removes one, reads back the original text.
 */
export function csvText(text: string): string {
  const safe = /^'*[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
