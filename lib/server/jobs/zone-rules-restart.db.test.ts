import { afterAll, beforeAll, expect, it } from "vitest";
import { findFleetSummary } from "@/db/queries/fleet-summaries";
import { findSnapshot } from "@/db/queries/reports";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { writeReleaseFile } from "@/lib/server/zones/test-support/release-file";
import { Replicas } from "@/e2e/faults/harness/replicas";

const database = testDb();
const replicas = new Replicas();
const asOf = "2025-06-10T00:00:00Z";
const timeoutMs = 60_000;

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id, time_zone) values ('v', 'America/Vancouver'), ('k', 'Asia/Kathmandu')`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select store, day, 32400, 61200 from generate_series(1, 2) as store, generate_series(0, 6) as day`;
  await sql`
    insert into polls (store_key, at, active)
    select 1, at, extract(hour from at at time zone 'UTC' - interval '7 hours') between 9 and 16
    from generate_series(${asOf}::timestamptz - interval '9 days', ${asOf}::timestamptz, interval '30 minutes') as at`;
  await sql`update fleet_state set newest_poll_at = ${asOf}, data_version = 1`;
});
afterAll(() => replicas.killAll());

/**
 * Starts workers together, waits for a snapshot with the release, and stops them. @returns the week's downtime in ms in
 * that snapshot
 */
async function downtimeBy(count: number, env: Readonly<Record<string, string>>, release: string | null) {
  const { sql } = database();
  const settings = { databaseUrl: database().url, env: { SNAPSHOT_INTERVAL_SECONDS: "1", ...env } };
  const workers = await Promise.all(Array.from({ length: count }, () => replicas.worker(settings)));
  await until(async () => {
    const snapshot = await findSnapshot(database(), null);
    return snapshot !== null && (release === null || snapshot.tzRelease === release);
  }, timeoutMs);
  const noted = async () => (await sql<{ release: string }[]>`select release from zone_rules`)[0]?.release;
  await until(async () => release === null || (await noted()) === release, timeoutMs);
  await Promise.all(workers.map((worker) => worker.kill()));
  const snapshot = await findSnapshot(database(), null);
  const summary = snapshot === null ? null : await findFleetSummary(database(), snapshot.id);
  // Figures of the week: open, up, down.
  return { downMs: summary?.sums[16], release: snapshot?.tzRelease ?? "", said: workers[0]?.said() ?? "" };
}

const recorded = async () => {
  const rows = await database().sql<{ entry: string }[]>`
    select action || ' ' || subject as entry from audit_entries where action like 'zone_rules.%' order by id`;
  return rows.map(({ entry }) => entry);
};

it("a restart with newer rules computes the fleet again, although no data arrived, and is recorded once", async () => {
  const shipped = await downtimeBy(1, {}, null);
  expect(shipped.downMs).toBe(0);
  expect(await recorded()).toEqual([]);

  const file = writeReleaseFile("2099a", { "America/Vancouver": -8, "Asia/Kathmandu": 5.75 });
  const newer = await downtimeBy(2, { TZDATA: file }, "2099a");
  expect(newer.downMs).toBeGreaterThan(0);
  expect(await recorded()).toEqual([
    `zone_rules.update tz ${shipped.release} to 2099a: stores in America/Vancouver (1)`,
  ]);

  const back = await downtimeBy(1, { TZDATA: `${file}.gone` }, shipped.release);
  expect(back.downMs).toBe(0);
  expect(back.said).toContain(`TZDATA=${file}.gone is not used: there is no such file or folder.`);
  expect((await recorded())[1]).toBe(
    `zone_rules.downgrade tz 2099a to ${shipped.release}: stores in America/Vancouver (1)`,
  );
}, 240_000);
