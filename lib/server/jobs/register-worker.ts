import type { Database } from "@/db/client";
import { deleteWorker, upsertWorker } from "@/db/queries/workers";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { atMostEvery, type BackgroundTask } from "./background-task";

const everyMs = 5_000;

/** Records every few seconds that the worker runs. */
export function registerWorker(database: Database, name: string): BackgroundTask {
  return atMostEvery(everyMs, () => upsertWorker(database, name, zoneRules().release));
}

/** Removes the worker at its end. When the database is unavailable, the heartbeat expires by itself. */
export async function unregisterWorker(database: Database, name: string): Promise<void> {
  await deleteWorker(database, name).catch(() => undefined);
}
