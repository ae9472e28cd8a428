import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/server/errors";
import type { Sliced } from "@/lib/uptime/sliced";
import { FairQueue, clientGone } from "./fair-queue";

/** Polls that a read takes at once: more than a store that is polled every minute has in two weeks. */
export const quickReadPolls = 20_000;

/** The most polls that a read looks at. */
export const maxPolls = 2_000_000;

declare global {
  // Each route is bundled apart; all of them take turns with each other.
  var storeMonitoringHeavyReads: FairQueue | undefined;
}

/**
 * Runs a read of very many polls when its turn comes: one at a time, since each keeps a core of the database busy for a
 * second and holds up to 9 bytes a poll several times over.
 * @param caller callers take turns, however many reads each of them waits for
 * @param signal aborted when nobody waits for the answer any more
 * @throws AppError overloaded where too many wait, query_timeout once `signal` is aborted, and what `work` throws
 */
export function runHeavyRead<T>(work: () => Promise<T>, caller: string, signal?: AbortSignal): Promise<T> {
  return (globalThis.storeMonitoringHeavyReads ??= new FairQueue(1, 30)).run(work, caller, signal);
}

/**
 * Runs sliced work to its end; between two slices everybody else has their turn.
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

/** Where a range has more polls than are read. */
export function tooManyPolls(most = maxPolls): AppError {
  const reason = `The range has more than ${most.toLocaleString("en-US")} polls of this store. Ask for a shorter range.`;
  return new AppError("too_many_polls", reason, { faults: [{ pointer: "/from", code: "too_many_polls", reason }] });
}
