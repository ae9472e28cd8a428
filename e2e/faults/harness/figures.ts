import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../test-results");

/** Records what a fault test measured, for docs/reliability.md: a JSON line in test-results/faults.jsonl. */
export function recordFigure(fault: string, figure: string): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, "faults.jsonl"), `${JSON.stringify({ fault, figure })}\n`);
}

/** Seconds since `sinceMs` of the monotonic clock, with one digit. */
export function secondsSince(sinceMs: number): string {
  return ((performance.now() - sinceMs) / 1_000).toFixed(1);
}
