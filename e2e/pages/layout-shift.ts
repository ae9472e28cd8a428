import type { Page } from "@playwright/test";

/** Runs in the page: sums up unexpected layout shifts. @param buffered includes those before now */
function sumUpShifts(buffered: boolean): void {
  const seen = globalThis as { shift?: number };
  seen.shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) seen.shift = (seen.shift ?? 0) + value;
    }
  }).observe({ type: "layout-shift", buffered });
}

/** Starts to sum up on the open page. */
export async function watchShifts(page: Page): Promise<void> {
  await page.evaluate(sumUpShifts, false);
}

/** Sums up on every page that is opened from now on, from its start. */
export async function watchShiftsOfNext(page: Page): Promise<void> {
  await page.addInitScript(sumUpShifts, true);
}

/** The sum so far; NaN when nothing is being recorded. */
export function shiftSoFar(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as { shift?: number }).shift ?? NaN);
}
