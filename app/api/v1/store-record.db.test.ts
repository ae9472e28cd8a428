import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { StoreListSchema, StoreDetailSchema } from "@/lib/contract/stores";
import { StoreMergeSchema } from "@/lib/contract/store-record";
import { ensurePollPartitions } from "@/db/queries/bulk/poll-partitions";
import { openViewer } from "@/lib/server/access/viewer";
import { settleStores } from "@/lib/server/jobs/purge-stores";
import { triggerStoreReport } from "@/lib/server/reports/request-report";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";
import { plantStores, storesApi } from "./test-support/stores-api";

const { database, send, get } = storesApi();

/** Puts the polls into partitions by week, as they are in use: an undo makes sure that they exist. */
async function partitionByWeek(): Promise<void> {
  const { sql } = database();
  const polls = await sql<{ at: string }[]>`select distinct date_trunc('week', at, 'UTC') as at from polls`;
  await sql`create table held as select * from polls`;
  await sql`drop table polls_all`;
  await ensurePollPartitions(
    database(),
    polls.map(({ at }) => Date.parse(at)),
  );
  await sql`insert into polls select * from held`;
  await sql`drop table held`;
}

beforeAll(async () => {
  await plantStores(database());
  await partitionByWeek();
}, 60_000);
beforeEach(snapshot);

async function snapshot(): Promise<void> {
  await database().sql`update fleet_state set data_version = data_version + 1`;
  await makeSnapshot(database());
}
const listed = async () => {
  await snapshot();
  return StoreListSchema.parse(await get("/api/v1/stores?sort=store_id")).stores.map((store) => store.store_id);
};
const detail = async (id: string) => StoreDetailSchema.parse(await get(`/api/v1/stores/${id}`));
const json = (method: string, address: string, body?: object) =>
  send(method, address, body === undefined ? {} : { json: body });
const rowsOf = async (table: string) => {
  const { sql } = database();
  const [row] = await sql<{ rows: number }[]>`
    select count(*)::int as rows from ${sql(table)} join stores using (store_key) where store_id = 'down'`;
  return row?.rows;
};

describe("a new store", () => {
  it("is created with its hours, listed, and audited", async () => {
    const body = {
      ...{ store_id: "fresh", name: "Fresh", brand: "B", group: "G", tags: ["New", "a"], time_zone: "europe/paris" },
      business_hours: [{ day: 0, start: "09:00", end: "17:00" }],
    };
    const { response } = await json("POST", "/api/v1/stores", body);
    expect([response.status, response.headers.get("location")]).toEqual([201, "/api/v1/stores/fresh"]);
    expect(await detail("fresh")).toMatchObject({
      ...{ name: "Fresh", tags: ["a", "new"], time_zone: "Europe/Paris", hours_source: "given", lifecycle: "active" },
      business_hours: [{ day: 0, start: "09:00:00", end: "17:00:00" }],
    });
    expect(await listed()).toContain("fresh");
    const again = await json("POST", "/api/v1/stores", body);
    expect([again.response.status, again.body]).toMatchObject([409, { code: "store_exists" }]);
  });

  it("has a UUID in lower case, however a body or an address writes it", async () => {
    const upper = "D84A4552-3668-4075-AD1D-16840294F818";
    const lower = upper.toLowerCase();
    const created = await json("POST", "/api/v1/stores", { store_id: upper });
    expect(created.body).toEqual({ store_id: lower });
    const hours = [{ store_id: upper, time_zone: "UTC", business_hours: [{ day: 0, start: "09:00", end: "17:00" }] }];
    expect((await json("PUT", "/api/v1/hours", { stores: hours })).response.status).toBe(200);
    expect(await detail(upper)).toMatchObject({ store_id: lower, time_zone: "UTC", hours_source: "given" });
    expect((await listed()).filter((id) => id.toLowerCase() === lower)).toEqual([lower]);
  });

  it.each([
    ["an id with a space", { store_id: "a b" }, "invalid_store_id"],
    ["a number as an id", { store_id: 7 }, "store_id_must_be_string"],
    ["an id that files read as an empty field", { store_id: "NaN" }, "invalid_store_id"],
    ["an id that files read as a negative number", { store_id: "-5" }, "invalid_store_id"],
    ["another zone", { store_id: "x", time_zone: "Mars/Base" }, "invalid_zone"],
    ["wrong hours", { store_id: "x", business_hours: [{ day: 0, start: "9", end: "10" }] }, "invalid_hours"],
  ])("is refused with %s", async (_, body, code) => {
    expect((await json("POST", "/api/v1/stores", body)).body).toMatchObject({ code });
    expect(await listed()).not.toContain("x");
  });
});

