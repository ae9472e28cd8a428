import { requireNumber } from "./require-number";

/** Stands where there is no figure. It is not a zero. */
export const noFigure = "—";

/** Floating-point noise of `ratio * 10 ** n`: 0.57 * 10,000 is 5,699.999999999999. */
const noise = 1e-9;

/**
 * A ratio as a percentage, rounded down, so that one failure never reads 100 %.
 * @param ratio 0 to 1, or null where nothing is known
 * @param decimals digits after the point
 * @returns "97.40 %", or an em dash for null
 * @throws {RangeError} for NaN and the infinities
 */
export function formatPercent(ratio: number | null, decimals: 0 | 1 | 2 = 2): string {
  if (ratio === null) return noFigure;
  return `${(shownUnits(ratio, decimals) / 10 ** decimals).toFixed(decimals)} %`;
}

/** What is shown of a ratio, in units of its last digit. */
function shownUnits(ratio: number, decimals: number): number {
  const whole = 100 * 10 ** decimals;
  requireNumber(ratio);
  return ratio < 1 ? Math.min(Math.floor(ratio * whole + noise), whole - 1) : whole;
}

/**
 * How far two percentages that stand on a page with two decimals are apart: "+1.20 points", "−0.40 points".
 * Of what is shown, so that a reader who subtracts gets the same.
 * @returns null where they read the same
 */
export function formatChange(ratio: number, before: number): string | null {
  const change = shownUnits(ratio, 2) - shownUnits(before, 2);
  if (change === 0) return null;
  return `${change > 0 ? "+" : "\u2212"}${(Math.abs(change) / 100).toFixed(2)} points`;
}
