import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { pruneSnapshots } from "@/db/queries/bulk/queue-report";
import { testDb } from "@/db/testing/test-db";
import {
  FleetIncidentsCsvQuerySchema,
  FleetIncidentsQuerySchema,
  FleetIncidentsSchema,
  type FleetIncident,
} from "@/lib/contract/fleet-incidents";
import { StoreIncidentsQuerySchema } from "@/lib/contract/store-history";
import { openViewer, type Viewer } from "@/lib/server/access/viewer";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";
import { streamIncidentsCsv } from "./fleet-incidents-csv";
import { listFleetIncidents } from "./list-fleet-incidents";
import { listIncidents } from "./list-incidents";

const database = testDb();
const newest = "2023-01-25T18:13:22.479Z";
const fleetSize = 24;

/** Sees two stores. */
const owner: Viewer = { ...openViewer, principal: "person:7", account: "person:7", stores: [3, 6], managed: [] };

type Query = Readonly<Record<string, string | number>>;

const list = async (query: Query, viewer: Viewer = openViewer) =>
  FleetIncidentsSchema.parse(await listFleetIncidents(database(), viewer, FleetIncidentsQuerySchema.parse(query)));

async function allOf(query: Query, viewer?: Viewer): Promise<FleetIncident[]> {
  const { incidents, matching } = await list({ ...query, limit: 500 }, viewer);
  expect(matching).toBe(incidents.length);
  return incidents;
}

