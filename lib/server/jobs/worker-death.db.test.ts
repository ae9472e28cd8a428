import { beforeAll, describe, expect, it } from "vitest";
import { failLostReports } from "@/db/queries/report-queue";
import { findReport } from "@/db/queries/reports";
import { queueReport } from "@/db/queries/bulk/queue-report";
import { testDb } from "@/db/testing/test-db";
import { makeLog } from "@/lib/server/log";
import { computeReport } from "@/lib/server/figures/compute-report";
import { printReport } from "@/lib/server/reports/print-report";
import { openViewer } from "@/lib/server/access/viewer";
import { streamReport } from "@/lib/server/reports/report-stream";
import { isoInstant } from "@/lib/server/wire/instants";
import { runWorker } from "./run-worker";
import { until, workerProcesses } from "./test-support/worker-processes";

const database = testDb();
const asOf = Date.UTC(2023, 0, 25, 18, 13, 22, 479);
const stores = 300;

const { killAt } = workerProcesses(database);

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id) select 'store-' || n from generate_series(1, ${stores}) as n`;
  await sql`
    insert into polls (store_key, at, active)
    select store, ${isoInstant(asOf)}::timestamptz - make_interval(hours => hour), (store + hour) % 4 <> 0
    from generate_series(1, ${stores}) as store, generate_series(0, 200) as hour`;
});

const queue = (dedupeKey: string): Promise<number> =>
  queueReport(database(), { scope: "fleet", storeKeys: null, method: "interpolated", asOf, dedupeKey });

const letLeaseRunOut = () => database().sql`
  update reports set lease_until = now() - interval '1 second' where state = 'running'`;

/** Kills a worker process while it writes the rows of a report. */
async function killWorkerWithin(id: number): Promise<void> {
  await killAt("report_rows", "copy report_rows", async () => {
    expect(await findReport(database(), id)).toMatchObject({ state: "running" });
  });
  expect(await database().sql`select 1 from report_rows where report_id = ${id} limit 1`).toEqual([]);
}

describe("a report whose worker process is killed while it writes", () => {
  it("is taken over, and reads byte for byte as without the kill", async () => {
    const id = await queue("killed");
    await killWorkerWithin(id);
    expect(await findReport(database(), id)).toMatchObject({ state: "running", attempts: 1 });
    await letLeaseRunOut();

    const stop = new AbortController();
    const log = makeLog("silent", { write: () => undefined });
    const work = runWorker(database(), { signal: stop.signal, workerName: "next", log });
    await until(async () => (await findReport(database(), id))?.state === "complete");
    stop.abort();
    await work;

    expect(await findReport(database(), id)).toMatchObject({ attempts: 2, worker: "next", storesDone: stores });
    const download = streamReport(
      database(),
      openViewer,
      { id, method: "interpolated", asOf: isoInstant(asOf), stores, tzRelease: null },
      "csv",
    );
    const clean = await computeReport(database(), { storeKeys: null, method: "interpolated", asOf });
    expect(await new Response(download).text()).toBe([...printReport(clean, "csv")].join(""));
  });

  it("is given up when that happened three times", async () => {
    const id = await queue("poison");
    for (let death = 1; death <= 3; death++) {
      expect(await failLostReports(database())).toHaveLength(0);
      await killWorkerWithin(id);
      await letLeaseRunOut();
    }
    expect(await failLostReports(database())).toHaveLength(1);
    expect(await findReport(database(), id)).toMatchObject({
      state: "failed",
      failureCode: "worker_lost",
      attempts: 3,
    });
  });
});
