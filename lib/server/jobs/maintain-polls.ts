import type { Database } from "@/db/client";
import { advanceNewestPoll, readFleetState } from "@/db/queries/bulk/fleet-state";
import { dropPollsBefore, vacuumGrownPolls } from "@/db/queries/bulk/poll-maintenance";
import type { Log } from "@/lib/server/log";
import { dayMs, hourMs } from "@/lib/uptime/units";
import type { BackgroundTask } from "./background-task";

const vacuumEveryMs = 30_000;
const dropEveryMs = hourMs;

/**
 * Keeps polls fast to read, and drops those past their retention.
 * @param retentionDays minimum number of days before the fleet's newest poll that are kept; undefined: all
 */
export function maintainPolls(database: Database, log: Log, retentionDays: number | undefined): BackgroundTask {
  let vacuumedMs = -Infinity;
  let droppedMs = -Infinity;
  return async () => {
    const nowMs = performance.now();
    if (nowMs - vacuumedMs >= vacuumEveryMs) {
      vacuumedMs = nowMs;
      await vacuumGrownPolls(database);
    }
    if (await advanceNewestPoll(database)) log.warn("polls are ahead of the clock; they do not count yet");
    if (retentionDays !== undefined && nowMs - droppedMs >= dropEveryMs) {
      droppedMs = nowMs;
      // Counted from the newest poll: old data must not disappear because it is viewed later.
      const { asOf } = await readFleetState(database);
      const dropped = await dropPollsBefore(database, asOf - retentionDays * dayMs);
      if (dropped.length > 0) log.info({ dropped }, "old polls dropped");
    }
    return false;
  };
}
