import { postgresRows, type RawUpsert } from "./raw-upsert";
import { ask, closedLoad, type Ask, type LoadResult } from "./http-load";
import type { LoadLine } from "./load-line";
import { median } from "@/bench/statistics";
import { fork } from "node:child_process";
import { once } from "node:events";
import { Agent } from "node:http";
import { join } from "node:path";
import { childEnv } from "@/lib/server/env";
import { sourceProgram } from "@/scripts/start/program";
import { hourMs } from "@/lib/uptime/units";

const connections = 20;

export interface LoadBench {
  readonly port: number;
  readonly url: string;
  readonly storeIds: readonly string[];
  /** Duration of each load. */
  readonly seconds: number;
  readonly runs: number;
}

/** Incremented, so that no poll is sent twice. */
let sent = 0;
const newest = Math.floor(Date.now() / hourMs) * hourMs - hourMs;

/** A batch of new polls, one per store. */
export function pollsAsk(storeIds: readonly string[], size: number): Ask {
  const polls = Array.from({ length: size }, () => {
    const index = sent++;
    const store_id = storeIds[index % storeIds.length] ?? "";
    const at = new Date(newest - Math.floor(index / storeIds.length) * 1_000).toISOString();
    return { store_id, at, status: "active" };
  });
  return { method: "POST", path: "/api/v1/polls", body: JSON.stringify({ polls }) };
}

const rates = (results: readonly LoadResult[]): number => median(results.map(({ rate }) => rate));
const p95s = (results: readonly LoadResult[]): number => median(results.map(({ p95 }) => p95));
const p99s = (results: readonly LoadResult[]): number => median(results.map(({ p99 }) => p99));

/** A complete report, which programs request repeatedly. */
export async function completeReport(port: number, storeId: string): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  const response = await fetch(`http://127.0.0.1:${port}/store/${storeId}/trigger_report/`);
  const { report_id: id } = (await response.json()) as { report_id: number };
  for (;;) {
    const body = JSON.stringify({ report_id: id });
    const { bytes, status } = await ask(port, agent, { method: "POST", path: "/store/get_report/", body });
    if (status !== 200) throw new Error(`The report was answered ${status}.`);
    // {"status":"Running"} has 20 bytes.
    if (bytes > 30) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  agent.destroy();
  return id;
}

/** The framework without our way past it, with its log and without a database. */
async function startFramework(): Promise<{ readonly port: number; stop(): void }> {
  const child = fork(join(import.meta.dirname, "framework-web.ts"), [], {
    execArgv: [...sourceProgram("web").nodeArgs],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    env: childEnv({ NODE_ENV: "production", LOG_LEVEL: "info" }),
  });
  const [{ ready }] = (await once(child, "message")) as [{ readonly ready: { readonly port: number } }];
  return { port: ready.port, stop: () => void child.kill() };
}

/** The rates of a no-op route, of report requests, and of live polls, alternating within the same minutes. */
export async function benchRates(bench: LoadBench, raw: RawUpsert): Promise<LoadLine[]> {
  const { port, storeIds, seconds, runs } = bench;
  const framework = await startFramework();
  const id = await completeReport(port, storeIds[0] ?? "");
  const report: Ask = { method: "POST", path: "/store/get_report/", body: JSON.stringify({ report_id: id }) };
  const all = {
    noop: [] as LoadResult[],
    framework: [] as LoadResult[],
    report: [] as LoadResult[],
    one: [] as LoadResult[],
    many: [] as LoadResult[],
  };
  const rawRates: number[] = [];
  for (let run = 0; run < runs; run++) {
    const load = (next: () => Ask, clients = connections): Promise<LoadResult> => {
      return closedLoad({ port, connections: clients, seconds, next });
    };
    all.noop.push(await load(() => ({ path: "/api/livez" })));
    const next = (): Ask => ({ path: "/api/livez" });
    all.framework.push(await closedLoad({ port: framework.port, connections, seconds, next }));
    all.report.push(await load(() => report));
    all.one.push(await load(() => pollsAsk(storeIds, 1)));
    all.many.push(await load(() => pollsAsk(storeIds, 500), 4));
    rawRates.push(await postgresRows(raw, 4, seconds));
  }
  framework.stop();
  const noop = { rate: rates(all.noop), p95: p95s(all.noop), p99: p99s(all.noop) };
  const byFramework = { rate: rates(all.framework), p95: p95s(all.framework) };
  const against = { what: "no-op route of the framework", value: byFramework.rate };
  return [
    {
      row: "L0",
      what: "no-op route, 20 connections",
      value: noop.rate,
      unit: "/s",
      floor: against,
      notes: { p95: noop.p95, p99: noop.p99 },
    },
    {
      ...{ row: "L1", what: "get_report of a complete report", value: rates(all.report), unit: "/s", floor: against },
      ...{ least: 1.5, notes: { p95: p95s(all.report), p99: p99s(all.report) } },
    },
    {
      ...{ row: "L1", what: "its p95", value: p95s(all.report), unit: "ms" },
      ...{ floor: { what: "p95 of the framework's no-op", value: byFramework.p95 }, most: 3 },
    },
    {
      ...{ row: "L2", what: "live ingest, 1 poll a request", value: rates(all.one), unit: "/s", floor: against },
      ...{ least: 1.5, notes: { p95: p95s(all.one), p99: p99s(all.one) } },
    },
    {
      ...{
        row: "L3",
        what: "live ingest, 500 polls a request, 4 connections",
        value: rates(all.many) * 500,
        unit: "polls/s",
      },
      ...{ floor: { what: "raw upsert, 4 connections", value: median(rawRates) }, least: 0.75 },
      notes: { p95: p95s(all.many) },
    },
  ];
}
