import type { Database } from "@/db/client";
import { isMissingPartition } from "@/db/connection-errors";
import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import type { EpochMs } from "@/lib/uptime/types";
import type { LivePoll } from "./poll-rules";

/** Weeks whose partitions this process has seen, per pool. Checking again would cost every batch a round trip. */
const seen = new WeakMap<Database, Set<EpochMs>>();

/**
 * Runs `body` after creating partitions for all of the polls; once more when one was dropped since this process saw it.
 * @param body may run more than once
 */
export async function withPollWeeks<T>(
  database: Database,
  polls: readonly LivePoll[],
  body: () => Promise<T>,
): Promise<T> {
  const known = seen.get(database) ?? new Set<EpochMs>();
  seen.set(database, known);
  const ensure = async (): Promise<void> => {
    const missing = new Set(polls.map(({ at }) => weekStart(at)).filter((week) => !known.has(week)));
    if (missing.size === 0) return;
    await ensurePollPartitions(database, missing);
    for (const week of missing) known.add(week);
  };
  await ensure();
  try {
    return await body();
  } catch (error) {
    if (!isMissingPartition(error)) throw error;
    known.clear();
    await ensure();
    return body();
  }
}
