import { beforeEach, describe, expect, it } from "vitest";
import { findSnapshot } from "@/db/queries/reports";
import { queueSnapshotIfDue } from "@/db/queries/bulk/queue-report";
import { readSnapshotNeed } from "@/db/queries/bulk/snapshot-need";
import { listAuditEntries } from "@/db/queries/audit-entries";
import { testDb } from "@/db/testing/test-db";
import { openViewer, type Viewer } from "@/lib/server/access/viewer";
import { getDataQuality } from "@/lib/server/stores/data-quality";
import { shippedZoneRules, zoneRules, type ZoneRules } from "@/lib/uptime/zone-rules";
import { zoneTable } from "@/lib/uptime/zone-table";
import { recordZoneRules } from "./record-zone-rules";
import { computeNextReport } from "@/lib/server/reports/test-support/compute-next-report";

const database = testDb();
const now = Date.parse("2026-11-28T14:00:00Z");
const asOf = "2026-11-28T13:00:00Z";
const shipped = shippedZoneRules();

/** The shipped rules under another release's name, with some zones using the rules of others. */
function rules(release: string, clocks: Readonly<Record<string, string>> = {}): ZoneRules {
  return { ...shipped, release, tableOf: (name) => shipped.tableOf(clocks[name] ?? name) };
}

const older = rules("2026a", { "America/Vancouver": "Etc/GMT+8", "Canada/Pacific": "Etc/GMT+8", "Asia/Tokyo": "GMT" });
const newer = rules("2026f");

const recorded = async () => {
  const entries = await listAuditEntries(database(), null, 20);
  return entries.map(({ principal, action, subject }) => `${principal} ${action} ${subject}`);
};

beforeEach(async () => {
  const { sql } = database();
  await sql`truncate reports, report_rows, fleet_rows, fleet_incidents, fleet_summaries, stores, polls, zone_rules, zone_rule_changes
    restart identity cascade`;
  await sql`alter table audit_entries disable trigger user`;
  await sql`delete from audit_entries`;
  await sql`alter table audit_entries enable trigger user`;
  await sql`create table if not exists polls_all partition of polls default`;
  await sql`update fleet_state set newest_poll_at = ${asOf}, data_version = 1`;
  await sql`
    insert into stores (store_id, time_zone)
    values ('a', 'America/Vancouver'), ('b', 'America/Vancouver'), ('c', 'Canada/Pacific'), ('d', null)`;
});

