import type { Database } from "@/db/client";
import { until } from "@/db/testing/holders";
import { makeLog } from "@/lib/server/log";
import { runWorker } from "@/lib/server/jobs/run-worker";

/** Runs another worker in this process until `done`. @returns the seconds that took */
export async function workUntil(database: Database, done: () => Promise<boolean>): Promise<number> {
  const stop = new AbortController();
  const log = makeLog("silent", { write: () => undefined });
  const startedMs = performance.now();
  const work = runWorker(database, { signal: stop.signal, workerName: "next", log });
  try {
    await until(done);
    return (performance.now() - startedMs) / 1_000;
  } finally {
    stop.abort();
    await work;
  }
}
