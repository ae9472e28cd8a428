import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FleetSchema, RollupsSchema } from "@/lib/contract/fleet";
import { StoresChangedSchema } from "@/lib/contract/store-changes";
import { StoreDetailSchema, StoreListSchema } from "@/lib/contract/stores";
import { requestReport } from "@/lib/server/reports/request-report";
import { computeNextReport, makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";
import { openViewer } from "@/lib/server/access/viewer";
import { plantStores, storeId, storesApi } from "./test-support/stores-api";

const { database, send, get } = storesApi();

beforeAll(() => plantStores(database()), 60_000);
beforeEach(async () => {
  await database()
    .sql`update stores set tags = '{}', brand = null, group_name = null, lifecycle = 'active', lifecycle_since = null`;
  await snapshot();
});

const ids = [storeId, "down", "no-hours", "nothing"];
const change = async (json: object) => {
  const { response, body } = await send("PATCH", "/api/v1/stores", { json });
  return response.status === 200 ? StoresChangedSchema.parse(body) : body;
};
/** A snapshot of the data as it is now. */
async function snapshot(): Promise<void> {
  await database().sql`update fleet_state set data_version = data_version + 1`;
  await makeSnapshot(database());
}
const list = async (query = "") => StoreListSchema.parse(await get(`/api/v1/stores?sort=store_id${query}`));
const idsOf = async (query = "") => (await list(query)).stores.map((store) => store.store_id);
const fleet = async (query = "") => FleetSchema.parse(await get(`/api/v1/fleet${query}`));
const audit = async () => {
  const rows = await database().sql<
    { entry: string }[]
  >`select action || ' ' || subject as entry from audit_entries order by id`;
  return rows.map(({ entry }) => entry);
};

describe("a change of several stores", () => {
  it("adds and removes tags, sets brand and group, and says what became of each store", async () => {
    const before = (await audit()).length;
    const tagged = await change({
      store_ids: ["down", "no-hours", "unknown"],
      add_tags: ["Late", "airport"],
      brand: "B",
    });
    expect(tagged).toEqual({
      ...{ dry_run: false, changed: 2, unchanged: 0, refused: 1 },
      results: [
        { store_id: "down", result: "changed", code: null },
        { store_id: "no-hours", result: "changed", code: null },
        { store_id: "unknown", result: "refused", code: "store_not_found" },
      ],
    });
    expect((await audit()).slice(before)).toEqual(["store.change store:down", "store.change store:no-hours"]);
    expect((await list("&tag=late")).stores).toMatchObject([
      { store_id: "down", tags: ["airport", "late"], brand: "B" },
      { store_id: "no-hours", tags: ["airport", "late"] },
    ]);
    expect(await change({ filter: { tag: "LATE" }, remove_tags: ["late"], add_tags: ["airport"] })).toMatchObject({
      changed: 2,
    });
    expect(await idsOf("&tag=late")).toEqual([]);
    expect(await change({ store_ids: ["down"], add_tags: ["airport"] })).toMatchObject({ changed: 0, unchanged: 1 });
    expect(RollupsSchema.parse(await get("/api/v1/fleet/rollups?by=tag")).rollups).toMatchObject([
      { label: "airport", stores: 2 },
      { label: null, stores: 2 },
    ]);
    expect(await get("/api/v1/fleet/labels")).toMatchObject({ tags: [{ label: "airport", stores: 2 }] });
  });

  it("changes nothing in a dry run", async () => {
    const before = await audit();
    expect(await change({ store_ids: ids, lifecycle: "retired", dry_run: true })).toMatchObject({
      dry_run: true,
      changed: 4,
    });
    expect(await audit()).toEqual(before);
    await snapshot();
    expect(await idsOf()).toHaveLength(4);
  });

  it("refuses a store that would have too many tags, and no other", async () => {
    const many = Array.from({ length: 20 }, (_, i) => `t${String(i)}`);
    await change({ store_ids: ["down"], add_tags: many });
    expect(await change({ store_ids: ["down", "nothing"], add_tags: ["one-more"] })).toMatchObject({
      results: [{ result: "refused", code: "too_many_tags" }, { result: "changed" }],
    });
    expect(await change({ store_ids: ["down"], add_tags: ["one-more"], remove_tags: ["t0"] })).toMatchObject({
      changed: 1,
    });
  });

  it.each([
    ["neither ids nor a filter", { add_tags: ["a"] }, "invalid_store_id"],
    ["both", { store_ids: ["down"], filter: { q: "d" } }, "invalid_store_id"],
    ["a filter without a condition", { filter: {}, lifecycle: "retired" }, "invalid_filter"],
    ["a filter of an empty text", { filter: { q: " " }, lifecycle: "retired" }, "invalid_filter"],
    ["a tag with a comma", { store_ids: ["down"], add_tags: ["a,b"] }, "invalid_add_tags"],
    ["another lifecycle", { store_ids: ["down"], lifecycle: "deleted" }, "invalid_lifecycle"],
    ["a number as an id", { store_ids: [7] }, "store_id_must_be_string"],
    ["an unknown field", { store_ids: ["down"], name: "x" }, "unknown_field"],
  ])("is refused with %s", async (_, json, code) => {
    expect(await change(json)).toMatchObject({ code });
  });
});

describe("a paused store", () => {
  it("is listed and not counted, and its checks are still stored", async () => {
    const all = await fleet();
    await change({ store_ids: ["down"], lifecycle: "paused" });
    await snapshot();
    const { counts, paused, stores, windows } = await fleet();
    expect({ paused, stores }).toEqual({ paused: 1, stores: 3 });
    expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(3);
    expect(windows?.week.open_ms).toBe((all.windows?.week.open_ms ?? 0) - 7 * 86_400_000);
    const shown = await list();
    expect(shown.matching).toBe(4);
    expect(shown.stores.find((one) => one.store_id === "down")).toMatchObject({
      ...{ state: "paused", last_poll_at: all.newest_poll_at, down_ms: { week: 0 } },
      uptime_ratio: { hour: null, day: null, week: null },
    });
    expect(await idsOf("&state=paused")).toEqual(["down"]);
    for (const sort of ["uptime_week", "-uptime_week", "state", "-state", "name", "state_since"]) {
      const { stores: sorted } = StoreListSchema.parse(await get(`/api/v1/stores?sort=${sort}`));
      expect([sort, sorted.map((one) => one.store_id).sort()]).toEqual([sort, [...ids].sort()]);
    }
    expect(StoreDetailSchema.parse(await get("/api/v1/stores/down"))).toMatchObject({
      lifecycle: "paused",
      state: "offline",
    });
    expect(await get("/api/v1/data-quality")).toMatchObject({ stores: 4 });
  });

  it("is left out of reports of all stores, and has figures in one that names it", async () => {
    await change({ store_ids: ["down"], lifecycle: "paused" });
    const rowsOf = async (body: object) => {
      const report = await requestReport(database(), openViewer, { method: "interpolated", ...body }, Date.now());
      await computeNextReport(database());
      const rows = await database().sql<
        { id: string }[]
      >`select store_id as id from report_rows where report_id = ${report.id}`;
      return rows.map(({ id }) => id).sort();
    };
    expect(await rowsOf({})).toEqual([storeId, "no-hours", "nothing"].sort());
    expect(await rowsOf({ store_id: "down" })).toEqual(["down"]);
  });

  it("is counted again when it is resumed", async () => {
    const before = await fleet();
    await change({ store_ids: ["down"], lifecycle: "paused" });
    await snapshot();
    expect(await change({ filter: { state: "paused" }, lifecycle: "active" })).toMatchObject({ changed: 1 });
    await snapshot();
    const { as_of: _1, computed_at: _2, ...after } = await fleet();
    expect(before).toMatchObject(after);
    expect((await audit()).slice(-2)).toEqual(["store.pause store:down", "store.resume store:down"]);
  });
});

describe("a retired store", () => {
  it("leaves lists and data quality, keeps its history, and is found by its state", async () => {
    await change({ store_ids: ["down"], lifecycle: "retired" });
    await snapshot();
    expect(await idsOf()).toEqual([storeId, "no-hours", "nothing"].sort());
    expect((await list()).matching).toBe(3);
    expect(await idsOf("&q=down")).toEqual([]);
    expect(await idsOf("&state=retired&q=down")).toEqual(["down"]);
    expect(await fleet()).toMatchObject({ stores: 3, paused: 0, retired: 1 });
    expect(await fleet("?q=down")).toMatchObject({ stores: 0, retired: 1 });
    expect(await get("/api/v1/data-quality")).toMatchObject({ stores: 3 });
    const { incidents } = (await get("/api/v1/stores/down/incidents")) as { incidents: unknown[] };
    expect(incidents.length).toBeGreaterThan(0);
    expect(await change({ filter: { q: "down" }, lifecycle: "active" })).toMatchObject({ changed: 0, results: [] });
    expect(await change({ store_ids: ["down"], lifecycle: "active" })).toMatchObject({ changed: 1 });
    expect((await audit()).at(-1)).toBe("store.reinstate store:down");
  });
});

it("edits the tags and the lifecycle of one store", async () => {
  const json = { tags: ["b", "A", "b"], lifecycle: "paused" };
  expect((await send("PATCH", "/api/v1/stores/down", { json })).body).toMatchObject({
    tags: ["a", "b"],
    lifecycle: "paused",
  });
  expect((await audit()).slice(-2)).toEqual(["store.pause store:down", "store.change store:down"]);
});
