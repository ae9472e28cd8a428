import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { FleetQuerySchema, FleetSchema, RollupsSchema } from "@/lib/contract/fleet";
import {
  StoreDetailSchema,
  StoreListQuerySchema,
  StoreListSchema,
  StoreSortSchema,
  type StoreList,
  type StoreListItem,
} from "@/lib/contract/stores";
import { StoreUptimeSchema, WindowNameSchema } from "@/lib/contract/uptime";
import { openViewer } from "@/lib/server/access/viewer";
import { getFleet } from "./get-fleet";
import { getFleetLabels } from "./get-fleet-labels";
import { getRollups } from "./get-rollups";
import { getStore } from "./get-store";
import { getStoreUptime } from "./get-store-uptime";
import { listStores } from "./list-stores";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";

const database = testDb();
const newest = "2023-01-25T18:13:22.479Z";
const fleetSize = 40;

const list = async (query: Record<string, unknown> = {}): Promise<StoreList> =>
  StoreListSchema.parse(await listStores(database(), openViewer, StoreListQuerySchema.parse(query)));

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  expect(await list()).toMatchObject({ as_of: null, computed_at: null, stores: [], next_cursor: null, fleet: null });
  await sql`
    insert into stores (store_id, name, time_zone)
    select 's-' || lpad((n * 7 % 100)::text, 3, '0'), case when n % 5 = 0 then '100% Café_' || n end,
      case when n % 2 = 0 then 'America/New_York' end
    from generate_series(1, ${fleetSize}) as n`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select store_key, day, 36000, 79200 from stores, generate_series(0, 6) as day where store_key % 3 = 0`;
  // Every eighth store was never polled; several share their figures.
  await sql`
    insert into polls (store_key, at, active)
    select store_key, ${newest}::timestamptz - make_interval(hours => hour),
      hour % (2 + store_key % 6) <> 0 or store_key % 5 = 4
    from stores, generate_series(0, 200) as hour where store_key % 8 <> 0`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
  await makeSnapshot(database());
});

async function allPages(query: Record<string, unknown>, limit: number): Promise<StoreListItem[]> {
  const stores: StoreListItem[] = [];
  let cursor: string | null = null;
  do {
    const page: StoreList = await list({ ...query, limit, ...(cursor === null ? {} : { cursor }) });
    stores.push(...page.stores);
    cursor = page.next_cursor;
    expect(stores.length).toBeLessThanOrEqual(fleetSize);
  } while (cursor !== null);
  return stores;
}

describe("the list of stores", () => {
  it.each(StoreSortSchema.options)(
    "by %s has every store once, in order, stores without a figure last",
    async (sort) => {
      const key = (store: StoreListItem): number | string | null => {
        switch (sort.replace("-", "")) {
          case "store_id":
            return store.store_id;
          case "name":
            return store.name;
          case "state":
            return ["offline", "no_recent_check", "online", "closed"].indexOf(store.state);
          case "state_since":
            return store.state_since;
          case "down_week":
            return store.down_ms.week;
          case "coverage_week":
            return store.coverage.week;
          default:
            return store.uptime_ratio[WindowNameSchema.parse(sort.split("_").at(-1))];
        }
      };
      const turn = sort.startsWith("-") ? -1 : 1;
      const all = await allPages({ sort }, fleetSize);
      expect(new Set(all.map((store) => store.store_id)).size).toBe(fleetSize);
      const expected = all.toSorted((a, b) => {
        const [one, other] = [key(a), key(b)];
        if (one === null || other === null) {
          if (one !== other) return one === null ? 1 : -1;
        } else if (one !== other) return one < other ? -turn : turn;
        return a.store_id < b.store_id ? -turn : turn;
      });
      expect(all).toEqual(expected);
      expect(all.some((store) => store.uptime_ratio.week === null)).toBe(true);
      for (const limit of [1, 3, 7]) expect(await allPages({ sort }, limit)).toEqual(all);
    },
  );

  it("counts the states and sums the fleet", async () => {
    const { counts, fleet, matching, as_of: asOf, stores } = await list({ limit: 500 });
    expect(asOf).toBe(newest);
    expect(matching).toBe(fleetSize);
    for (const state of ["online", "offline", "closed", "no_recent_check"] as const) {
      expect(counts[state]).toBe(stores.filter((store) => store.state === state).length);
    }
    expect(fleet?.week.down_ms).toBe(stores.reduce((sum, store) => sum + store.down_ms.week, 0));
    expect(fleet?.week.uptime_ratio).toBe(
      (fleet?.week.up_ms ?? 0) / ((fleet?.week.up_ms ?? 0) + (fleet?.week.down_ms ?? 0)),
    );
  });

  it("finds part of an id or a name in any case, with % and _ taken literally", async () => {
    const found = async (q: string): Promise<number> => {
      const page = await list({ q, limit: 500 });
      expect(page.matching).toBe(page.stores.length);
      return page.stores.length;
    };
    expect(await found("CAFÉ")).toBe(8);
    expect(await found("% c")).toBe(8);
    expect(await found("é_1")).toBe(2);
    expect(await found("%")).toBe(8);
    expect(await found("_")).toBe(8);
    expect(await found("\\")).toBe(0);
    expect(await found("S-00")).toBeGreaterThan(0);
    expect(await found("zzz")).toBe(0);
  });

  it("filters by state, also over pages", async () => {
    const offline = await allPages({ state: "offline" }, 2);
    expect(offline.length).toBeGreaterThan(2);
    expect(offline.every((store) => store.state === "offline")).toBe(true);
    expect((await list({ state: "offline" })).matching).toBe(offline.length);
  });

  it("filters by brand and group", async () => {
    const { sql } = database();
    await sql`update stores set brand = 'Luna', group_name = case when store_key < 9 then 'East' else 'We st' end where store_key < 20`;
    expect((await list({ brand: "Luna" })).matching).toBe(19);
    const west = await allPages({ brand: "Luna", group: "We st", sort: "-name" }, 3);
    expect(west).toHaveLength(11);
    expect(west.every(({ brand, group }) => brand === "Luna" && group === "We st")).toBe(true);
    expect((await list({ brand: "luna" })).matching).toBe(0);
    expect(await getFleetLabels(database(), openViewer)).toEqual({
      brands: [{ label: "Luna", stores: 19 }],
      groups: [
        { label: "We st", stores: 11 },
        { label: "East", stores: 8 },
      ],
      tags: [],
    });
  });

  it("separates stores that need attention from those on track; unchecked ones are neither", async () => {
    const needs = (store: StoreListItem) =>
      store.state === "offline" || (store.uptime_ratio.day !== null && store.uptime_ratio.day < 0.95);
    const all = await allPages({}, 100);
    const attention = await allPages({ preset: "needs_attention" }, 100);
    expect(attention).toEqual(all.filter(needs));
    const onTrack = await allPages({ preset: "on_track" }, 100);
    expect(onTrack).toEqual(all.filter((store) => !needs(store) && /online|closed/.test(store.state)));
    expect(Math.min(attention.length, onTrack.length)).toBeGreaterThan(2);
    expect(attention.length + onTrack.length).toBeLessThan(all.length);
  });

  it("accepts a cursor only with the filter and order it came from", async () => {
    const cursor = (await list({ limit: 5 })).next_cursor;
    const refused = (query: Record<string, unknown>) =>
      expect(list(query)).rejects.toMatchObject({ code: "invalid_cursor" });
    await refused({ cursor, sort: "store_id" });
    await refused({ cursor, q: "s" });
    await refused({ cursor, state: "offline" });
    for (const forged of ["x", "e30", Buffer.from("[1,2,3,4]").toString("base64url")])
      await refused({ cursor: forged });
  });

  it("stays with the snapshot of its first page", async () => {
    const first = await list({ limit: 10, sort: "store_id" });
    await database().sql`update fleet_state set newest_poll_at = newest_poll_at + interval '1 day', data_version = 2`;
    await makeSnapshot(database());
    const second = await list({ limit: 10, sort: "store_id", cursor: first.next_cursor });
    expect(second.as_of).toBe(first.as_of);
    expect((await list()).as_of).not.toBe(first.as_of);
    await database().sql`update fleet_state set newest_poll_at = ${newest}, data_version = 3`;
    await makeSnapshot(database());
  });
});

describe("the fleet's figures with a filter", () => {
  const fleet = async (query: Record<string, unknown>) => {
    const parsed = FleetQuerySchema.parse(query);
    return FleetSchema.parse(await getFleet(database(), openViewer, undefined, undefined, parsed));
  };

  it.each([{ q: "café" }, { state: "offline" }, { preset: "needs_attention" }, { q: "1", state: "offline" }])(
    "are those of the stores in the list: %j",
    async (query) => {
      const [all, found] = [await allPages(query, 50), await fleet(query)];
      expect(all.length).toBeGreaterThan(0);
      expect(found.stores).toBe(all.length);
      for (const window of ["hour", "day", "week"] as const) {
        const sum = all.reduce((total, { down_ms }) => total + down_ms[window], 0);
        expect(found.windows?.[window].down_ms).toBe(sum);
      }
      const ratios = all.flatMap(({ uptime_ratio: { week } }) => (week === null ? [] : [week])).sort((a, b) => a - b);
      const middle = ratios.length / 2;
      const median = ((ratios[Math.ceil(middle) - 1] ?? 0) + (ratios[Math.floor(middle)] ?? 0)) / 2;
      expect(found.median_uptime_ratio.week).toBeCloseTo(median, 9);
      expect(found.hours).toEqual([]);
    },
  );

  it("count the states whatever the state of the filter", async () => {
    const [one, any] = [await fleet({ q: "1", state: "offline" }), await fleet({ q: "1" })];
    expect(one.counts).toEqual(any.counts);
    expect(one.stores).toBe(any.counts.offline);
  });

  it("are zero where no store matches, and of the whole fleet without a filter", async () => {
    expect(await fleet({ q: "no such store" })).toMatchObject({ stores: 0, windows: { week: { open_ms: 0 } } });
    expect((await fleet({})).stores).toBe(fleetSize);
    expect((await fleet({})).hours.length).toBeGreaterThan(0);
  });
});

describe("roll-ups", () => {
  it.each(["brand", "group", "time_zone"] as const)("by %s sum to the fleet", async (by) => {
    const { rollups } = RollupsSchema.parse(await getRollups(database(), openViewer, by));
    const fleet = FleetSchema.parse(await getFleet(database(), openViewer));
    const total = (of: (rollup: (typeof rollups)[number]) => number) => rollups.reduce((sum, one) => sum + of(one), 0);
    expect(total(({ stores }) => stores)).toBe(fleet.stores);
    expect(total(({ offline }) => offline)).toBe(fleet.counts.offline);
    for (const window of ["hour", "day", "week"] as const) {
      expect(total(({ windows }) => windows[window].up_ms)).toBe(fleet.windows?.[window].up_ms);
      expect(total(({ windows }) => windows[window].down_ms)).toBe(fleet.windows?.[window].down_ms);
    }
  });

  it("have a ratio of the sums of their stores, and a row for those without a label", async () => {
    const { rollups, matching } = RollupsSchema.parse(await getRollups(database(), openViewer, "time_zone"));
    expect(matching).toBe(rollups.length);
    expect(rollups.map(({ label }) => label).sort()).toEqual(["America/New_York", null]);
    for (const { windows } of rollups) {
      const { up_ms: up, down_ms: down, uptime_ratio: ratio } = windows.week;
      expect(ratio).toBe(up / (up + down));
    }
  });
});

describe("one store", () => {
  it("shows the figures of the list, and buckets that sum to its window", async () => {
    for (const item of (await list({ limit: 500 })).stores) {
      for (const window of ["hour", "day", "week"] as const) {
        const uptime = StoreUptimeSchema.parse(await getStoreUptime(database(), openViewer, item.store_id, window));
        expect(uptime.windows[window].uptime_ratio).toBe(item.uptime_ratio[window]);
        expect(uptime.windows[window].down_ms).toBe(item.down_ms[window]);
        expect(uptime.buckets.reduce((sum, bucket) => sum + bucket.down_ms, 0)).toBe(item.down_ms[window]);
      }
      const detail = StoreDetailSchema.parse(await getStore(database(), openViewer, item.store_id));
      expect(detail).toMatchObject({
        state: item.state,
        state_since: item.state_since,
        last_poll_at: item.last_poll_at,
        name: item.name,
      });
    }
  });

  it("shows its hours as given, and what was assumed", async () => {
    const { sql } = database();
    await sql`insert into stores (store_id) values ('late')`;
    await sql`
      insert into business_hours (store_key, day, start_second, end_second)
      select store_key, 0, 72000, 93600 from stores where store_id = 'late' union all
      select store_key, 1, 0, 86400 from stores where store_id = 'late'`;
    expect(await getStore(database(), openViewer, "late")).toMatchObject({
      time_zone: "America/Chicago",
      time_zone_source: "assumed",
      hours_source: "given",
      business_hours: [
        { day: 0, start: "20:00:00", end: "02:00:00" },
        { day: 1, start: "00:00:00", end: "24:00:00" },
      ],
      state: "closed",
      // The Monday after the newest poll, at 20:00 in Chicago.
      opens_at: "2023-01-31T02:00:00.000Z",
      closes_at: null,
      last_poll_at: null,
    });
  });

  it.each(["nobody", "a b", "a\0b", ""])("%j is not found", async (storeId) => {
    await expect(getStore(database(), openViewer, storeId)).rejects.toMatchObject({ code: "store_not_found" });
    await expect(getStoreUptime(database(), openViewer, storeId, "day")).rejects.toMatchObject({
      code: "store_not_found",
    });
  });
});