describe("at a start", () => {
  it("the first rules of a new database are recorded without a message", async () => {
    expect(await recordZoneRules(database(), newer, now)).toMatchObject({ outcome: "first" });
    expect(await recordZoneRules(database(), newer, now)).toMatchObject({ outcome: "same" });
    expect(await recorded()).toEqual([]);
  });

  it("a newer release is recorded once, with the zones that changed and their stores, by any number of replicas", async () => {
    await recordZoneRules(database(), older, now);
    const starts = await Promise.all(Array.from({ length: 4 }, () => recordZoneRules(database(), newer, now)));
    expect(starts.map(({ outcome }) => outcome).sort()).toEqual(["same", "same", "same", "update"]);
    expect(await recorded()).toEqual([
      "system zone_rules.update tz 2026a to 2026f: stores in America/Vancouver (2), Canada/Pacific (1)",
    ]);
    const quality = await getDataQuality(database(), openViewer);
    expect(quality.zone_rule_changes).toMatchObject([
      {
        from_release: "2026a",
        to_release: "2026f",
        zones: [
          { time_zone: "America/Vancouver", stores: 2 },
          { time_zone: "Canada/Pacific", stores: 1 },
        ],
      },
    ]);
    const [own] = await database().sql<{ key: number }[]>`select store_key as key from stores where store_id = 'b'`;
    const owner: Viewer = { ...openViewer, kind: "person", stores: [own!.key], managed: [] };
    expect((await getDataQuality(database(), owner)).zone_rule_changes[0]?.zones).toEqual([
      { time_zone: "America/Vancouver", stores: 1 },
    ]);
  });

  it("an older release is recorded as one", async () => {
    await recordZoneRules(database(), newer, now);
    expect(await recordZoneRules(database(), older, now)).toMatchObject({ outcome: "downgrade" });
    expect(await recorded()).toEqual([
      "system zone_rules.downgrade tz 2026f to 2026a: stores in America/Vancouver (2), Canada/Pacific (1)",
    ]);
  });

  it("a release that changes no zone of a store is recorded, and so is one release with other rules", async () => {
    await recordZoneRules(database(), rules("2026e", { "Asia/Tokyo": "GMT" }), now);
    await recordZoneRules(database(), newer, now);
    await recordZoneRules(database(), rules("2026f", { "America/Chicago": "GMT" }), now);
    expect(await recorded()).toEqual([
      "system zone_rules.update tz 2026f to 2026f: stores in America/Chicago (1)",
      "system zone_rules.update tz 2026e to 2026f: no zone of a store",
    ]);
  });

  it("a difference counts from the first poll until two years ahead", async () => {
    const moved = (at: number): ZoneRules => ({
      ...rules("2026g"),
      tableOf: (name) => {
        const { offsetsMs, abbreviations, at: changes } = shipped.tableOf(name);
        const [offsetMs, abbreviation] = [offsetsMs[0]!, abbreviations[0]!];
        const before = Array.from(changes, (change, index) => {
          return { at: change, offsetMs: offsetsMs[index + 1]!, abbreviation: abbreviations[index + 1]! };
        });
        if (name !== "America/Vancouver") return shipped.tableOf(name);
        const gone = { at, offsetMs: 0, abbreviation: "GMT" };
        return zoneTable({ offsetMs, abbreviation }, [...before.filter((change) => change.at < at), gone]);
      },
    });
    await recordZoneRules(database(), newer, now);
    expect(await recordZoneRules(database(), moved(Date.UTC(2035, 0, 1)), now)).toMatchObject({
      outcome: "update",
      stores: new Map(),
    });
    await recordZoneRules(database(), newer, now);
    const near = await recordZoneRules(database(), moved(Date.UTC(2028, 0, 1)), now);
    expect([...near.stores]).toEqual([["America/Vancouver", 2]]);
  });

  it("figures from before releases were recorded count as computed with others", async () => {
    await database().sql`
      insert into reports (origin, scope, method, as_of, state, dedupe_key, finished_at)
      values ('request', 'fleet', 'interpolated', now(), 'complete', 'old', now())`;
    expect(await recordZoneRules(database(), newer, now)).toMatchObject({ outcome: "update", fromRelease: null });
    expect(await recorded()).toEqual(["system zone_rules.update tz unknown to 2026f"]);
  });
});

describe("the next snapshot", () => {
  const own = zoneRules();
  const isQueued = (release = own.release) => queueSnapshotIfDue(database(), 0, Date.now(), release);
  const versionOf = async (release = own.release) => {
    return (await readSnapshotNeed(database(), Date.now(), release)).snapshotVersion;
  };

  async function snapshot(): Promise<void> {
    expect(await isQueued()).toBe(true);
    await computeNextReport(database());
  }

  it("is computed although no data arrived, once, and names the release it was computed with", async () => {
    const { sql } = database();
    await recordZoneRules(database(), own, now);
    await snapshot();
    expect(await isQueued()).toBe(false);
    expect((await findSnapshot(database(), null))?.tzRelease).toBe(own.release);

    await sql`update reports set tz_release = '2020a'`;
    expect(await versionOf()).toBeNull();
    await snapshot();
    expect(await versionOf()).toBe(1);
    expect(await isQueued()).toBe(false);
    const kept = await sql`select tz_release from reports order by id`;
    expect(kept.map(({ tz_release: release }) => release as string)).toEqual(["2020a", own.release]);
  });

  it("is not requested by replicas in alternation: only those with the rules recorded last request it", async () => {
    await recordZoneRules(database(), own, now);
    await snapshot();
    expect(await isQueued("2020a")).toBe(false);
    expect(await versionOf("2020a")).toBe(1);
  });
});
