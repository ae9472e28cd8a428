import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { listFleetRows, selectListed, type FleetOrder, type FleetPageRequest } from "./fleet-list";

const database = testDb();
const stores = 3_000;
const limit = 51;

beforeAll(async () => {
  const { sql } = database();
  await sql`
    insert into stores (store_id, name)
    select 's' || n, case when n % 3 <> 0 then 'Café ' || md5(n::text) end from generate_series(1, ${stores}) as n`;
  // The snapshot that is listed, and the one before it.
  await sql`
    insert into fleet_rows (report_id, store_key, store_id, state, uptime_day, uptime_week, down_ms_hour, down_ms_day, down_ms_week)
    select report, store_key, store_id, 'online', case when store_key % 4 <> 0 then store_key % 97 / 97.0 end,
      case when store_key % 5 <> 0 then store_key % 89 / 89.0 end, 0, 0, store_key % 83
    from generate_series(1, 2) as report, stores`;
  await sql`vacuum (analyze) stores`;
  await sql`vacuum (analyze) fleet_rows`;
});

const orders = ["uptime_day", "uptime_week", "down_ms_week", "name", "store_id"] as const satisfies FleetOrder[];
const directions = [false, true];
const withoutValue: readonly FleetOrder[] = ["uptime_day", "uptime_week", "name"];

async function planOf(request: FleetPageRequest, those: "valued" | "others"): Promise<string> {
  const { sql } = database();
  const rows = await sql<Record<"QUERY PLAN", string>[]>`
    explain (analyze, costs off, timing off) ${selectListed(sql, request, those)}`;
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

describe.each(directions)("a page of an order that has an index (backwards: %s)", (descending) => {
  it.each(orders)("by %s looks at its own rows alone, wherever it begins", async (order) => {
    const first: FleetPageRequest = { reportId: 2, order, descending, after: null, limit };
    const after = (await listFleetRows(database().sql, { ...first, limit: 1_000 })).at(-1)?.position ?? null;
    const plans = [await planOf(first, "valued"), await planOf({ ...first, after }, "valued")];
    if (withoutValue.includes(order)) {
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
