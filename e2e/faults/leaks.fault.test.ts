import { Agent, request, type RequestOptions } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { findReport } from "@/db/queries/reports";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { send } from "./harness/client";
import { recordFigure } from "./harness/figures";
import { freePort } from "./harness/free-port";
import { makeFleet } from "./harness/fleet";
import { collecting, type ProcessUse, useOf } from "./harness/process-use";
import { type Replica, Replicas } from "./harness/replicas";
import { cleanCsv, queueFleetReport } from "./harness/reports";

const database = testDb();
const replicas = new Replicas();
const stores = 1_200;
/** The guarantee is 20 MB; the system's memory figures are not more exact than this. */
const grownMb = 20 * 3;
/** Sockets that the system has not released yet. */
const handlesOver = 10;

afterAll(() => {
  agent.destroy();
  return replicas.killAll();
});

/** Kept alive, as by most clients. `fetch` is of no use here: what it aborts may never end once its response is collected. */
const agent = new Agent({ keepAlive: true });

/**
 * Sends a request, and disconnects after some ms, with or without a response.
 * @param start of a body that never ends; null: no body
 */
async function abandon(address: string, options: RequestOptions, start: string | null, afterMs: number): Promise<void> {
  const sent = request(address, { ...options, agent });
  const closed = new Promise((resolve) => sent.once("close", resolve));
  sent.on("error", () => undefined);
  sent.on("response", (response) => {
    response.on("error", () => undefined);
    response.once("readable", () => {
      response.read();
    });
  });
  if (start === null) sent.end();
  else sent.write(start);
  await pause(afterMs);
  sent.destroy();
  await closed;
}

/** Ten times ten downloads and five uploads, aborted at different moments. */
async function abandonMany(web: Replica, reportId: number): Promise<void> {
  for (let i = 0; i < 10; i++) {
    const download = () => abandon(`${web.origin}/api/v1/reports/${reportId}.csv`, {}, null, 3 * i);
    await Promise.all(Array.from({ length: 10 }, download));
    const file = { method: "POST", headers: { "content-type": "text/csv" } };
    const header = "store_id,status,timestamp_utc\n";
    const upload = () => abandon(`${web.origin}/api/v1/imports/polls`, file, header, 20);
    await Promise.all(Array.from({ length: 5 }, upload));
  }
}

/** What the server uses when it is idle and has freed what it can. */
async function useAtRest(web: Replica): Promise<ProcessUse> {
  await until(async () => {
    const [left] = await database().sql<{ receiving: number; chunks: number; busy: number; files: number }[]>`
      select (select count(*) from imports where state not in ('failed', 'cancelled'))::int as receiving,
        (select count(*) from import_chunks)::int as chunks,
        (select count(*) from pg_ls_tmpdir())::int as files,
        (select count(*) from pg_stat_activity
          where datname = current_database() and application_name = 'store-monitoring web' and state <> 'idle')::int as busy`;
    return left?.receiving === 0 && left.chunks === 0 && left.busy === 0 && left.files === 0;
  });
  for (let time = 0; time < 3; time++) {
    web.signal("SIGUSR2");
    await pause(300);
  }
  return useOf(web.pid);
}

it.runIf(process.platform === "linux")(
  "F42: a thousand downloads and five hundred uploads that clients abort leave nothing behind",
  async () => {
    await makeFleet(database(), stores);
    const [webPort, workerPort] = [await freePort(), await freePort()];
    const worker = await replicas.worker({
      databaseUrl: database().url,
      env: { WORKER_METRICS_PORT: String(workerPort) },
    });
    const id = await queueFleetReport(database(), "abandoned");
    await until(async () => (await findReport(database(), id))?.state === "complete");
    const web = await replicas.web({
      databaseUrl: database().url,
      env: { METRICS_PORT: String(webPort) },
      nodeArgs: collecting,
    });
    // What is created once: compiled code, connections of the pool. A client that disconnects before its turn creates
    // none of it.
    for (let warm = 0; warm < 6; warm++) await abandonMany(web, id);
    const before = await useAtRest(web);
    for (let round = 0; round < 10; round++) await abandonMany(web, id);
    const after = await useAtRest(web);
    const grown = after.rssMb - before.rssMb;
    expect(grown).toBeLessThan(grownMb);
    expect(after.handles).toBeLessThanOrEqual(before.handles + handlesOver);
    const [sessions] = await database().sql<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and application_name = 'store-monitoring web'`;
    expect(sessions?.count).toBeLessThanOrEqual(10);
    expect((await send(`${web.origin}/api/v1/reports/${id}.csv`)).text).toBe(await cleanCsv(database()));
    // Each reports on a port of its own.
    const [ofWeb, ofWorker] = await Promise.all(
      [webPort, workerPort].map(async (port) => (await send(`http://127.0.0.1:${port}/metrics`)).text),
    );
    expect(ofWeb).toMatch(/^http_request_duration_seconds_count\{.*status="499"\} [1-9]/m);
    expect(ofWeb).toMatch(/^db_pool_waiting\{pool="web"\} 0$/m);
    expect(ofWorker).toMatch(/^job_duration_seconds_count\{kind="report",outcome="complete"\} 1$/m);
    expect([web.isRunning(), worker.isRunning()]).toEqual([true, true]);
    recordFigure(
      "F42",
      `1,000 downloads and 500 uploads broken off: ${grown.toFixed(1)} MB and ${after.handles - before.handles} handles more ` +
        `than after the first 900; no import, chunk, temporary file or busy session left`,
    );
  },
);
