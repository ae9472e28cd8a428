import { readStoreWindow } from "@/db/queries/bulk/store-window";
import { SeededRandom } from "@/scripts/demo/seeded-random";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";
import { systemViewer } from "@/lib/server/access/viewer";
import { BenchClient } from "./bench-app";
import type { BenchDatabase } from "./bench-database";
import type { BenchFloor, BenchResult } from "./bench-result";
import { percentile, timed } from "./statistics";
import { dayMs } from "@/lib/uptime/units";

const asked = 200;
/** Runs of each of the many lists. */
const askedOfList = 60;
/** Requests that warm up the server. */
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

/** The lower bound of a response within the same minutes: on a busy machine all of them are slow. */
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

/** The requests of one store page. */
const storeAnswers = [
  ["windows and chart", "/uptime?window=week"],
  ["state and hours", ""],
  ["timeline of a week", "/timeline"],
  ["heatmap of four weeks", "/heatmap"],
  ["incidents of a week", "/incidents"],
] as const;

/** The data of one store after another, chosen at random: read, read and computed, and as a response. */
export async function benchStore(bench: PageBench): Promise<BenchResult[]> {
  const { database, port, runs, storeIds } = bench;
  const client = new BenchClient(port);
  const random = new SeededRandom(7);
  const anyStore = (): string => storeIds[random.below(storeIds.length)] ?? "";
  const twoWeeks = {
    asOf: null,
    from: null,
    to: null,
    lengthMs: 14 * dayMs,
    longestMs: 14 * dayMs,
    lengths: 1,
  } as const;
  const read = await repeat(runs, () =>
    percentile95(asked, () => readStoreWindow(database, anyStore(), twoWeeks, dayMs, "all", 20_000)),
  );
  const uptime = await repeat(runs, () =>
    percentile95(asked, () => getStoreUptime(database, systemViewer, anyStore(), "week")),
  );
  const answers: (readonly [string, number[]])[] = [];
  for (const [what, path] of storeAnswers) {
    const ask = () => client.get(`/api/v1/stores/${anyStore()}${path}`);
    answers.push([what, await repeat(runs, () => percentile95(asked, ask))]);
  }
  client.close();
  const { query, answer } = await floors(bench);
  const row = { row: "store", unit: "ms" } as const;
  return [
    { ...row, what: "windows and chart, p95, in the database", runs: read, floor: query, target: { most: 3 } },
    { ...row, what: "windows and chart, p95, read and computed", runs: uptime, floor: query },
    ...answers.map(([what, taken]) => {
      return { ...row, what: `${what}, p95, API answer`, runs: taken, floor: answer, target: { most: 15 } };
    }),
  ];
}

const lists = [
  ["worst of the week", "sort=uptime_week"],
  ["best of the week", "sort=-uptime_week"],
  ["worst of the day", "sort=uptime_day"],
  ["best of the day", "sort=-uptime_day"],
  ["worst of the hour", "sort=uptime_hour"],
  ["longest down", "sort=-down_week"],
  ["shortest down", "sort=down_week"],
  ["least covered", "sort=coverage_week"],
  ["most covered", "sort=-coverage_week"],
  ["by state", "sort=state"],
  ["longest in their state", "sort=state_since"],
  ["by name", "sort=name"],
  ["by name, backwards", "sort=-name"],
  ["by id", "sort=store_id"],
  ["offline ones", "state=offline"],
  ["no recent check", "state=no_recent_check"],
  ["those that need attention", "preset=needs_attention"],
  ["those on track", "preset=on_track"],
  ["of a brand", "brand=Noodle%20Harbor"],
  ["search, digits", "q=17"],
  ["search, part of a name", "q=harbor"],
  ["search, rare", "q=48123"],
  ["search, nothing found", "q=zzz"],
  ["search, offline", "q=17&state=offline"],
  ["search, by name", "q=17&sort=name"],
] as const;

const incidentLists = [
  ["newest of the day", ""],
  ["longest of the week", "window=week&sort=down"],
  ["of a brand", "window=week&brand=Noodle%20Harbor"],
  ["search, digits", "window=week&q=17"],
] as const;

/** Some of these, covering each way in which a list is read: enough to see the cost of the fleet's size. */
const fewLists: readonly string[] = ["worst of the week", "by state", "by name", "offline ones", "search, digits"];

/** The fleet's list in every order, filtered and searched; or a few of these lists. */
export async function benchFleetPage(bench: PageBench, which: "all" | "few" = "all"): Promise<BenchResult[]> {
  const { port, runs, storeIds } = bench;
  const client = new BenchClient(port);
  const label = `${storeIds.length.toLocaleString("en-US")} stores`;
  const results: BenchResult[] = [];
  const { answer } = await floors(bench);
  for (const [what, asking] of lists) {
    if (which === "few" && !fewLists.includes(what)) continue;
    results.push({
      row: "page",
      what: `fleet page, ${label}, ${what}, p95, API answer`,
      unit: "ms",
      runs: await repeat(runs, () => percentile95(askedOfList, () => client.get(`/api/v1/stores?${asking}`))),
      floor: answer,
      target: { most: 20 },
    });
  }
  for (const [what, asking] of which === "all" ? incidentLists : []) {
    results.push({
      row: "page",
      what: `incidents, ${label}, ${what}, p95, API answer`,
      unit: "ms",
      runs: await repeat(runs, () => percentile95(askedOfList, () => client.get(`/api/v1/incidents?${asking}`))),
      floor: answer,
    });
  }
  client.close();
  return results;
}
