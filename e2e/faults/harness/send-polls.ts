import { send } from "./client";
import type { SentPoll } from "./history";

/** New polls on each call: `count` of them, of fifty stores, a second apart. */
export function* newPolls(count: number, prefix = "sent"): Generator<SentPoll[]> {
  for (let batch = 0; ; batch++) {
    yield Array.from({ length: count }, (_, i) => {
      const n = batch * count + i;
      const at = new Date(Date.UTC(2023, 0, 20) + Math.floor(n / 50) * 1_000).toISOString();
      return { store_id: `${prefix}-${n % 50}`, at, status: "active" };
    });
  }
}

/** Sends a batch under a key until it is acknowledged. @returns how long that took, in ms */
export async function sendUntilKept(origin: () => string, polls: readonly SentPoll[], key: string): Promise<number> {
  const startedMs = performance.now();
  for (;;) {
    const { status, text } = await send(`${origin()}/api/v1/polls`, { body: { polls }, key });
    if (status === 200) return performance.now() - startedMs;
    if (![0, 409, 429, 503].includes(status)) throw new Error(`Polls were answered with ${status}: ${text}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Percentile of the values. @param values in any order, at least one */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
