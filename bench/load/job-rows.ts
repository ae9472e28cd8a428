import { Agent } from "node:http";
import type { Database } from "@/db/client";
import { copyOut } from "@/bench/bench-database";
import { median } from "@/bench/statistics";
import { ask, openLoad } from "./http-load";
import type { LoadLine } from "./load-line";
import { pollsAsk, type LoadBench } from "./rate-rows";

/** A hundred reports at once, while polls keep arriving. */
export async function benchQueue(bench: LoadBench, { sql }: Database): Promise<LoadLine[]> {
  const { port, storeIds } = bench;
  const next = (): ReturnType<typeof pollsAsk> => pollsAsk(storeIds, 50);
  const idle = await openLoad({ port, rate: 20, seconds: 4, next });
  const agent = new Agent({ keepAlive: true, maxSockets: 10 });
  const since = performance.now();
  const queued = await Promise.all(
    storeIds.slice(0, 100).map((storeId) => ask(port, agent, { path: `/store/${storeId}/trigger_report/` })),
  );
  const busy = openLoad({ port, rate: 20, seconds: 4, next });
  let most = 0;
  for (;;) {
    const [row] = await sql<{ waiting: number; running: number }[]>`
      select count(*) filter (where state in ('queued', 'running'))::int as waiting,
        count(*) filter (where state = 'running' and origin = 'request')::int as running from reports where origin = 'request'`;
    most = Math.max(most, row?.running ?? 0);
    if (row?.waiting === 0) break;
    if (performance.now() - since > 60_000) throw new Error("The reports did not finish within a minute.");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const seconds = (performance.now() - since) / 1000;
  const meanwhile = await busy;
  agent.destroy();
  const refused = queued.filter(({ status }) => status !== 200).length;
  return [
    {
      row: "L10",
      what: "100 reports queued at once, to the last",
      value: seconds,
      unit: "s",
      notes: { "most at a time": most, refused },
    },
    {
      ...{ row: "L10", what: "ingest of 50 polls meanwhile, p95", value: meanwhile.p95, unit: "ms" },
      ...{ floor: { what: "idle", value: idle.p95 }, most: 3 },
    },
  ];
}

/** The CSV of the fleet, by one client and by twenty at once, and its rows read by SQL alone; medians of the runs. */
export async function benchDownload({ port, runs }: LoadBench, database: Database): Promise<LoadLine[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const made = await fetch(`http://127.0.0.1:${port}/api/v1/reports`, {
    ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ scope: "fleet" }) },
  });
  const { id } = (await made.json()) as { id: number };
  for (;;) {
    const [row] = await database.sql<{ state: string }[]>`select state from reports where id = ${id}`;
    if (row?.state === "complete") break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const get = { path: `/api/v1/reports/${id}.csv` };
  await ask(port, agent, get);
  const single = await ask(port, agent, get);
  const downloads: number[] = [];
  const raw: number[] = [];
  let bytes = 0;
  for (let run = 0; run < runs; run++) {
    const since = performance.now();
    const twenty = await Promise.all(Array.from({ length: 20 }, () => ask(port, agent, get)));
    downloads.push(performance.now() - since);
    bytes = twenty.reduce((sum, one) => sum + one.bytes, 0);
    if (bytes !== 20 * single.bytes) throw new Error(`Of twenty downloads ${String(bytes)} bytes came.`);
    const rawSince = performance.now();
    await database.sql.begin(async (tx) => {
      for (let i = 0; i < 20; i++) await copyOut(tx, `select * from report_rows where report_id = ${id}`);
    });
    raw.push(performance.now() - rawSince);
  }
  const rate = (times: readonly number[]): number => bytes / 1e6 / (median(times) / 1000);
  agent.destroy();
  return [
    {
      row: "L6",
      what: "CSV of the fleet, first byte",
      value: single.firstByteMs,
      unit: "ms",
      most: 200,
      notes: { MB: single.bytes / 1e6, ms: single.ms },
    },
    {
      ...{ row: "L6", what: "20 downloads at once", value: rate(downloads), unit: "MB/s" },
      ...{ floor: { what: "COPY of the same rows 20 times", value: rate(raw) }, least: 0.5 },
    },
  ];
}
