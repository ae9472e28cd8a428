import { beforeAll, describe, expect, it } from "vitest";
import type { Sql } from "@/db/client";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { countIncidents, selectedIncidents, selectIncidents, type IncidentSelection } from "./fleet-incidents";
import type { FleetFilter } from "./fleet-filter";

const database = testDb();
const stores = 4_000;
/** One per store and snapshot; one store in 9 is offline. */
const incidents = stores;
/** The snapshot that is listed; the previous one is 1. */
const reportId = 2;
const firstStart = Date.parse("2026-01-01T00:00:00Z");

beforeAll(async () => {
  const { sql } = database();
  await sql`
    insert into stores (store_id, name, brand)
    select 's' || n, md5(n::text), 'Brand ' || n % 5 from generate_series(1, ${stores}) as n`;
  await sql`
    insert into fleet_rows (report_id, store_key, store_id, state, down_ms_hour, down_ms_day, down_ms_week)
    select report, store_key, store_id, case when store_key % 9 = 0 then 'offline' else 'online' end, 0, 0, 0
    from generate_series(1, ${reportId}) as report, stores`;
  await sql`
    insert into fleet_incidents
    select report, store_key, at, at + interval '1 hour', store_key * 7919 % 104729, 3, false, true
    from generate_series(1, ${reportId}) as report, stores,
      lateral (select timestamptz '2026-01-01' + store_key * 31 % 9973 * interval '1 minute' as at) as t
    order by report, at, store_key`;
  for (const table of ["stores", "fleet_rows", "fleet_incidents"]) await sql`vacuum (analyze) ${sql(table)}`;
});

const everything: FleetFilter = {
  ...{ stores: null, text: null, state: null, brand: null, group: null, timeZone: null, tag: null, preset: null },
};
const half = Array.from({ length: stores / 2 }, (_one, at) => 2 * at + 1);
const few = half.slice(0, 20);

interface PlanNode {
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Join Filter"?: number;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** The number of rows and pairs of rows that a node looks at. */
const workOf = (node: PlanNode): number =>
  node["Actual Loops"] *
  (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Join Filter"] ?? 0));

type Read = (sql: Sql, selection: IncidentSelection) => ReturnType<typeof selectIncidents>;

/** The executed plan of a statement for a viewer of these stores, under their row-level security. */
async function planOf(filter: FleetFilter, read: Read): Promise<PlanNode[]> {
  const { stores: visible } = filter;
  const rls = visible === null ? null : { stores: visible, managed: [], principal: "person:7", account: "person:7" };
  const selection = { reportId, endsAfter: firstStart, stores: filter };
  const explain = async ({ sql }: { readonly sql: Sql }) => {
    const rows = await sql<{ "QUERY PLAN": readonly { readonly Plan: PlanNode }[] }[]>`
      explain (analyze, timing off, format json) ${read(sql, selection)}`;
    return rows.flatMap((row) => row["QUERY PLAN"]).flatMap(({ Plan }) => nodesOf(Plan));
  };
  return withTransaction(database(), explain, "snapshot", { rls });
}

const reads: Readonly<Record<string, Read>> = {
  "the newest": (sql, selection) => selectIncidents(sql, selection, { order: "start", after: null, limit: 51 }),
  "the longest": (sql, selection) => selectIncidents(sql, selection, { order: "down", after: null, limit: 51 }),
  "a page of a file": (sql, selection) =>
    selectIncidents(sql, selection, { order: "start", after: null, limit: 2_000 }),
  "their number": (sql, selection) => sql`select count(*)::int from ${selectedIncidents(sql, selection)}`,
};
const viewers: Readonly<Record<string, FleetFilter["stores"]>> = { all: null, half, few };
const filters: Readonly<Record<string, Partial<FleetFilter>>> = {
  "no filter": {},
  "a brand": { brand: "Brand 3" },
  "a text": { text: "17" },
  "a state": { state: "offline" },
};
const cases = Object.keys(viewers).flatMap((viewer) =>
  Object.keys(filters).flatMap((filter) => Object.keys(reads).map((read) => [viewer, filter, read] as const)),
);

describe("incidents", () => {
  it.each(cases)("of %s stores with %s: %s takes work proportional to the rows, not to their pairs", async (...of) => {
    const [viewer, filter, read] = of;
    const plan = await planOf({ ...everything, ...filters[filter], stores: viewers[viewer] ?? null }, reads[read]!);
    const work = plan.reduce((sum, node) => sum + workOf(node), 0);
    expect(work).toBeLessThan(6 * (incidents + stores));
  });

  it.each(Object.keys(reads))("of a viewer of few stores: %s reads no other's", async (read) => {
    const plan = await planOf({ ...everything, stores: few }, reads[read]!);
    const found = plan.find((node) => node["Index Name"] === "fleet_incidents_store");
    expect(found?.["Index Cond"]).toContain("store_key = ANY");
    expect(Math.max(...plan.map(workOf))).toBeLessThanOrEqual(few.length);
  });

  it("of the stores of a viewer that match are counted", async () => {
    const filter = { ...everything, brand: "Brand 3", state: "offline", stores: half } as const;
    const rls = { stores: half, managed: [], principal: "person:7", account: "person:7" };
    const count = (stores: FleetFilter) =>
      withTransaction(database(), (tx) => countIncidents(tx, { reportId, endsAfter: firstStart, stores }), "snapshot", {
        rls,
      });
    expect(await count(filter)).toBe(half.filter((key) => key % 5 === 3 && key % 9 === 0).length);
    expect(await count({ ...everything, stores: few })).toBe(few.length);
  });
});
