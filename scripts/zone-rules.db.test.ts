import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { bundleScript } from "@/db/testing/bundle-script";
import { testDb } from "@/db/testing/test-db";
import { writeReleaseFile } from "@/lib/server/zones/test-support/release-file";
import { shippedZones } from "@/lib/uptime/zone-rules";

const database = testDb();
const asOf = "2025-06-10T00:00:00Z";

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id, time_zone) values ('v', 'America/Vancouver')`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select 1, day, 32400, 61200 from generate_series(0, 6) as day`;
  // Active from 09:00 to 17:00 at UTC−7, the offset of the shipped rules.
  await sql`
    insert into polls (store_key, at, active)
    select 1, at, extract(hour from at at time zone 'UTC' - interval '7 hours') between 9 and 16
    from generate_series(${asOf}::timestamptz - interval '9 days', ${asOf}::timestamptz, interval '30 minutes') as at`;
  await sql`update fleet_state set newest_poll_at = ${asOf}, data_version = 1`;
});

/** Runs the command that prints a report, with `TZDATA` in the machine's environment. */
function report(tzdata: string | null): Promise<{ release: string; upHours: number; stderr: string }> {
  const child = spawn(process.execPath, [bundleScript("scripts/report.ts"), "--format", "json"], {
    env: { NODE_ENV: "test", DATABASE_URL: database().url, ...(tzdata === null ? {} : { TZDATA: tzdata }) },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== 0) {
        reject(new Error(stderr));
        return;
      }
      const { tz_release: release, stores } = JSON.parse(stdout) as {
        tz_release: string;
        stores: readonly { week: { up_ms: number } }[];
      };
      resolve({ release, upHours: stores[0]!.week.up_ms / 3_600_000, stderr });
    });
  });
}

it("a newer release in TZDATA changes the figures of the next run, without a build", async () => {
  const shipped = await report(null);
  expect(shipped.upHours).toBe(56);
  const newer = await report(writeReleaseFile("2099a", { "America/Vancouver": -8 }));
  expect(newer.release).toBe("2099a");
  expect(newer.upHours).toBeLessThan(56);
});

it("an older or a broken file is reported, and the best available rules are used", async () => {
  const shipped = await report(null);
  const older = await report(writeReleaseFile("2001a", { "America/Vancouver": -8 }));
  expect(older).toMatchObject({ release: shipped.release, upHours: 56 });
  expect(older.stderr).toContain("2001a is older than");
  const broken = writeReleaseFile("2099a", {});
  writeFileSync(broken, "# version 2099a\nZ America/Vancouver minus eight - X\n");
  const damaged = await report(broken);
  expect(damaged).toMatchObject({ release: shipped.release, upHours: 56 });
  expect(damaged.stderr).toContain(`TZDATA=${broken} is not used`);
  expect(shipped.release >= shippedZones.release).toBe(true);
});