describe("a corrected id", () => {
  it("keeps the history; the old id takes reports, names the new one, and can be set again", async () => {
    const before = await detail("down");
    expect((await json("PUT", "/api/v1/stores/down/id", { store_id: "right" })).body).toEqual({ store_id: "right" });
    expect({ ...(await detail("right")), store_id: "down" }).toEqual(before);
    const old = await json("GET", "/api/v1/stores/down");
    expect([old.response.status, old.body]).toMatchObject([
      404,
      { code: "store_not_found", detail: "Store down has the ID right now.", errors: [{ value: "right" }] },
    ]);
    expect(await listed()).toEqual(expect.arrayContaining(["right"]));
    expect(await listed()).not.toContain("down");
    expect(await triggerStoreReport(database(), openViewer, "down", "interpolated")).toBeGreaterThan(0);
    expect((await json("POST", "/api/v1/stores", { store_id: "down" })).body).toMatchObject({
      code: "store_exists",
      detail: "down is an earlier ID of store right.",
    });
    expect((await json("PUT", "/api/v1/stores/right/id", { store_id: "nothing" })).body).toMatchObject({
      code: "store_exists",
    });
    expect((await json("PUT", "/api/v1/stores/right/id", { store_id: "down" })).body).toEqual({ store_id: "down" });
    expect(await detail("down")).toEqual(before);
    await json("PUT", "/api/v1/stores/down/id", { store_id: "right" });
    await json("PUT", "/api/v1/stores/right/id", { store_id: "down" });
  });

  it("goes to another store only once it is free: two stores exchange their ids by way of a third one", async () => {
    const rename = (from: string, to: string) => json("PUT", `/api/v1/stores/${from}/id`, { store_id: to });
    const keys = async () => {
      const rows = await database().sql<{ id: string; key: number; into: number | null }[]>`
        select store_id as id, store_key as key, merged_into as into from stores
        where store_id in ('down', 'nothing', 'between') order by store_id`;
      return rows.filter(({ into }) => into === null).map(({ id, key }) => [id, key] as const);
    };
    const before = await keys();
    const [down, nothing] = before.map(([, key]) => key);
    expect((await rename("down", "nothing")).body).toMatchObject({ code: "store_exists" });
    await rename("down", "between");
    // The earlier id still reaches its store, so no other store may have it.
    expect((await rename("nothing", "down")).body).toMatchObject({ code: "store_exists" });
    expect(await keys()).toEqual([
      ["between", down],
      ["nothing", nothing],
    ]);
    for (const [from, to] of [
      ["between", "down"],
      ["down", "between"],
      ["between", "down"],
    ] as const) {
      expect((await rename(from, to)).body).toEqual({ store_id: to });
    }
    expect(await keys()).toEqual(before);
    const [earlier] = await database().sql`select merged_into from stores where store_id = 'between'`;
    expect(earlier).toEqual({ merged_into: down });
  });
});

