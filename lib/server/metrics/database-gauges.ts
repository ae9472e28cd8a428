import type { Database } from "@/db/client";
import { readNewestPollAt } from "@/db/queries/bulk/fleet-state";
import { countJobs, countSessions } from "@/db/queries/bulk/service-state";
import { freeDiskBytes } from "@/lib/server/health/disk";
import { waitingAtGate } from "@/lib/server/health/database-gate";
import { withTimeout } from "@/lib/server/health/timeout";
import { metrics } from "./metrics";

const kinds = ["report", "snapshot", "import", "webhook"] as const;
const timeoutMs = 1_000;
/** How the names of our sessions begin. */
const ourSessions = "store-monitoring ";

/** Reads what only the database knows, and sets the gauges; without an answer they are left out. */
export async function setDatabaseGauges(database: Database): Promise<void> {
  const { up, jobs, oldest, total, idle, waiting, newestPoll, freeBytes } = metrics().database;
  for (const gauge of [up, newestPoll, freeBytes]) gauge.remove();
  for (const gauge of [jobs, oldest, total, idle, waiting]) gauge.reset();
  const free = await freeDiskBytes();
  if (free !== null) freeBytes.set(free);
  const atGate = waitingAtGate();
  if (atGate !== null) waiting.set({ pool: "web" }, atGate);
  let answers;
  try {
    const asked = Promise.all([countJobs(database), countSessions(database, ourSessions), readNewestPollAt(database)]);
    answers = await withTimeout(asked, timeoutMs, "The database metrics");
  } catch {
    up.set(0);
    return;
  }
  const [counted, sessions, newestPollAt] = answers;
  up.set(1);
  for (const kind of kinds) oldest.set({ kind }, 0);
  for (const { kind, state, jobs: count, oldestSeconds } of counted) {
    jobs.set({ kind, state }, count);
    if (oldestSeconds !== null) oldest.set({ kind }, oldestSeconds);
  }
  for (const { pool, total: open, idle: free } of sessions) {
    total.set({ pool }, open);
    idle.set({ pool }, free);
  }
  if (newestPollAt !== null) newestPoll.set(newestPollAt / 1000);
}
