import type { Database } from "@/db/client";
import { noteCurrentPoll, readFleetState } from "@/db/queries/fleet-state";
import { dropPollsBefore, freshenGrownPolls } from "@/db/queries/poll-upkeep";
import type { Log } from "@/lib/server/log";
import { dayMs, hourMs } from "@/lib/uptime/units";

const freshenEveryMs = 30_000;
const dropEveryMs = hourMs;

/**
 * Keeps the polls quick to read, and no longer than is wanted.
 * @param retentionDays days before the fleet's newest poll that are kept at least; undefined: all
 * @returns what a worker keeps doing
 */
export function tendPolls({ sql }: Database, log: Log, retentionDays: number | undefined): () => Promise<boolean> {
  let freshenedMs = -Infinity;
  let droppedMs = -Infinity;
  return async () => {
    const nowMs = performance.now();
    if (nowMs - freshenedMs >= freshenEveryMs) {
      freshenedMs = nowMs;
      await freshenGrownPolls(sql);
    }
    if (await noteCurrentPoll(sql)) log.warn("polls lie ahead of the clock; they do not count yet");
    if (retentionDays !== undefined && nowMs - droppedMs >= dropEveryMs) {
      droppedMs = nowMs;
      // Counted from the newest poll: data of an old year must not vanish because it is looked at later.
      const { asOf } = await readFleetState(sql);
      const dropped = await dropPollsBefore(sql, asOf - retentionDays * dayMs);
      if (dropped.length > 0) log.info({ dropped }, "old polls dropped");
    }
    return false;
  };
}
