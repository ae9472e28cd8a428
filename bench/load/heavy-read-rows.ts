import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { BenchDatabase } from "@/bench/bench-database";
import { percentile } from "@/bench/statistics";
import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import { weekMs } from "@/lib/uptime/units";
import { longestBlockMs } from "./event-loop";
import { ask, type Asked } from "./http-load";
import type { LoadLine } from "./load-line";
import type { LoadBench } from "./rate-rows";

/** Maximum time of the liveness probe during such reads, in ms. */
const maxMs = 250;
const polls = 1_000_000;
const storeId = "very-many-polls";
const atOnce = 20;

const path = `/api/v1/stores/${storeId}`;
const kinds: readonly { readonly name: string; readonly path: string }[] = [
  { name: "timeline", path: `${path}/timeline` },
  { name: "heatmap", path: `${path}/heatmap` },
  { name: "incidents", path: `${path}/incidents?limit=500` },
  { name: "a week with its segments", path: `${path}/uptime?window=week&explain=segments` },
  { name: "the store", path },
  { name: "the page", path: `/stores/${storeId}` },
];

/** A store with a million polls in the fleet's last week; the status changes every third one. */
async function makeStore(db: BenchDatabase): Promise<void> {
  const [fleet] = await db.sql<{ newest: string }[]>`select newest_poll_at as newest from fleet_state`;
  if (fleet === undefined) throw new Error("The fleet has no data.");
  const newest = Date.parse(fleet.newest);
  await ensurePollPartitions(db, new Set([weekStart(newest), weekStart(newest - weekMs)]));
  const [store] = await db.sql<{ store_key: number }[]>`
    insert into stores (store_id) values (${storeId}) returning store_key`;
  if (store === undefined) throw new Error("The store was not created.");
  await db.sql`
    insert into polls (store_key, at, active)
    select ${store.store_key}, ${new Date(newest).toISOString()}::timestamptz - n * interval '600 milliseconds',
      n / 3 % 2 = 0
    from generate_series(0, ${polls - 1}) as n`;
  await db.sql`vacuum analyze polls`;
}

/** Repeats the liveness probe until all responses have arrived. */
async function probeDuring(port: number, agent: Agent, answers: Promise<Asked[]>): Promise<number[]> {
  const state = { done: false };
  void answers.finally(() => {
    state.done = true;
  });
  const times: number[] = [];
  while (!state.done || times.length < 100) {
    times.push((await ask(port, agent, { path: "/api/livez" })).ms);
    await sleep(10);
  }
  return times;
}

/** The time of the liveness probe for one client while another reads a store with a million polls. */
export async function benchHeavyReads({ port, seconds }: LoadBench, database: BenchDatabase): Promise<LoadLine[]> {
  await makeStore(database);
  const agent = new Agent({ keepAlive: true });
  const lines: LoadLine[] = [];
  const measure = async (what: string, answers: Promise<Asked[]>): Promise<void> => {
    const since = performance.now();
    await longestBlockMs(port);
    const times = await probeDuring(port, agent, answers);
    const all = await answers;
    lines.push({
      row: "L13",
      what: `livez during: ${what}`,
      value: percentile(times, 0.99),
      unit: "ms",
      most: maxMs,
      notes: {
        p50: percentile(times, 0.5),
        max: Math.max(...times),
        probes: times.length,
        "longest block": await longestBlockMs(port),
        answers: all.filter(({ status }) => status === 200).length,
        "503": all.filter(({ status }) => status === 503).length,
        other: all.filter(({ status }) => status !== 200 && status !== 503).length,
        "largest MB": Math.max(0, ...all.map(({ bytes }) => bytes)) / 1e6,
        seconds: (performance.now() - since) / 1_000,
      },
    });
  };
  await measure("nothing", Promise.resolve([]));
  for (const kind of kinds) await measure(kind.name, oneAfterAnother(port, kind.path, seconds));
  const mixed = Array.from({ length: atOnce }, (_, index) => kinds[index % kinds.length]!);
  await measure(`${atOnce} mixed at once`, Promise.all(mixed.map((kind) => askAlone(port, kind.path))));
  agent.destroy();
  return lines;
}

async function askAlone(port: number, from: string): Promise<Asked> {
  const agent = new Agent();
  const answer = await ask(port, agent, { path: from, headers: { accept: "application/json, text/html" } });
  agent.destroy();
  return answer;
}

/** Sends the next request as soon as the response has arrived. */
async function oneAfterAnother(port: number, from: string, seconds: number): Promise<Asked[]> {
  const until = performance.now() + seconds * 1_000;
  const answers: Asked[] = [];
  while (performance.now() < until) answers.push(await askAlone(port, from));
  return answers;
}
