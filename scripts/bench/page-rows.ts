import { SeededRandom } from "@/lib/server/imports/seeded-random";
import { getStore } from "@/lib/server/stores/get-store";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";
import { listStores } from "@/lib/server/stores/list-stores";
import { StoreListQuerySchema } from "@/lib/contract/stores";
import { systemViewer } from "@/lib/server/access/viewer";
import { BenchClient } from "./bench-app";
import type { BenchDatabase } from "./bench-database";
import type { BenchFloor, BenchResult } from "./bench-result";
import { percentile, timed } from "./statistics";

const asked = 200;
/** Answers that warm up what answers. */
const warmUp = 20;

async function percentile95(count: number, work: (index: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let index = -warmUp; index < count; index++) {
    const ms = await timed(() => work(Math.abs(index)));
    if (index >= 0) times.push(ms);
  }
  return percentile(times, 0.95);
}

async function repeat(runs: number, work: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let run = 0; run < runs; run++) values.push(await work());
  return values;
}

/** What an answer costs at the least in the same minutes: a busy machine makes every one of them late. */
async function floors({ database, port, runs }: PageBench): Promise<Record<"query" | "answer", BenchFloor>> {
  const client = new BenchClient(port);
  const query = await repeat(runs, () => percentile95(asked, () => database.sql`select 1`));
  const answer = await repeat(runs, () => percentile95(asked, () => client.get("/api/v1/reports?limit=1")));
  client.close();
  return { query: { what: "select 1", runs: query }, answer: { what: "GET reports?limit=1", runs: answer } };
}

export interface PageBench {
  readonly database: BenchDatabase;
  readonly port: number;
  readonly runs: number;
  readonly storeIds: readonly string[];
}

/** One store's data after another, each once: three windows, those before them, and the week in buckets. */
export async function benchStore(bench: PageBench): Promise<BenchResult[]> {
  const { database, port, runs, storeIds } = bench;
  const client = new BenchClient(port);
  const random = new SeededRandom(7);
  const anyStore = (): string => storeIds[random.below(storeIds.length)] ?? "";
  const uptime = await repeat(runs, () =>
    percentile95(asked, () => getStoreUptime(database, systemViewer, anyStore(), "week")),
  );
  const detail = await repeat(runs, () => percentile95(asked, () => getStore(database, systemViewer, anyStore())));
  const answers = await repeat(runs, () =>
    percentile95(asked, () => client.get(`/api/v1/stores/${anyStore()}/uptime?window=week`)),
  );
  client.close();
  const { query, answer } = await floors(bench);
  const row = { row: "store", unit: "ms" } as const;
  return [
    { ...row, what: "windows and chart, p95, read and computed", runs: uptime, floor: query, target: { most: 3 } },
    { ...row, what: "state and hours, p95, read and computed", runs: detail, floor: query, target: { most: 3 } },
    { ...row, what: "windows and chart, p95, API answer", runs: answers, floor: answer, target: { most: 15 } },
  ];
}

const lists = [
  ["worst of the week", "sort=uptime_week"],
  ["best of the week", "sort=-uptime_week"],
  ["worst of the day", "sort=uptime_day"],
  ["best of the day", "sort=-uptime_day"],
  ["longest down", "sort=-down_week"],
  ["by id", "sort=store_id"],
  ["offline ones", "state=offline"],
  ["no recent check", "state=no_recent_check"],
  ["search, digits", "q=17"],
  ["search, rare", "q=48123"],
  ["search, nothing found", "q=zzz"],
  ["search, offline", "q=17&state=offline"],
] as const;

/** The fleet's list in every order, filtered and searched, beside what the reading alone takes. */
export async function benchFleetPage(bench: PageBench): Promise<BenchResult[]> {
  const { database, port, runs, storeIds } = bench;
  const client = new BenchClient(port);
  const label = `${storeIds.length.toLocaleString("en-US")} stores`;
  const results: BenchResult[] = [];
  const { query, answer } = await floors(bench);
  for (const [what, asking] of lists) {
    const answers = await repeat(runs, () => percentile95(asked / 2, () => client.get(`/api/v1/stores?${asking}`)));
    const parsed = StoreListQuerySchema.parse(Object.fromEntries(new URLSearchParams(asking)));
    const reads = await repeat(runs, () => percentile95(asked / 2, () => listStores(database, systemViewer, parsed)));
    results.push({
      row: "page",
      what: `fleet page, ${label}, ${what}, p95, API answer`,
      unit: "ms",
      runs: answers,
      floor: answer,
      target: { most: 20 },
    });
    results.push({
      row: "page",
      what: `fleet page, ${label}, ${what}, p95, read`,
      unit: "ms",
      runs: reads,
      floor: query,
    });
  }
  client.close();
  return results;
}
