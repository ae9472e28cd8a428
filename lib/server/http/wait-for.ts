import { setTimeout as sleep } from "node:timers/promises";
import type { ApiRequest } from "./api-request";

const firstPauseMs = 50;
const longestPauseMs = 1_000;

/**
 * Polls until `hasEnded` holds, time is up, or the client disconnects. Holds no connection in between.
 * @param seconds 0 reads once
 * @returns the last value read
 */
export async function waitFor<T>(
  look: () => Promise<T>,
  hasEnded: (seen: T) => boolean,
  seconds: number,
  signal: AbortSignal,
): Promise<T> {
  const deadlineMs = performance.now() + seconds * 1_000;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
    const seen = await look();
    const leftMs = deadlineMs - performance.now();
    if (hasEnded(seen) || leftMs <= 0 || signal.aborted) return seen;
    // An abort only ends the pause.
    await sleep(Math.min(pauseMs, leftMs), undefined, { signal }).catch(() => undefined);
  }
}

/** Seconds that a request may ask to wait. Its handler checks whether waiting is allowed. */
export function secondsToWait(request: ApiRequest): number {
  const wait = /[?&]wait=([0-9]{1,2})(?:&|$)/.exec(request.url)?.[1];
  return Number(wait ?? 0);
}