const csvOf = async (query: Query) => {
  const { body } = await streamIncidentsCsv(database(), openViewer, FleetIncidentsCsvQuerySchema.parse(query));
  return Buffer.from(await new Response(body).arrayBuffer()).toString();
};

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await expect(csvOf({})).rejects.toMatchObject({ code: "no_snapshot" });
  expect(await list({})).toMatchObject({ as_of: null, incidents: [], matching: 0, next_cursor: null });
  await sql`
    insert into stores (store_id, name, brand, group_name, time_zone)
    select 's-' || n, case when n = 1 then '=1+1,"x"' end, case when n % 2 = 0 then 'Luna' end, 'g' || n % 3,
      case when n % 4 = 0 then 'Asia/Kathmandu' end
    from generate_series(1, ${fleetSize}) as n`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select store, day, 3600 * (store % 9), 80000
    from generate_series(3, ${fleetSize}, 3) as store, generate_series(0, 6) as day`;
  // Stores 20 and 21 have been down for longer than the snapshot reads; the others now and then, some never.
  await sql`
    insert into polls (store_key, at, active)
    select store, ${newest}::timestamptz - make_interval(mins => 60 * hour + store),
      case when store >= 22 then true when store >= 20 then false else (store * 7 + hour) % (11 + store % 5) > 1 end
    from generate_series(1, ${fleetSize}) as store, generate_series(0, 400) as hour`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
  await makeSnapshot(database());
});

describe("the incidents of all stores", () => {
  it.each(["hour", "day", "week"])("of the last %s are those of each store", async (window) => {
    const incidents = await allOf({ window });
    const { from } = await list({ window });
    for (let store = 1; store <= fleetSize; store++) {
      const storeId = `s-${String(store)}`;
      const query = StoreIncidentsQuerySchema.parse({ from, to: newest, limit: 500 });
      const own = await listIncidents(database(), openViewer, storeId, query);
      const listed = incidents.filter((one) => one.store_id === storeId);
      expect(listed.map(({ end, ongoing }) => ({ end, ongoing }))).toEqual(
        own.incidents.map(({ end, ongoing }) => ({ end, ongoing })),
      );
      for (const [index, { start, down_ms: downMs, polls, started_before: before }] of listed.entries()) {
        const whole = own.incidents[index];
        if (before) expect(Date.parse(whole?.start ?? "")).toBeLessThanOrEqual(Date.parse(start));
        else expect({ start, down_ms: downMs, polls }).toEqual({ start, down_ms: whole?.down_ms, polls: whole?.polls });
      }
    }
    expect(incidents.length).toBeGreaterThan(2);
    expect(
      incidents
        .filter((one) => one.started_before)
        .map((one) => one.store_id)
        .sort(),
    ).toEqual(["s-20", "s-21"]);
  });

  it.each(["start", "down"])("come in the order of %s, page by page", async (sort) => {
    const all = await allOf({ window: "week", sort });
    const valueOf = (one: FleetIncident) => (sort === "down" ? one.down_ms : Date.parse(one.start));
    expect(all.map(valueOf)).toEqual(all.map(valueOf).sort((a, b) => b - a));
    const paged: FleetIncident[] = [];
    let cursor: string | null = null;
    do {
      const page = await list({ window: "week", sort, limit: 17, ...(cursor === null ? {} : { cursor }) });
      expect(page.matching).toBe(all.length);
      paged.push(...page.incidents);
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(paged).toEqual(all);
  });

  it.each<[Query, (one: FleetIncident) => boolean]>([
    [{ brand: "Luna" }, (one) => one.brand === "Luna"],
    [{ group: "g2" }, (one) => one.group === "g2"],
    [{ time_zone: "Asia/Kathmandu" }, (one) => one.time_zone === "Asia/Kathmandu"],
    [{ q: "S-1" }, (one) => one.store_id.startsWith("s-1")],
  ])("of stores that match %j are those", async (filter, matches) => {
    const all = await allOf({ window: "week" });
    const some = await allOf({ window: "week", ...filter });
    expect(some).toEqual(all.filter(matches));
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(all.length);
  });

  it("say what share of the fleet was down, to viewers of all of it", async () => {
    const [latest] = (await allOf({ window: "week" })).filter((one) => one.store_id === "s-3");
    expect(latest?.fleet_share).toBeGreaterThan(0.1);
    expect(latest?.fleet_share).toBeLessThan(0.9);
    const own = await allOf({ window: "week" }, owner);
    expect(new Set(own.map((one) => one.store_id))).toEqual(new Set(["s-3", "s-6"]));
    expect(own.every((one) => one.fleet_share === null)).toBe(true);
    expect(own).toEqual(
      (await allOf({ window: "week" }))
        .filter((one) => ["s-3", "s-6"].includes(one.store_id))
        .map((one) => ({ ...one, fleet_share: null })),
    );
  });

  it("stay with the snapshot of the first page, and a cursor with its list", async () => {
    const first = await list({ window: "week", limit: 5 });
    const cursor = first.next_cursor ?? "";
    const next = await list({ window: "week", limit: 5, cursor });
    await database().sql`update fleet_state set data_version = data_version + 1`;
    await database().sql`delete from polls where store_key < 10`;
    await makeSnapshot(database());
    expect(await list({ window: "week", limit: 5, cursor })).toEqual(next);
    await expect(list({ window: "day", limit: 5, cursor })).rejects.toMatchObject({ code: "invalid_cursor" });
    await expect(list({ window: "week", limit: 5, cursor }, owner)).rejects.toMatchObject({ code: "invalid_cursor" });
    await pruneSnapshots(database(), 1);
    const kept = await database().sql`select distinct report_id from fleet_incidents`;
    expect(kept).toHaveLength(1);
  });

  it("as CSV are the same, in the same order", async () => {
    const all = await allOf({ window: "week", sort: "down" });
    const rows: Record<string, string>[] = parse(await csvOf({ window: "week", sort: "down", bom: "1" }), {
      columns: true,
      bom: true,
    });
    expect(rows.map((row) => [row["store_id"], row["start_utc"], row["end_utc"], row["ongoing"]])).toEqual(
      all.map((one) => [one.store_id, one.start, one.end, String(one.ongoing)]),
    );
    expect(rows.map((row) => Number(row["downtime_minutes"]))).toEqual(
      all.map((one) => Math.round(one.down_ms / 600) / 100),
    );
  });
});
