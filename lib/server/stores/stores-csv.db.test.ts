import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { pruneSnapshots } from "@/db/queries/bulk/queue-report";
import { testDb } from "@/db/testing/test-db";
import { SelectedStoresCsvSchema, StoreCsvQuerySchema, StoreListQuerySchema } from "@/lib/contract/stores";
import { openViewer, type Viewer } from "@/lib/server/access/viewer";
import { listStores } from "./list-stores";
import { streamStoresCsv } from "./stores-csv";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";

const database = testDb();
const newest = "2023-01-25T18:13:22.479Z";
const fleetSize = 60;

async function csvOf(query: Record<string, string>): Promise<string> {
  const { body } = await streamStoresCsv(database(), openViewer, StoreCsvQuerySchema.parse(query));
  return Buffer.from(await new Response(body).arrayBuffer()).toString();
}

const rowsOf = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_all partition of polls default`;
  await expect(csvOf({})).rejects.toMatchObject({ code: "no_snapshot" });
  await sql`
    insert into stores (store_id, name, brand)
    select 's-' || lpad((n * 7 % 100)::text, 3, '0'), case when n = 7 then '=1+1,"x"' when n % 3 = 0 then 'Store ' || n end, 'Luna'
    from generate_series(1, ${fleetSize}) as n`;
  await sql`
    insert into polls (store_key, at, active)
    select store_key, ${newest}::timestamptz - make_interval(hours => hour),
      hour % (2 + store_key % 6) <> 0 or store_key % 5 = 4
    from stores, generate_series(0, 200) as hour where store_key % 8 <> 0`;
  await sql`update fleet_state set newest_poll_at = ${newest}, data_version = 1`;
  await makeSnapshot(database());
});

describe("the CSV of the stores", () => {
  const selectedOf = async (viewer: Viewer, body: object) => {
    const { body: stream } = await streamStoresCsv(database(), viewer, SelectedStoresCsvSchema.parse(body));
    return rowsOf(Buffer.from(await new Response(stream).arrayBuffer()).toString()).map((row) => row["store_id"]);
  };

  it("of selected stores has their rows, in the order of the request", async () => {
    const selected = { store_ids: ["s-021", "s-007", "s-014", "s-007"] };
    expect(await selectedOf(openViewer, { ...selected, sort: "store_id" })).toEqual(["s-007", "s-014", "s-021"]);
    expect(await selectedOf(openViewer, { ...selected, sort: "-store_id" })).toEqual(["s-021", "s-014", "s-007"]);
  });

  it("of selected stores has retired ones too", async () => {
    const [{ id }] = await database().sql<[{ id: number }]>`
      select report_id as id from fleet_rows where store_id = 's-014' order by 1 desc limit 1`;
    const set = (state: string | null) => database().sql`
      update fleet_rows set state = ${state} where report_id = ${id} and store_id = 's-014'`;
    const [{ state }] = await database().sql<[{ state: string }]>`
      select state from fleet_rows where report_id = ${id} and store_id = 's-014'`;
    await set("retired");
    expect(await selectedOf(openViewer, { store_ids: ["s-007", "s-014"], sort: "store_id" })).toEqual([
      "s-007",
      "s-014",
    ]);
    await set(state);
  });

  it("of selected stores refuses one that the viewer does not see", async () => {
    const [{ key }] = await database().sql<[{ key: number }]>`
      select store_key as key from stores where store_id = 's-007'`;
    const owner = { ...openViewer, kind: "person", principal: "person:1", account: "person:1", stores: [key] } as const;
    expect(await selectedOf(owner, { store_ids: ["s-007"] })).toEqual(["s-007"]);
    await expect(selectedOf(owner, { store_ids: ["s-007", "s-014"] })).rejects.toMatchObject({
      code: "store_not_found",
    });
  });

  it.each<Record<string, string>>([
    {},
    { sort: "-name" },
    { state: "offline", sort: "-down_week" },
    { preset: "on_track", q: "s-0" },
  ])("of %j has the rows of the list, in its order, with its figures", async (query) => {
    const list = await listStores(database(), openViewer, StoreListQuerySchema.parse({ ...query, limit: 500 }));
    const rows = rowsOf(await csvOf(query));
    expect(rows.map((row) => row["store_id"])).toEqual(list.stores.map((store) => store.store_id));
    expect(rows.length).toBeGreaterThan(2);
    for (const [index, store] of list.stores.entries()) {
      const ratio = store.uptime_ratio.week;
      const floored = ratio === null ? "" : (Math.floor(ratio * 10_000 + 1e-9) / 100).toFixed(2);
      expect(rows[index]).toMatchObject({
        state: store.state,
        state_since_utc: store.state_since ?? "",
        uptime_last_week_percent: floored,
        downtime_last_hour_minutes: (store.down_ms.hour / 60_000).toFixed(2),
        as_of_utc: newest,
      });
    }
  });

  it("ends lines by CRLF, quotes, and has no name that is a formula", async () => {
    const text = await csvOf({});
    expect(text.startsWith("store_id,name,brand,group,state,")).toBe(true);
    expect(text.split("\r\n")).toHaveLength(fleetSize + 2);
    expect(text).toContain(`,"'=1+1,""x""",Luna,`);
    expect(text.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it("starts with a byte order mark on request", async () => {
    expect(await csvOf({ bom: "1" })).toBe(`\uFEFF${await csvOf({})}`);
  });

  it("is only the header when nothing matches", async () => {
    expect(rowsOf(await csvOf({ q: "nobody" }))).toEqual([]);
  });

  it("breaks off rather than end early when its snapshot is dropped", async () => {
    const { sql } = database();
    const { body } = await streamStoresCsv(database(), openViewer, StoreCsvQuerySchema.parse({}));
    await sql`update fleet_state set data_version = data_version + 1`;
    await makeSnapshot(database());
    await pruneSnapshots(database(), 1);
    await expect(new Response(body).text()).rejects.toThrow();
  });
});
