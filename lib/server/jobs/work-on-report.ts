import { faultPoint } from "@/lib/faults/fault-point";
import { canRetry } from "@/db/queries/lease";
import { heartbeatReport, returnReport, type ClaimedReport } from "@/db/queries/report-queue";
import { endReportAsFailed } from "@/lib/server/reports/fail-reports";
import { produceReport } from "@/lib/server/reports/produce-report";
import { countJob } from "@/lib/server/metrics/count";
import { LostJob, runLeased, type WorkContext } from "./run-leased";

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

/** Computes a claimed report and ends it in the transaction that writes its rows. */
export async function workOnReport(context: WorkContext, claim: ClaimedReport): Promise<void> {
  const { database, log, timing } = context;
  const progress = { storesDone: 0, storesTotal: claim.storesTotal };
  const logged = { reportId: claim.id, attempt: claim.attempts, origin: claim.origin };
  const startedMs = performance.now();
  const kind = claim.origin === "snapshot" ? "snapshot" : "report";
  let ending = false;
  const isEnding = (): boolean => ending;

  await runLeased(context, {
    name: "report",
    logged,
    heartbeat: {
      everySeconds: timing.heartbeatSeconds,
      beat: async () => {
        // The transaction that ends the report has locked its row, which is stronger than a lease.
        if (isEnding()) return true;
        // A heartbeat that waited for that lock finds the report complete, not lost.
        return (await heartbeatReport(database, claim, timing.leaseSeconds, progress)) || isEnding();
      },
    },
    work: async (signal) => {
      await faultPoint("report.claimed");
      const producing = produceReport(database, claim, {
        signal,
        leaseSeconds: timing.leaseSeconds,
        onEnding: () => {
          ending = true;
        },
        onProgress: (storesDone, storesTotal) => {
          // Also when that transaction lost a conflict, and everything starts again.
          ending = false;
          Object.assign(progress, { storesDone, storesTotal });
        },
      });
      const produced = await unlessAborted(producing, signal);
      // What follows is not part of the report: it is complete now.
      ending = true;
      await faultPoint("report.saved");
      if (produced === null) throw new LostJob();
      const { stores, unknownZones } = produced;
      if (unknownZones.length > 0) log.warn({ ...logged, unknownZones }, "zone data too old: these zones are unknown");
      countJob(kind, "complete", startedMs);
      log.info({ ...logged, stores, durationMs: Math.round(performance.now() - startedMs) }, "report complete");
    },
    canRetry: canRetry(claim),
    returnToQueue: (counts) => returnReport(database, claim, counts),
    fail: async (failure) => {
      countJob(kind, "failed", startedMs);
      return endReportAsFailed(database, claim, failure);
    },
  });
}
