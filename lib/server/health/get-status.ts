import type { Database } from "@/db/client";
import { readServiceState } from "@/db/queries/workers";
import type { ServiceStatus } from "@/lib/contract/status";
import { hasImportSpace } from "./disk";

const isoOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** How the service is: one round trip. Nothing of it belongs to a store, so whoever may ask gets all of it. */
export async function getStatus({ sql }: Pick<Database, "sql">): Promise<ServiceStatus> {
  const [{ newestPollAt, newestFuturePollAt, workerRuns, workerSeenAt }, space] = await Promise.all([
    readServiceState(sql),
    hasImportSpace(0),
  ]);
  return {
    newest_poll_at: isoOf(newestPollAt),
    newest_future_poll_at: isoOf(newestFuturePollAt),
    worker: workerRuns ? "running" : "away",
    worker_seen_at: isoOf(workerSeenAt),
    disk: space ? "ok" : "low",
  };
}
