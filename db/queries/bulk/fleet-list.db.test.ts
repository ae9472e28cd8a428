import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import type { FleetFilter } from "./fleet-filter";
import { listFleetRows, selectListed, type FleetOrder, type FleetPageRequest } from "./fleet-list";

const database = testDb();
const stores = 3_000;
const limit = 51;
/** The snapshot that is listed; the previous one is 1. */
const reportId = 2;

beforeAll(async () => {
  const { sql } = database();
  await sql`
    insert into stores (store_id, name, brand)
    select 's' || n, case when n % 3 <> 0 then 'Café ' || md5(n::text) end, 'Brand ' || n % 2
    from generate_series(1, ${stores}) as n`;
  await sql`
    insert into fleet_rows (report_id, store_key, store_id, state, state_since, uptime_hour, uptime_day, uptime_week,
      down_ms_hour, down_ms_day, down_ms_week, coverage_week)
    select report, store_key, store_id, (array['online', 'closed', 'offline', 'no_recent_check'])[1 + store_key % 4],
      case when store_key % 6 <> 0 then timestamptz '2026-01-01' + store_key % 79 * interval '1 minute' end,
      case when store_key % 7 <> 0 then store_key % 101 / 101.0 end,
      case when store_key % 4 <> 0 then store_key % 97 / 97.0 end,
      case when store_key % 5 <> 0 then store_key % 89 / 89.0 end, 0, 0, store_key % 83,
      case when store_key % 8 <> 0 then store_key % 73 / 73.0 end
    from generate_series(1, ${reportId}) as report, stores`;
  await sql`vacuum (analyze) stores`;
  await sql`vacuum (analyze) fleet_rows`;
});

const withoutValues = ["uptime_hour", "uptime_day", "uptime_week", "coverage_week", "state_since", "name"] as const;
const orders: readonly FleetOrder[] = [...withoutValues, "down_ms_week", "state", "store_id"];
const directions = [false, true];
const everything: FleetFilter = {
  stores: null,
  text: null,
  state: null,
  brand: null,
  group: null,
  timeZone: null,
  tag: null,
  preset: null,
};

async function planOf(request: FleetPageRequest, those: "valued" | "others"): Promise<string> {
  const { sql } = database();
  const rows = await sql<Record<"QUERY PLAN", string>[]>`
    explain (analyze, costs off, timing off) ${selectListed(sql, request, those, sql``)}`;
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

describe.each(directions)("a page of any order (backwards: %s)", (descending) => {
  it.each(orders)("by %s reads only its own rows, wherever it starts", async (order) => {
    const first: FleetPageRequest = { reportId, order, descending, after: null, limit };
    const { rows: read } = await listFleetRows(database(), everything, { ...first, limit: 1_000 });
    const after = read.at(-1)?.position ?? null;
    const plans = [await planOf(first, "valued"), await planOf({ ...first, after }, "valued")];
    if (withoutValues.some((one) => one === order)) {
      plans.push(await planOf(first, "others"));
      plans.push(await planOf({ ...first, after: { value: null, storeId: "s2" } }, "others"));
    }
    for (const plan of plans) {
      expect(plan).not.toMatch(/Sort|Hash|Seq Scan|Bitmap|Removed by Filter/);
      expect(plan).toMatch(/Index Scan/);
      const rows = [...plan.matchAll(/actual rows=([\d.]+)/g)].map(([, count]) => Number(count));
      expect(rows.length).toBeGreaterThan(2);
      expect(Math.max(...rows)).toBe(limit);
    }
  });
});

const filters: Readonly<Record<string, Partial<FleetFilter>>> = {
  "a text that many have": { text: "S1" },
  "a text that few have": { text: "s123" },
  "a text of signs that mean something to LIKE": { text: "s1_3%" },
  "a state": { state: "no_recent_check" },
  "a brand": { brand: "Brand 1" },
  "what needs attention": { preset: { name: "needs_attention", uptimeBelow: 0.9 } },
  "what is on track": { preset: { name: "on_track", uptimeBelow: 0.9 } },
  "some stores": { stores: [7, 8, 1_500, 99_999] },
  "all of it": {
    text: "é",
    state: "offline",
    brand: "Brand 0",
    stores: Array.from({ length: 2_500 }, (_one, at) => at),
  },
};

type Known = Awaited<ReturnType<typeof listFleetRows>>["rows"][number];

/** The filter's definition, written independently. */
function matches(row: Known, key: number, filter: FleetFilter): boolean {
  const { stores: within, text, state, brand, preset } = filter;
  const day = row.uptime.day;
  const needs = row.state === "offline" || (day !== null && day < (preset?.uptimeBelow ?? 0));
  const isOnTrack = (row.state === "online" || row.state === "closed") && !needs;
  return (
    (within === null || within.includes(key)) &&
    (text === null || `${row.storeId}\n${row.name ?? ""}`.toLowerCase().includes(text.toLowerCase())) &&
    (state === null || row.state === state) &&
    (brand === null || row.brand === brand) &&
    (preset === null || (preset.name === "needs_attention" ? needs : isOnTrack))
  );
}

describe.each(Object.entries(filters))("stores filtered by %s", (_name, some) => {
  it.each(orders)(
    "are those of the whole list by %s that match, page after page, and the count is right",
    async (order) => {
      const filter = { ...everything, ...some };
      for (const descending of directions) {
        const request: FleetPageRequest = { reportId, order, descending, after: null, limit: stores + 1 };
        const all = (await listFleetRows(database(), everything, request)).rows;
        expect(all.length).toBe(stores);
        const expected = all.filter((row) => matches(row, row.storeKey, filter)).map(({ storeId }) => storeId);
        const found: string[] = [];
        for (let after: FleetPageRequest["after"] = null; ;) {
          const page = await listFleetRows(database(), filter, { ...request, after, limit: 401 });
          expect(page.matching).toBe(expected.length);
          found.push(...page.rows.map(({ storeId }) => storeId));
          if (page.rows.length < 401) break;
          after = page.rows.at(-1)?.position ?? null;
        }
        expect(found).toEqual(expected);
      }
    },
  );
});
