/** A value that is safe to show: 80 characters, without control characters. */
export function showValue(value: unknown): string {
  const text = typeof value === "string" ? value : value === undefined ? "undefined" : JSON.stringify(value);
  const printable = text.slice(0, 200).replace(/\p{C}/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  return printable.length > 80 ? `${printable.slice(0, 79)}…` : printable;
}
