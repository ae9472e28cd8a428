import { setMaxListeners } from "node:events";
import type { Database } from "@/db/client";
import { vacuumAnalyze } from "@/db/queries/bulk/vacuum-analyze";
import { listenForNotifications } from "@/db/queries/bulk/notifications";
import { claimReport } from "@/db/queries/report-queue";
import { pruneSnapshots, queueSnapshotIfDue } from "@/db/queries/bulk/queue-report";
import { readSnapshotNeed } from "@/db/queries/bulk/snapshot-need";
import { env } from "@/lib/server/env";
import type { Log } from "@/lib/server/log";
import { failLostReportsAndNotify } from "@/lib/server/reports/fail-reports";
import type { BackgroundTask } from "./background-task";
import { importFiles, sweepImports } from "./import-tasks";
import { recordOwnRules } from "./record-own-rules";
import { SnapshotDelay } from "./snapshot-delay";
import { unregisterWorker, registerWorker } from "./register-worker";
import { maintainPolls } from "./maintain-polls";
import { workerTiming, type WorkerTiming } from "./timing";
import { WakeUp } from "./wake-up";
import { deliverWebhooks, readFeeds, sweepOldRows } from "./background-tasks";
import { workOnReport } from "./work-on-report";
import { zoneRules } from "@/lib/uptime/zone-rules";

export interface WorkerOptions {
  /** Stops the worker; its claims are returned at once. */
  readonly signal: AbortSignal;
  /** Shown on the reports it has claimed. */
  readonly workerName: string;
  readonly log: Log;
  /** Connects to the server itself when `database` goes through a pooler. */
  readonly direct?: Database | null;
  /** Default: from the environment. */
  readonly timing?: WorkerTiming;
}

/** Up to this many stores a report counts as small. */
const smallReport = 100;
const keptSnapshots = 3;

/** Connections that a worker needs to never deadlock on the pool: a report reads by one and writes by another. */
export const minConnections = 10;

/**
 * Works on reports and keeps the fleet's snapshot fresh until stopped. Waits while the database is unavailable.
 * Up to three reports run at a time: one slot takes whichever is next, one only small ones, so that a store's report
 * does not wait for a fleet's, and one takes snapshots, so that no other report waits for them. A report that fails
 * frees its slot.
 */
export async function runWorker(database: Database, options: WorkerOptions): Promise<void> {
  const { signal, workerName, log, direct = null, timing = workerTiming() } = options;
  // Every task listens to the signal, and so does its work.
  setMaxListeners(0, signal);
  const wakeUp = new WakeUp();
  const context = { database, log, timing, stop: signal };

  const slot = (origin: "request" | "snapshot", maxStores: number | null): BackgroundTask => {
    return async () => {
      const { leaseSeconds } = timing;
      const claim = await claimReport(database, { worker: workerName, leaseSeconds, maxStores, origin });
      if (claim === null) return false;
      await workOnReport(context, claim);
      if (claim.origin === "snapshot") {
        await pruneSnapshots(database, keptSnapshots);
        // All of its rows are new to the planner, which without statistics would sort them instead of using an index.
        await vacuumAnalyze(database, ["fleet_rows", "fleet_incidents"]);
      }
      return true;
    };
  };
  const housekeeping: BackgroundTask = async () => {
    const given = await failLostReportsAndNotify(database);
    if (given > 0) log.error({ reports: given }, "reports failed: their workers were lost");
    return false;
  };
  const delay = new SnapshotDelay(timing.snapshotDelay);
  const keepSnapshotFresh: BackgroundTask = async () => {
    const { release } = zoneRules();
    const need = await readSnapshotNeed(database, Date.now(), release);
    if (!delay.isOver(need, performance.now())) return false;
    return queueSnapshotIfDue(database, timing.snapshotIntervalSeconds, Date.now(), release);
  };

  const keepDoing = async (task: BackgroundTask): Promise<void> => {
    let failures = 0;
    while (!signal.aborted) {
      const { signals } = wakeUp;
      let more = false;
      try {
        more = await task();
        failures = 0;
      } catch (error) {
        failures++;
        // A fault that persists is logged about once a minute.
        if (failures === 1 || failures % 20 === 0) log.error({ err: error, failures }, "worker task failed, retrying");
      }
      const backoffMs = Math.min(timing.maxBackoffMs, timing.pollMs * 2 ** Math.min(failures, 10));
      if (!more) await wakeUp.sleep(signals, failures === 0 ? timing.pollMs : backoffMs, signal);
    }
  };

  let listening = false;
  const listen: BackgroundTask = async () => {
    if (listening) return false;
    const heard = await listenForNotifications(direct ?? database, () => {
      wakeUp.signal();
    });
    listening = true;
    if (!heard) {
      const remedy = "set DATABASE_DIRECT_URL to the server's own address";
      log.info(
        { pollMs: timing.pollMs },
        `a pooler passes on no notifications, so the queue is polled; to avoid that, ${remedy}`,
      );
    }
    return false;
  };
  const recordRules = recordOwnRules(database, log);
  // Each task runs by itself: without notifications the queue is still polled.
  const reports = [slot("request", null), slot("request", smallReport), slot("snapshot", null)];
  const jobTasks = [...reports, keepSnapshotFresh, housekeeping, listen, recordRules];
  const imports = [importFiles(context, workerName), sweepImports(database, timing.sweepMs)];
  const maintenance = [
    deliverWebhooks(database, signal, log),
    readFeeds(database, signal, log),
    sweepOldRows(database, env().RESULT_RETENTION_DAYS),
    maintainPolls(database, log, env().RETENTION_DAYS),
    registerWorker(database, workerName),
  ];
  await Promise.all([...jobTasks, ...imports, ...maintenance].map(keepDoing));
  await unregisterWorker(database, workerName);
}