describe("a merge", () => {
  it("is previewed without an effect, listed, and undone", async () => {
    const before = await detail("no-hours");
    const ask = (dry_run: boolean) => json("POST", "/api/v1/stores/no-hours/merge", { source_id: "down", dry_run });
    const preview = StoreMergeSchema.parse((await ask(true)).body);
    expect(preview).toMatchObject({ id: null, polls: 491, polls_added: 0, undone_at: null });
    expect(preview.polls_conflicting).toBeGreaterThan(0);
    expect(await detail("no-hours")).toEqual(before);
    const merged = StoreMergeSchema.parse((await ask(false)).body);
    expect(merged).toMatchObject({
      ...preview,
      id: 1,
      merged_at: merged.merged_at,
      undoable_until: merged.undoable_until,
    });
    expect(await detail("no-hours")).toMatchObject({ state: "offline" });
    expect(await listed()).not.toContain("down");
    expect(await get("/api/v1/store-merges")).toMatchObject({
      merges: [{ id: 1, store_id: "no-hours", source_id: "down" }],
    });
    expect((await json("POST", "/api/v1/store-merges/1/undo")).response.status).toBe(200);
    expect(await detail("no-hours")).toEqual(before);
    expect(await listed()).toContain("down");
    expect((await json("POST", "/api/v1/store-merges/1/undo")).body).toMatchObject({ code: "merge_not_undoable" });
    expect((await json("POST", "/api/v1/store-merges/9/undo")).body).toMatchObject({ code: "merge_not_found" });
    expect((await json("POST", "/api/v1/stores/down/merge", { source_id: "down" })).body).toMatchObject({
      code: "duplicate_store",
    });
  });
});

describe("a deleted store", () => {
  it.each(["active", "paused", "retired"])("is %s again when it is restored", async (lifecycle) => {
    await json("PATCH", "/api/v1/stores/down", { lifecycle });
    await send("DELETE", "/api/v1/stores/down?confirm=down");
    await json("POST", "/api/v1/deleted-stores/down/restore");
    expect(await detail("down")).toMatchObject({ lifecycle });
    await json("PATCH", "/api/v1/stores/down", { lifecycle: "active" });
  });

  it("is hidden, restored with everything, and purged after a day", async () => {
    const { sql } = database();
    await sql`insert into business_hours select store_key, 0, 0, 86400 from stores where store_id = 'down'`;
    const before = await detail("down");
    expect((await send("DELETE", "/api/v1/stores/down?confirm=dwon")).body).toMatchObject({ code: "invalid_confirm" });
    expect((await send("DELETE", "/api/v1/stores/down?confirm=down")).body).toMatchObject({ store_id: "down" });
    expect((await send("GET", "/api/v1/stores/down")).response.status).toBe(404);
    expect(await listed()).not.toContain("down");
    expect((await json("POST", "/api/v1/stores", { store_id: "down" })).body).toMatchObject({
      code: "store_exists",
      detail: expect.stringContaining("deleted") as string,
    });
    expect(await get("/api/v1/deleted-stores")).toMatchObject({ stores: [{ store_id: "down" }] });
    expect((await json("POST", "/api/v1/deleted-stores/down/restore")).body).toEqual({ store_id: "down" });
    expect({ ...(await detail("down")), lifecycle_since: before.lifecycle_since }).toEqual(before);
    expect((await json("POST", "/api/v1/deleted-stores/down/restore")).body).toMatchObject({ code: "store_not_found" });

    await send("DELETE", "/api/v1/stores/down?confirm=down");
    await settleStores(database());
    expect(await rowsOf("polls")).toBe(491);
    await sql`update stores set lifecycle_since = now() - interval '25 hours' where store_id = 'down'`;
    expect((await json("POST", "/api/v1/deleted-stores/down/restore")).body).toMatchObject({ code: "store_not_found" });
    const [others] = await sql`select count(*)::int as polls from polls where store_key <> 2`;
    await settleStores(database());
    for (const table of ["polls", "poll_conflicts", "business_hours", "schedule_exceptions", "person_stores"]) {
      expect([table, await rowsOf(table)]).toEqual([table, 0]);
    }
    expect(await sql`select count(*)::int as polls from polls`).toMatchObject([others]);
    expect(await sql`select 1 from stores where store_id = 'down'`).toHaveLength(0);
    const actions = await sql<
      { action: string }[]
    >`select action from audit_entries where subject = 'store:down' order by id desc limit 3`;
    expect(actions.map(({ action }) => action)).toEqual(["store.delete", "store.restore", "store.delete"]);
  });
});
