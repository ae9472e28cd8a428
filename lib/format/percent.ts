/** Stands where there is no figure. It is not a zero. */
export const noFigure = "—";

/** Floating-point noise of `ratio * 10 ** n`: 0.57 * 10,000 is 5,699.999999999999. */
const noise = 1e-9;

/**
 * A ratio as a percentage, rounded down, so that one failure never reads 100 %.
 * @param ratio 0 to 1, or null where nothing is known
 * @param decimals digits after the point
 * @returns "97.40 %", or an em dash for null
 */
export function formatPercent(ratio: number | null, decimals: 0 | 1 | 2 = 2): string {
  if (ratio === null) return noFigure;
  const whole = 100 * 10 ** decimals;
  const floored = Math.floor(ratio * whole + noise);
  const shown = ratio < 1 ? Math.min(floored, whole - 1) : whole;
  return `${(shown / 10 ** decimals).toFixed(decimals)} %`;
}
