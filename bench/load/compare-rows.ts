import { median } from "@/bench/statistics";
import { closedLoad, type Ask, type LoadResult } from "./http-load";
import type { LoadLine } from "./load-line";
import { completeReport, pollsAsk, type LoadBench } from "./rate-rows";

/** One load that is put on both builds in turn. */
interface Compared {
  readonly what: string;
  readonly connections: number;
  /** Least ratio of our rate to the other build's. */
  readonly least: number;
  readonly next: (index: number) => Ask;
}

const many = 20;
const html = { accept: "text/html" };
/** The slowest hundredth may take at most this many times as long as the median. */
const longestTail = 5;

function loadsOf(storeIds: readonly string[], reportId: number): Compared[] {
  const storeId = (index: number): string => storeIds[(index * 7) % storeIds.length] ?? "";
  const body = JSON.stringify({ report_id: reportId });
  return [
    { what: "no-op route", connections: many, least: 4, next: () => ({ path: "/api/livez" }) },
    {
      ...{ what: "get_report of a complete report", connections: many, least: 6 },
      next: () => ({ method: "POST", path: "/store/get_report/", body }),
    },
    {
      ...{ what: "live ingest, 1 poll a request", connections: many, least: 8 },
      next: () => pollsAsk(storeIds, 1),
    },
    {
      ...{ what: "live ingest, 500 polls a request", connections: 4, least: 0.95 },
      next: () => pollsAsk(storeIds, 500),
    },
    {
      ...{ what: "list of 50 stores", connections: many, least: 4 },
      next: () => ({ path: "/api/v1/stores?limit=50" }),
    },
    {
      ...{ what: "uptime of a store, a day", connections: many, least: 4 },
      next: (index) => ({ path: `/api/v1/stores/${storeId(index)}/uptime?window=day` }),
    },
    {
      ...{ what: "store page", connections: 8, least: 0.95 },
      next: (index) => ({ path: `/stores/${storeId(index)}`, headers: html }),
    },
    { what: "fleet page", connections: 8, least: 0.95, next: () => ({ path: "/", headers: html }) },
  ];
}

const medianOf = (results: readonly LoadResult[], pick: (result: LoadResult) => number): number =>
  median(results.map(pick));

/** The same loads on this build and on another one, alternating within the same minutes; medians of the runs. */
export async function benchAgainst(bench: LoadBench, otherPort: number): Promise<LoadLine[]> {
  const { port, storeIds, seconds, runs } = bench;
  const [first = ""] = storeIds;
  const own = loadsOf(storeIds, await completeReport(port, first));
  const other = loadsOf(storeIds, await completeReport(otherPort, first));
  const lines: LoadLine[] = [];
  for (const [i, compared] of own.entries()) {
    const { what, connections, least, next } = compared;
    const theirs = other[i]?.next ?? next;
    const results = { own: [] as LoadResult[], other: [] as LoadResult[] };
    for (let run = 0; run < runs; run++) {
      results.other.push(await closedLoad({ port: otherPort, connections, seconds, next: theirs }));
      results.own.push(await closedLoad({ port, connections, seconds, next }));
    }
    const [p50, p99] = [medianOf(results.own, (one) => one.p50), medianOf(results.own, (one) => one.p99)];
    lines.push({
      ...{ row: "L14", what, value: medianOf(results.own, ({ rate }) => rate), unit: "/s", least },
      floor: { what: "the other build", value: medianOf(results.other, ({ rate }) => rate) },
      notes: { p50, p99, "other's p99": medianOf(results.other, (one) => one.p99) },
    });
    if (connections !== many) continue;
    lines.push({
      ...{ row: "L14", what: `${what}, p99`, value: p99, unit: "ms", most: longestTail },
      floor: { what: "median", value: p50 },
    });
  }
  return lines;
}
