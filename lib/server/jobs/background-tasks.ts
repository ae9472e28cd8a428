import type { Database } from "@/db/client";
import { deleteExpiredResponses } from "@/db/queries/idempotency-keys";
import { deleteOldRemovals } from "@/db/queries/poll-removals";
import { deleteOldImports, expireReports } from "@/db/queries/bulk/result-retention";
import { deleteEndedSessions } from "@/db/queries/sessions";
import { deleteOldDeliveries } from "@/db/queries/webhook-deliveries";
import { env } from "@/lib/server/env";
import type { Log } from "@/lib/server/log";
import { resolveByDns } from "@/lib/server/outgoing/address-rules";
import { privateAddressesAllowed } from "@/lib/server/outgoing/private-addresses";
import { atMostEvery, type BackgroundTask } from "./background-task";
import { settleStores } from "./purge-stores";
import { deliverDue } from "./work-on-delivery";
import { readDueFeeds } from "./work-on-feed";

const keptDays = 30;
const sweepEveryMs = 10 * 60_000;

/** Sends due webhook messages. @returns the task of a worker; true when there may be more to do at once */
export function deliverWebhooks(database: Database, stop: AbortSignal, log: Log): BackgroundTask {
  const { LEASE_SECONDS: leaseSeconds, WEBHOOK_TIMEOUT_SECONDS } = env();
  const timeoutMs = WEBHOOK_TIMEOUT_SECONDS * 1_000;
  const options = {
    allowPrivate: privateAddressesAllowed(),
    resolve: resolveByDns,
    timeoutMs,
    leaseSeconds,
    stop,
    log,
  };
  return () => deliverDue(database, options);
}

/** Reads due iCalendar files and addresses. @returns the task of a worker; true when there may be more to do at once */
export function readFeeds(database: Database, stop: AbortSignal, log: Log): BackgroundTask {
  const { LEASE_SECONDS: leaseSeconds, HEARTBEAT_SECONDS: heartbeatSeconds, WEBHOOK_TIMEOUT_SECONDS } = env();
  const address = { allowPrivate: privateAddressesAllowed(), resolve: resolveByDns };
  const options = { ...address, timeoutMs: WEBHOOK_TIMEOUT_SECONDS * 1_000, leaseSeconds, heartbeatSeconds, stop, log };
  return () => readDueFeeds(database, options);
}

/**
 * Deletes expired rows every ten minutes: stored responses, the log of deliveries, and reports and imports that ended
 * long ago; and the data of stores that were deleted a day ago.
 * @param resultDays how long these are kept; 0: forever
 */
export function sweepOldRows(database: Database, resultDays: number): BackgroundTask {
  return atMostEvery(sweepEveryMs, async () => {
    await deleteExpiredResponses(database);
    await deleteEndedSessions(database);
    await deleteOldDeliveries(database, keptDays);
    await deleteOldRemovals(database, keptDays);
    await settleStores(database);
    if (resultDays > 0) {
      while ((await expireReports(database, resultDays)) + (await deleteOldImports(database, resultDays)) > 0);
    }
  });
}
