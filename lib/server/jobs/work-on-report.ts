import type { Database } from "@/db/client";
import {
  isDatabaseUnavailable,
  isDiskFull,
  isNoFreeConnection,
  isRetryable,
  isStatementTimeout,
} from "@/db/connection-errors";
import { faultPoint } from "@/lib/faults/fault-point";
import { heartbeat, maxDeaths, returnReport, type ClaimedReport, type Failure } from "@/db/queries/report-queue";
import { endAsFailed } from "@/lib/server/reports/fail-reports";
import { produceReport } from "@/lib/server/reports/produce-report";
import type { Log } from "@/lib/server/log";
import { countJob } from "@/lib/server/metrics/count";
import type { WorkerTiming } from "./timing";

export interface WorkContext {
  readonly database: Database;
  readonly log: Log;
  readonly timing: WorkerTiming;
  /** The worker is being stopped. */
  readonly stop: AbortSignal;
}

function failureOf(error: unknown): Failure {
  if (isDiskFull(error))
    return { code: "disk_full", reason: "The database's disk is full. Free some space, then try again." };
  if (isStatementTimeout(error)) return { code: "timeout", reason: "The database took too long to read the polls." };
  return { code: "internal", reason: "The report failed because of an internal error, which has been logged." };
}

/** Settles like `work`, or rejects at once when the signal aborts; the work itself is not stopped. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(new Error("The work was aborted.", { cause: signal.reason }));
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

/**
 * Computes a claimed report and ends it, complete or failed; or returns it when stopped or when a retry may help. A
 * report that another worker has taken over is dropped without a trace.
 * @throws the error of an unavailable database: the lease then expires by itself
 */
export async function workOnReport({ database, log, timing, stop }: WorkContext, claim: ClaimedReport): Promise<void> {
  const lost = new AbortController();
  const progress = { storesDone: 0, storesTotal: claim.storesTotal };
  const seen = { reportId: claim.id, attempt: claim.attempts, origin: claim.origin };
  const startedMs = performance.now();
  const kind = claim.origin === "snapshot" ? "snapshot" : "report";
  let ending = false;
  const isEnding = (): boolean => ending;

  const beat = async (): Promise<void> => {
    // The transaction that ends the report has locked its row, which is stronger than a lease.
    if (isEnding()) return;
    try {
      // A heartbeat that waited for that lock finds the report complete, not lost.
      if (!(await heartbeat(database, claim, timing.leaseSeconds, progress)) && !isEnding()) lost.abort();
    } catch (error) {
      log.warn({ ...seen, err: error }, "heartbeat failed");
    }
  };
  const timer = setInterval(() => void beat(), timing.heartbeatSeconds * 1000);
  try {
    await faultPoint("report.claimed");
    const signal = AbortSignal.any([stop, lost.signal]);
    const producing = produceReport(database, claim, {
      signal,
      leaseSeconds: timing.leaseSeconds,
      onEnding: () => {
        ending = true;
      },
      onProgress: (storesDone, storesTotal) => {
        // Also when that transaction failed to serialize and everything runs again.
        ending = false;
        Object.assign(progress, { storesDone, storesTotal });
      },
    });
    const produced = await unlessAborted(producing, signal);
    clearInterval(timer);
    const unknownZones = produced?.unknownZones ?? [];
    if (unknownZones.length > 0) log.warn({ ...seen, unknownZones }, "zone data too old: these zones are unknown");
    await faultPoint("report.saved");
    if (produced !== null) countJob(kind, "complete", startedMs);
    const durationMs = Math.round(performance.now() - startedMs);
    log.info({ ...seen, stores: produced?.stores, durationMs }, produced === null ? "report lost" : "report complete");
  } catch (error) {
    clearInterval(timer);
    if (lost.signal.aborted) {
      log.warn(seen, "report lost");
    } else if (stop.aborted) {
      await returnReport(database, claim, false);
      log.info(seen, "report returned to the queue");
    } else if (isNoFreeConnection(error)) {
      await returnReport(database, claim, false);
      throw error;
    } else if (isRetryable(error) && claim.attempts - claim.handedBack < maxDeaths) {
      log.warn({ ...seen, err: error }, "report interrupted");
      await returnReport(database, claim, true);
      if (isDatabaseUnavailable(error)) throw error;
    } else {
      log.error({ ...seen, err: error }, "report failed");
      countJob(kind, "failed", startedMs);
      await endAsFailed(database, claim, failureOf(error));
    }
  } finally {
    clearInterval(timer);
  }
}
