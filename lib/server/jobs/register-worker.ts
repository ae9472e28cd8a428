import type { Database } from "@/db/client";
import { deleteWorker, upsertWorker } from "@/db/queries/workers";
import { zoneRules } from "@/lib/uptime/zone-rules";

const everyMs = 5_000;

/** Heartbeat of the worker, every few seconds. @returns the task */
export function registerWorker(database: Database, name: string): () => Promise<boolean> {
  let shownMs = -Infinity;
  return async () => {
    if (performance.now() - shownMs < everyMs) return false;
    await upsertWorker(database, name, zoneRules().release);
    shownMs = performance.now();
    return false;
  };
}

/** Removes the worker at its end. When the database is unavailable, the heartbeat expires by itself. */
export async function unregisterWorker(database: Database, name: string): Promise<void> {
  await deleteWorker(database, name).catch(() => undefined);
}
