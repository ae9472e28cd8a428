/** Text of a number given in whole hundredths, not negative. */
export function decimal(hundredths: number): string {
  return `${Math.trunc(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`;
}

/**
 * A field that a spreadsheet takes for text whatever it begins with, quoted where RFC 4180 needs it. The apostrophe that
 * sees to it goes before others that stand there already: an import, which takes one away, reads back what was written.
 */
export function csvText(text: string): string {
  const safe = /^'*[=+\-@\t\r\0＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
