import { setTimeout as sleep } from "node:timers/promises";

const firstPauseMs = 50;
const longestPauseMs = 1_000;

/**
 * Looks again until there is an end, or time is up, or the caller went away. No connection is held meanwhile.
 * @param seconds 0 looks once
 * @returns what was seen last
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
    // An abort only ends the nap.
    await sleep(Math.min(pauseMs, leftMs), undefined, { signal }).catch(() => undefined);
  }
}

/** Seconds that a request may ask to wait; whether it is one that may is for its handler to say. */
export function secondsToWait(request: Request): number {
  const wait = /[?&]wait=([0-9]{1,2})(?:&|$)/.exec(request.url)?.[1];
  return Number(wait ?? 0);
}
