import type { Database } from "@/db/client";
import { deleteWorker, upsertWorker } from "@/db/queries/workers";
import { zoneRules } from "@/lib/uptime/zone-rules";

const everyMs = 5_000;

/** Says every few seconds that the worker runs. @returns what a worker keeps doing */
export function registerWorker({ sql }: Database, name: string): () => Promise<boolean> {
  let shownMs = -Infinity;
  return async () => {
    if (performance.now() - shownMs < everyMs) return false;
    await upsertWorker(sql, name, zoneRules().release);
    shownMs = performance.now();
    return false;
  };
}

/** Takes that back at the end; where the database is away, it ages by itself. */
export async function unregisterWorker({ sql }: Database, name: string): Promise<void> {
  await deleteWorker(sql, name).catch(() => undefined);
}
