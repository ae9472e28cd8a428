import { createReadStream } from "node:fs";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "@/db/client";
import { median } from "@/bench/statistics";
import { closedLoad, openLoad, ask, type Ask, type LoadResult } from "./http-load";
import type { LoadLine } from "./load-line";
import type { LoadBench } from "./rate-rows";

const html = { accept: "text/html" };

function pageAsk(storeIds: readonly string[], index: number): Ask {
  const path = index % 2 === 0 ? `/stores/${storeIds[(index * 7) % storeIds.length] ?? ""}` : "/";
  return { path, headers: html };
}

const failures = ({ answers }: LoadResult): number =>
  answers.filter(({ status }) => status === 0 || status >= 400).length;

/** Pages compared with one that reads nothing, alternating within the same minutes; medians of the runs. */
export async function benchPages({ port, storeIds, seconds, runs }: LoadBench): Promise<LoadLine[]> {
  const pages: Readonly<Record<"empty" | "store" | "fleet", (index: number) => Ask>> = {
    empty: () => ({ path: "/method", headers: html }),
    store: (index) => pageAsk(storeIds, index * 2),
    fleet: () => ({ path: "/", headers: html }),
  };
  const loads = { empty: [] as LoadResult[], store: [] as LoadResult[], fleet: [] as LoadResult[] };
  for (let run = 0; run < runs; run++) {
    for (const name of ["empty", "store", "fleet"] as const) {
      loads[name].push(await closedLoad({ port, connections: 8, seconds, next: pages[name] }));
    }
  }
  const rate = (name: keyof typeof loads): number => median(loads[name].map((load) => load.rate));
  const floor = { what: "a page that reads nothing", value: rate("empty") };
  return (["store", "fleet"] as const).map((name) => {
    const notes = { p95: median(loads[name].map(({ p95 }) => p95)) };
    return { row: "L7", what: `${name} page, 8 connections`, value: rate(name), unit: "/s", floor, least: 0.5, notes };
  });
}

/** Ten pages a second, idle and during an import and a fleet report. */
export async function benchPagesBusy(bench: LoadBench, pollsCsv: string, { sql }: Database): Promise<LoadLine[]> {
  const { port, storeIds, seconds } = bench;
  const rate = 10;
  const next = (index: number): Ask => pageAsk(storeIds, index);
  const idle = await openLoad({ port, rate, seconds, next });
  const importId = await sendFile(port, pollsCsv);
  const agent = new Agent({ keepAlive: true });
  const body = JSON.stringify({ scope: "fleet" });
  await ask(port, agent, { method: "POST", path: "/api/v1/reports", body });
  const since = performance.now();
  const parts: LoadResult[] = [];
  for (;;) {
    parts.push(await openLoad({ port, rate, seconds: 2, next }));
    const busy = await sql`
      select from imports where id = ${importId} and finished_at is null
      union all select from reports where state in ('queued', 'running')`;
    if (busy.length === 0 || performance.now() - since > 90_000) break;
  }
  agent.destroy();
  const answers = parts.flatMap((part) => part.answers);
  const times = answers.filter(({ status }) => status === 200).map(({ ms }) => ms);
  times.sort((a, b) => a - b);
  const p95 = times[Math.ceil(times.length * 0.95) - 1] ?? Number.NaN;
  return [
    {
      ...{
        row: "L8",
        what: "pages while 1.8 M polls are imported and the fleet reported on, p95",
        value: p95,
        unit: "ms",
      },
      ...{ floor: { what: "p95 idle", value: idle.p95 }, most: 3 },
      notes: { seconds: (performance.now() - since) / 1000, pages: answers.length },
    },
    {
      ...{ row: "L8", what: "pages that failed meanwhile", value: answers.length - times.length, unit: "", most: 0 },
      notes: { "idle failed": failures(idle) },
    },
  ];
}

async function sendFile(port: number, file: string): Promise<number> {
  const text = await new Promise<string>((resolve, reject) => {
    const headers = { "content-type": "text/csv", "transfer-encoding": "chunked" };
    const outgoing = request(
      { host: "127.0.0.1", port, method: "POST", path: "/api/v1/imports/polls", headers },
      (incoming) => {
        let said = "";
        incoming.setEncoding("utf8").on("data", (chunk: string) => (said += chunk));
        incoming.on("end", () => {
          resolve(said);
        });
      },
    );
    outgoing.on("error", reject);
    createReadStream(file, { highWaterMark: 1024 * 1024 }).pipe(outgoing);
  });
  const { id } = JSON.parse(text) as { id?: number | string };
  if (id === undefined) throw new Error(`The file was not taken: ${text}`);
  return Number(id);
}

/** Twice the sustainable rate, at a fixed rate, and the normal rate a moment later. */
export async function benchOverload(bench: LoadBench): Promise<LoadLine[]> {
  const { port, seconds } = bench;
  const next = (): Ask => ({ path: "/api/v1/reports?limit=20" });
  const peak = await closedLoad({ port, connections: 32, seconds, next });
  const over = await openLoad({ port, rate: peak.rate * 2, seconds: 20, next });
  const good = over.answers.filter(({ status }) => status === 200);
  const refused = over.answers.filter(({ status }) => status === 503 || status === 429);
  const lost = over.answers.length - good.length - refused.length;
  const late = refused.map(({ ms }) => ms).sort((a, b) => a - b);
  const at = (share: number): number => late[Math.max(0, Math.ceil(late.length * share) - 1)] ?? Number.NaN;
  await sleep(1_000);
  const after = await closedLoad({ port, connections: 32, seconds: 2, next });
  return [
    {
      ...{ row: "L9", what: "answered at twice the peak rate", value: good.length / over.seconds, unit: "/s" },
      ...{ floor: { what: "peak", value: peak.rate }, least: 0.8, notes: { "good p95": over.p95 } },
    },
    {
      row: "L9",
      what: "refusals, p95",
      value: at(0.95),
      unit: "ms",
      most: 100,
      notes: { refused: refused.length, p50: at(0.5), p99: at(0.99) },
    },
    {
      ...{ row: "L9", what: "refusals without Retry-After, and requests without answer", unit: "", most: 0 },
      value: refused.filter(({ headers }) => headers["retry-after"] === undefined).length + lost,
    },
    {
      ...{
        row: "L9",
        what: "a second after",
        value: after.rate,
        unit: "/s",
        floor: { what: "peak", value: peak.rate },
      },
      least: 0.8,
    },
  ];
}
