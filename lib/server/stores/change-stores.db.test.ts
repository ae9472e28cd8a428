import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { ChangeStoresSchema } from "@/lib/contract/store-changes";
import { openViewer, type Viewer } from "@/lib/server/access/viewer";
import { clear, dataVersion, importRows } from "@/lib/server/imports/test-support/import-text";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";
import { changeStores } from "./change-stores";
import { editStore } from "./edit-store";
import { mergeStore } from "./merge-stores";
import { putHours } from "./store-hours";
import { changeStoreId, deleteStore } from "./store-record";

const database = testDb();
beforeEach(() => clear(database()));

const change = (viewer: Viewer, body: unknown) => changeStores(database(), viewer, ChangeStoresSchema.parse(body));

async function keyOf(storeId: string): Promise<number> {
  const [row] = await database().sql<{ key: number }[]>`
    select store_key as key from stores where store_id = ${storeId}`;
  return row?.key ?? 0;
}

it("changes the matching stores of a viewer of some stores", async () => {
  await importRows(database(), "polls", ["a,active,2023-01-01T00:00:00Z", "b,active,2023-01-01T00:00:00Z"]);
  await database().sql`update stores set brand = 'x'`;
  await makeSnapshot(database());
  const own = [await keyOf("a")];
  const owner: Viewer = { ...openViewer, kind: "person", principal: "person:1", account: "person:1", stores: own };
  const { results } = await change({ ...owner, managed: own }, { filter: { brand: "x" }, add_tags: ["t"] });
  expect(results).toEqual([{ store_id: "a", result: "changed", code: null }]);
});

const plant = () => importRows(database(), "timezones", ["a,UTC", "b,UTC"]);
const merge = (targetId: string, sourceId: string) =>
  mergeStore(database(), openViewer, targetId, { source_id: sourceId, dry_run: false });

it("counts an earlier id and the present one as one store", async () => {
  await plant();
  await merge("b", "a");
  const { results } = await change(openViewer, { store_ids: ["a", "b"], add_tags: ["t"] });
  expect(results).toEqual([{ store_id: "a", result: "changed", code: null }]);
});

it("computes the fleet again after another brand or group, because those have calendars", async () => {
  await plant();
  const before = await dataVersion(database());
  await change(openViewer, { store_ids: ["a"], add_tags: ["t"] });
  expect(await dataVersion(database())).toBe(before);
  await change(openViewer, { store_ids: ["a"], brand: "x" });
  await change(openViewer, { store_ids: ["a"], group: "g" });
  await editStore(database(), openViewer, "a", { brand: "y" });
  await editStore(database(), openViewer, "a", { group: "h" });
  expect(await dataVersion(database())).toBe(before + 4);
});

it("refuses hours of an earlier id that are not those of its etag", async () => {
  await plant();
  await merge("b", "a");
  const stale = { store_id: "a", time_zone: "UTC", business_hours: [], etag: '"stale"' };
  await expect(putHours(database(), openViewer, [stale])).rejects.toMatchObject({ code: "precondition_failed" });
});

it("does not take back the id of a store while its merge can be undone", async () => {
  await plant();
  await merge("b", "a");
  await expect(changeStoreId(database(), openViewer, "b", "a")).rejects.toMatchObject({ code: "store_exists" });
  await database().sql`update store_merges set created_at = now() - interval '25 hours'`;
  expect(await changeStoreId(database(), openViewer, "b", "a")).toEqual({ store_id: "a" });
});

it.each<[string, () => Promise<unknown>]>([
  ["the target of a merge", () => merge("a", "b")],
  ["the source of a merge", () => merge("b", "a")],
  ["a store that is deleted", () => deleteStore(database(), openViewer, "a", "a")],
  ["a store with a new id", () => changeStoreId(database(), openViewer, "a", "c")],
  ["a store with another lifecycle", () => editStore(database(), openViewer, "a", { lifecycle: "paused" })],
  ["one of several stores", () => change(openViewer, { store_ids: ["a"], lifecycle: "paused" })],
])("does not change a store that was deleted while its lock was awaited: %s", async (_, act) => {
  await plant();
  const { acting } = await withTransaction(database(), async ({ sql }) => {
    await sql`update stores set lifecycle = 'deleted', lifecycle_since = now() where store_id = 'a'`;
    const begun = act().catch((error: unknown) => error);
    const waiting = () => database().sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length, { timeout: 20_000 }).toBe(1);
    return { acting: begun };
  });
  const outcome = await acting;
  const refused = { code: "store_not_found" };
  expect(outcome).toMatchObject(outcome instanceof Error ? refused : { results: [refused] });
  expect(await database().sql`select lifecycle from stores where store_id = 'a'`).toEqual([{ lifecycle: "deleted" }]);
});
