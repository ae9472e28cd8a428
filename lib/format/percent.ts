import { requireNumber } from "./require-number";

/** Shown where there is no figure. It is not a zero. */
export const noFigure = "—";

/** Digits after the decimal point. */
export type Decimals = 0 | 1;

/** Floating-point noise of `ratio * 10 ** n`: 0.57 * 1,000 is 569.9999999999999. */
const noise = 1e-9;

/** A ratio in units of its last shown digit, rounded down; below 1 never all of it. */
function shownUnits(ratio: number, decimals: Decimals): number {
  const whole = 100 * 10 ** decimals;
  requireNumber(ratio);
  return ratio < 1 ? Math.min(Math.floor(Math.max(0, ratio) * whole + noise), whole - 1) : whole;
}

/** "53.1", "100", "0", "<0.1" */
function digitsOf(ratio: number, decimals: Decimals): string {
  const units = shownUnits(ratio, decimals);
  if (ratio >= 1) return "100";
  if (ratio <= 0) return "0";
  return units === 0 ? `<${String(10 ** -decimals)}` : (units / 10 ** decimals).toFixed(decimals);
}

/**
 * A ratio as a percentage, rounded down. "100%" means all of it and "0%" none of it: one failure never reads 100%, one
 * success never 0%.
 * @param ratio 0 to 1, or null where there is no data
 * @returns "97.4%", "<0.1%", or an em dash for null
 * @throws {RangeError} for NaN and the infinities
 */
export function formatPercent(ratio: number | null, decimals: Decimals = 1): string {
  return ratio === null ? noFigure : `${digitsOf(ratio, decimals)}%`;
}

/**
 * Two ratios as a range: "11 to 92%"; as one percentage where both read the same.
 * @throws {RangeError} for NaN and the infinities
 */
export function formatPercentRange(lowest: number, highest: number, decimals: Decimals = 1): string {
  const [from, to] = [digitsOf(lowest, decimals), digitsOf(highest, decimals)];
  return from === to ? `${to}%` : `${from} to ${to}%`;
}

/**
 * How far two percentages of a page are apart: "+1.2 pts", "−0.4 pts". Computed from the digits that are shown, so that
 * a reader who subtracts gets the same.
 * @returns null where they read the same
 * @throws {RangeError} for NaN and the infinities
 */
export function formatChange(ratio: number, before: number, decimals: Decimals = 1): string | null {
  const change = shownUnits(ratio, decimals) - shownUnits(before, decimals);
  if (change === 0) return null;
  const points = Math.abs(change) / 10 ** decimals;
  // From nothing to everything, which are shown without decimals too.
  return `${change > 0 ? "+" : "\u2212"}${points === 100 ? "100" : points.toFixed(decimals)} pts`;
}
