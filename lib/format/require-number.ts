/**
 * What is formatted must be a number: NaN would read as a figure, and a null that a cast hid as zero.
 * @throws {RangeError} for NaN and the infinities, and for what is no number at all
 */
export function requireNumber(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${String(value)} cannot be shown as a figure.`);
}
