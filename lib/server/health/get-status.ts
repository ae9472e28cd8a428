import type { Database } from "@/db/client";
import { readServiceState } from "@/db/queries/bulk/service-state";
import type { ServiceStatus } from "@/lib/contract/status";
import { zoneRulesStatus } from "@/lib/server/zones/zone-rules-status";
import { hasImportSpace } from "./disk";

const isoOf = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Normal for a moment while newer rules are rolled out. If it persists, a replica was not updated. */
function mixedReleaseWarnings(own: string, ofWorkers: readonly string[]): string[] {
  const others = ofWorkers.filter((release) => release !== own);
  if (others.length === 0) return [];
  return [
    `Replicas use different time zone rules: this server tz ${own}, workers tz ${ofWorkers.join(", ")}. ` +
      "Give all of them the same rules and restart them.",
  ];
}

/**
 * The state of the service, in one round trip. It contains nothing about single stores, so every caller gets all of it.
 */
export async function getStatus(database: Database): Promise<ServiceStatus> {
  const [{ newestPollAt, newestFuturePollAt, workerRuns, workerSeenAt, workerTzReleases }, space] = await Promise.all([
    readServiceState(database),
    hasImportSpace(0),
  ]);
  const { release, releasedOn, source, warnings } = zoneRulesStatus(Date.now());
  return {
    tz_release: release,
    tz_released_on: releasedOn,
    tz_source: source,
    tz_worker_releases: [...workerTzReleases],
    tz_warnings: [...warnings, ...mixedReleaseWarnings(release, workerTzReleases)],
    newest_poll_at: isoOf(newestPollAt),
    newest_future_poll_at: isoOf(newestFuturePollAt),
    worker: workerRuns ? "running" : "away",
    worker_seen_at: isoOf(workerSeenAt),
    disk: space ? "ok" : "low",
  };
}
