import { beforeAll, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { computeReport } from "@/lib/server/figures/compute-report";
import { getStore } from "@/lib/server/stores/get-store";
import { getStoreUptime } from "@/lib/server/stores/get-store-uptime";
import { printReport } from "./print-report";

const database = testDb();
const asOf = Date.parse("2026-11-28T14:00:00Z");
const hourMs = 3_600_000;

/** The local time of each zone in November 2026, in hours east of UTC, and the name that the tz database has for it. */
const zones = [
  ["America/Vancouver", -7, "MST"],
  ["America/Edmonton", -6, "CST"],
  ["America/Inuvik", -6, "CST"],
  ["America/Winnipeg", -5, "EST"],
  ["America/Havana", -4, "CDT"],
  ["Africa/Casablanca", 0, "+00"],
] as const;

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`update fleet_state set newest_poll_at = ${new Date(asOf).toISOString()}, data_version = 1`;
  for (const [zone, hours] of zones) {
    const [store] = await sql<{ key: number }[]>`
      insert into stores (store_id, time_zone) values (${zone.replaceAll("/", "-")}, ${zone}) returning store_key as key`;
    const key = store!.key;
    await sql`
      insert into business_hours (store_key, day, start_second, end_second)
      select ${key}, day, 32400, 61200 from generate_series(0, 6) as day`;
    // Active from 09:00 to 17:00 local time, closed at 17:00.
    await sql`
      insert into polls (store_key, at, active)
      select ${key}, at, extract(hour from at at time zone 'UTC' + make_interval(hours => ${hours})) between 9 and 16
      from generate_series(${new Date(asOf).toISOString()}::timestamptz - interval '9 days',
        ${new Date(asOf).toISOString()}::timestamptz, interval '30 minutes') as at`;
  }
});

it.each(zones)("a store in %s that keeps its hours is up for 56 h of 56", async (zone, _hours, abbreviation) => {
  const storeId = zone.replaceAll("/", "-");
  const { windows, clock } = await getStoreUptime(database(), openViewer, storeId, "week");
  expect(windows.week).toMatchObject({ open_ms: 56 * hourMs, up_ms: 56 * hourMs, down_ms: 0, uptime_ratio: 1 });
  expect([windows.week.up_lowest_ms, windows.week.up_highest_ms]).toEqual([56 * hourMs, 56 * hourMs]);
  expect(clock.offsets.findLast(({ from }) => from === null || Date.parse(from) <= asOf)?.abbreviation).toBe(
    abbreviation,
  );
});

it("the report agrees, with the release that it was computed with", async () => {
  const report = await computeReport(database(), { storeKeys: null, method: "interpolated", asOf });
  const { tz_release: release, stores } = JSON.parse([...printReport(report, "json")].join("")) as {
    tz_release: string;
    stores: { week: { up_ms: number; down_ms: number; uptime_ratio: number } }[];
  };
  expect(release).toMatch(/^20\d\d[a-z]/);
  expect(stores.map(({ week }) => [week.up_ms / hourMs, week.down_ms, week.uptime_ratio])).toEqual(
    zones.map(() => [56, 0, 1]),
  );
});

it("its page agrees, whose next opening is at nine by its clock", async () => {
  const vancouver = await getStore(database(), openViewer, "America-Vancouver");
  expect(vancouver).toMatchObject({ state: "closed", opens_at: "2026-11-28T16:00:00.000Z" });
});
