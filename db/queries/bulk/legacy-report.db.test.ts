import { beforeAll, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { findLegacyReport, selectLegacyReport } from "./legacy-report";

const database = testDb();
const ofFleet = [1, 2];
const ofStore = 3;

beforeAll(async () => {
  const { sql } = database();
  await sql`
    insert into reports (id, origin, scope, store_keys, method, as_of, state, dedupe_key, finished_at)
    overriding system value
    select id, 'request', case when id < 3 then 'fleet' else 'store' end, case when id = 3 then array[7] end,
      'poll_count', now(), 'complete', id, now() from generate_series(1, 3) as id`;
  await sql`
    insert into report_rows (report_id, store_id, store_key, figures)
    select id, 's' || store, store, array[1, 2, 3, 4, 5, store]
    from unnest(${ofFleet}::int[]) as id, generate_series(1, 5000) as store`;
  await sql`
    insert into report_rows (report_id, store_id, store_key, figures)
    values (${ofStore}, 's7', 7, array[6, 5, 4, 3, 2, 1])`;
  await sql`vacuum (analyze) report_rows`;
});

it("finds the figures of one store among those of fleets without scanning them", async () => {
  const { sql } = database();
  expect(await findLegacyReport(database(), ofStore, null)).toMatchObject({ figures: [6, 5, 4, 3, 2, 1] });
  const plan = await sql<Record<"QUERY PLAN", string>[]>`
    explain (analyze, costs off, timing off) ${selectLegacyReport(sql, ofStore, null)}`;
  const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
  expect(text).toMatch(/Index Scan using report_rows_pk/);
  expect(text).not.toMatch(/Seq Scan on report_rows|Removed by Filter/);
});

it("returns no figures for a report of several stores", async () => {
  expect(await findLegacyReport(database(), 1, null)).toMatchObject({ state: "complete", figures: null });
});
