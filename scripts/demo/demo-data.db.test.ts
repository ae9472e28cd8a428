import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { demoFleet, loadDemoData } from "./demo-data";
import { dataVersion, endState } from "@/lib/server/imports/test-support/import-text";
import { testNow } from "@/lib/server/imports/test-support/read-bytes";

const database = testDb();

it("is the same for the same seed and clock, and different for others", () => {
  const bytes = (seed: number): string => Buffer.concat([...demoFleet({ now: testNow, seed }).pollsCsv()]).toString();
  expect(bytes(1)).toBe(bytes(1));
  expect(bytes(1)).not.toBe(bytes(2));
});

it("loads a fleet with everything the pages show, and twice gives the same as once", async () => {
  const load = await loadDemoData(database(), { now: testNow });
  expect(load.stores).toBe(200);
  expect(load.polls).toBeGreaterThan(40_000);
  const before = [await endState(database()), await dataVersion(database())];
  expect((await loadDemoData(database(), { now: testNow })).polls).toBe(0);
  expect([await endState(database()), await dataVersion(database())]).toEqual(before);

  const { sql } = database();
  const [fleet] = await sql<Record<string, string | number>[]>`
    select count(*)::int as stores, count(name)::int as named, count(*) filter (where time_zone is null)::int as "noZone",
      count(*) filter (where not exists (select from business_hours b where b.store_key = s.store_key))::int as "noHours",
      count(*) filter (where store_id ~ '^[0-9]{17,19}$')::int as numbers, count(*) filter (where store_id ~ '-')::int as uuids,
      count(distinct time_zone)::int as zones
    from stores s`;
  expect(fleet).toMatchObject({ stores: 200 });
  for (const [what, least] of Object.entries({ named: 150, noZone: 1, noHours: 2, numbers: 150, uuids: 5, zones: 4 })) {
    expect([what, Number(fleet?.[what])]).toEqual([
      what,
      expect.toSatisfy((count: number) => count >= least && count < 200),
    ]);
  }
  const [nights] = await sql<Record<string, number>[]>`
    select count(*) filter (where end_second > 86400)::int as one_row, count(*) filter (where start_second = 0 and end_second < 21600)::int as two_rows,
      count(*) filter (where start_second = 0 and end_second = 86400)::int as whole_days from business_hours`;
  expect(Math.min(...Object.values(nights ?? { none: 0 }))).toBeGreaterThan(5);
});

it("ends shortly before the clock, with a store offline and one without recent polls", async () => {
  const latest = await database().sql<{ at: string; active: boolean }[]>`
    select distinct on (store_key) at, active from polls order by store_key, at desc`;
  const ages = latest.map(({ at }) => testNow - Date.parse(at));
  expect(Math.min(...ages)).toBeGreaterThan(0);
  expect(Math.min(...ages)).toBeLessThan(10 * 60_000);
  expect(ages.filter((age) => age > 24 * 3_600_000)).toHaveLength(1);
  const [gap] = await database().sql<{ hours: number }[]>`
    select max(extract(epoch from next - at) / 3600)::float as hours
    from (select at, lead(at) over (order by at) as next from polls) as p`;
  expect(gap?.hours).toBeGreaterThan(3);
  const offline = await database().sql`
    select store_key from polls where at > ${new Date(testNow - 20 * 3_600_000).toISOString()}
    and store_key not in (select store_key from business_hours) group by store_key having not bool_or(active)`;
  expect(offline.length).toBeGreaterThan(0);
});
