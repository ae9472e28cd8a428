import { afterAll, beforeAll, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { Replicas } from "@/e2e/faults/harness/replicas";
import { writeReleaseFile } from "@/lib/server/zones/test-support/release-file";
import { shippedZoneRules } from "@/lib/uptime/zone-rules";

const database = testDb();
const replicas = new Replicas();
const asOf = "2025-06-10T00:00:00Z";

/** A store that is active exactly while it is open: 09:00 to 17:00 where clocks are seven hours behind UTC. */
beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id, time_zone) values ('v', 'America/Vancouver')`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select 1, day, 32400, 61200 from generate_series(0, 6) as day`;
  await sql`
    insert into polls (store_key, at, active)
    select 1, at, extract(hour from at at time zone 'UTC' - interval '7 hours') between 9 and 16
    from generate_series(${asOf}::timestamptz - interval '9 days', ${asOf}::timestamptz, interval '30 minutes') as at`;
  await sql`update fleet_state set newest_poll_at = ${asOf}, data_version = 1`;
});
afterAll(() => replicas.killAll());

/** What a web server that was started with these settings says of the store. */
async function servedWith(env: Readonly<Record<string, string>>) {
  const web = await replicas.web({ databaseUrl: database().url, env });
  const json = async (path: string): Promise<unknown> => (await fetch(new URL(path, web.origin))).json();
  const [uptime, status] = await Promise.all([json("/api/v1/stores/v/uptime"), json("/api/v1/status")]);
  const page = await (await fetch(new URL("/stores/v", web.origin), { headers: { accept: "text/html" } })).text();
  await web.kill();
  return {
    uptime,
    status,
    release: /Time zones: tz (?:<!-- -->)?(\w+)/.exec(page)?.[1],
    asOf: /title="2025-06-10 00:00 UTC">[^<]*(\d\d:\d\d)</.exec(page)?.[1],
  };
}

it("a web server that is started with newer rules serves figures and pages by them, without a build", async () => {
  const { release } = shippedZoneRules();
  const before = await servedWith({ TZDATA: "" });
  expect(before.status).toMatchObject({ tz_release: release });
  expect(before.uptime).toMatchObject({ windows: { week: { up_ms: 56 * 3_600_000, down_ms: 0 } } });
  expect(before).toMatchObject({ release, asOf: "17:00" });

  const file = writeReleaseFile("2099a", { "America/Vancouver": -8 });
  const after = await servedWith({ TZDATA: file });
  expect(after.status).toMatchObject({ tz_release: "2099a" });
  // The last hour of each opening is inactive now, and half of the half hour before it.
  const downMs = 7 * 75 * 60_000;
  expect(after.uptime).toMatchObject({ windows: { week: { up_ms: 56 * 3_600_000 - downMs, down_ms: downMs } } });
  expect(after).toMatchObject({ release: "2099a", asOf: "16:00" });
});
