import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { env } from "@/lib/server/env";
import { log } from "@/lib/server/log";
import { serveMetrics } from "@/lib/server/metrics/serve-metrics";
import { runWorker } from "@/lib/server/jobs/run-worker";
import { openListenerDatabase, openWorkerDatabase } from "@/lib/server/jobs/worker-database";
import { loadAndLogZoneRules } from "@/lib/server/zones/load-zone-rules";
import { onStop, sendToParent } from "./start/parent-channel";

const { DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_POOL_MAX, METRICS_HOST, WORKER_METRICS_PORT } = env();
loadAndLogZoneRules(log);
if (DATABASE_URL === undefined) {
  console.error("The worker needs DATABASE_URL; npm start sets it and runs one.");
  process.exit(1);
}

const database = openWorkerDatabase(DATABASE_URL, DATABASE_POOL_MAX);
if (WORKER_METRICS_PORT !== undefined) {
  try {
    await serveMetrics(database, { host: METRICS_HOST, port: WORKER_METRICS_PORT, log });
  } catch (error) {
    const failed = error instanceof Error ? error.message : String(error);
    if (process.connected) sendToParent({ failed });
    else console.error(failed);
    process.exitCode = 1;
    if (process.connected) process.disconnect();
    setTimeout(() => process.exit(1), 1_000).unref();
    await new Promise(() => undefined);
  }
}
const direct = DATABASE_DIRECT_URL === undefined ? null : openListenerDatabase(DATABASE_DIRECT_URL);
const stop = new AbortController();
const work = runWorker(database, { signal: stop.signal, workerName: `${hostname()}-${process.pid}`, log, direct });
/** How long the jobs may take to stop, in ms. `npm start` and orchestrators kill a process after 30 s. */
const stopMs = 20_000;
onStop(async () => {
  stop.abort();
  const hasStopped = await Promise.race([work.then(() => true), sleep(stopMs, false, { ref: false })]);
  if (!hasStopped) log.error("jobs did not stop in time; other workers take them over when their leases end");
  await Promise.all([database.close(), direct?.close()]);
});
work.catch((error: unknown) => {
  log.fatal({ err: error }, "the worker cannot continue");
  process.exit(1);
});
sendToParent({ ready: {} });
