import { decimal } from "@/lib/server/text/csv-field";

/**
 * A ratio in hundredths of a percent, rounded down as on the pages: with any downtime it never reads 100.00. Empty where
 * there is none.
 */
export function percentText(ratio: number | null): string {
  // Added because a product of floats is inexact: 0.57 * 10,000 is 5,699.999999999999.
  return ratio === null ? "" : decimal(ratio < 1 ? Math.min(9_999, Math.floor(ratio * 10_000 + 1e-9)) : 10_000);
}
