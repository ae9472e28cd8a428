import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/server/errors";
import type { Sliced } from "@/lib/uptime/sliced";
import { FairQueue, clientGone } from "./fair-queue";

/** Polls that a normal read loads at once: more than two weeks of a store that is polled every minute. */
export const quickReadPolls = 20_000;

/** Maximum number of polls in a read. */
export const maxPolls = 2_000_000;

declare global {
  // Each route is bundled separately; they share one queue.
  var storeMonitoringHeavyReads: FairQueue | undefined;
}

/**
 * Runs a read of very many polls in turn: one at a time, because each keeps a core of the database busy for a second
 * and holds up to 9 bytes per poll several times.
 * @param caller callers take turns, also when one of them has many reads waiting
 * @param signal aborted when the response is no longer wanted
 * @throws AppError overloaded when too many wait, query_timeout once `signal` is aborted, and what `work` throws
 */
export function runHeavyRead<T>(work: () => Promise<T>, caller: string, signal?: AbortSignal): Promise<T> {
  return (globalThis.storeMonitoringHeavyReads ??= new FairQueue(1, 30)).run(work, caller, signal);
}

/**
 * Runs sliced work to its end; other work can run between two slices.
 * @throws AppError query_timeout once `signal` is aborted
 */
export async function runInTurns<T>(work: Sliced<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await nextTurn();
    if (signal?.aborted === true) throw clientGone();
  }
}

/** The error for a range with more polls than the maximum. */
export function tooManyPolls(most = maxPolls): AppError {
  const reason = `The range has more than ${most.toLocaleString("en-US")} polls of this store. Ask for a shorter range.`;
  return new AppError("too_many_polls", reason, { faults: [{ pointer: "/from", code: "too_many_polls", reason }] });
}
