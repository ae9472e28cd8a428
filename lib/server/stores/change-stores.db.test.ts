import { beforeEach, expect, it } from "vitest";
import { packWeekly } from "@/db/queries/bulk/schedule-codec";
import { insertSession } from "@/db/queries/sessions";
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

const weekly = [
  { day: 0, start: "18:00", end: "02:00" },
  { day: 1, closed: true },
];
const earlierDates = () => database().sql`
  select s.store_id, e.valid_before::text as date from earlier_hours e join stores s using (store_key) order by 1, 2`;
const hoursOf = (storeId: string) => database().sql`
  select h.day, h.start_second, h.end_second from business_hours h join stores s using (store_key)
  where s.store_id = ${storeId} order by 1, 2`;

it("sets weekly hours from a date on, says before which stores change, and keeps those that have them", async () => {
  await plant();
  const same = { store_ids: ["a", "b"], business_hours: weekly, valid_from: "beginning" };
  await change(openViewer, { store_ids: ["a"], business_hours: weekly, valid_from: "beginning" });
  const before = await dataVersion(database());
  const expected = { changed: 1, unchanged: 1, refused: 0 };
  expect(await change(openViewer, { ...same, dry_run: true })).toMatchObject({ dry_run: true, ...expected });
  expect(await hoursOf("b")).toEqual([]);
  expect(await dataVersion(database())).toBe(before);
  expect(await change(openViewer, same)).toMatchObject(expected);
  expect(await hoursOf("b")).toEqual(await hoursOf("a"));
  expect(await hoursOf("b")).toHaveLength(2);
  expect(await dataVersion(database())).toBe(before + 1);
  const always = { store_ids: ["a", "b"], business_hours: null, valid_from: "2023-03-01" };
  expect(await change(openViewer, always)).toMatchObject({ changed: 2 });
  expect(await hoursOf("a")).toEqual([]);
  expect(await earlierDates()).toEqual([
    { store_id: "a", date: "2023-03-01" },
    { store_id: "b", date: "2023-03-01" },
  ]);
  expect(await change(openViewer, { ...always, dry_run: true })).toMatchObject({ changed: 0, unchanged: 2 });
});

it("refuses hours that are none, and a first day without hours", async () => {
  await plant();
  const noon = [{ day: 0, start: "noon", end: "17:00" }];
  await expect(change(openViewer, { store_ids: ["a"], business_hours: noon })).rejects.toMatchObject({
    code: "invalid_hours",
  });
  await expect(change(openViewer, { store_ids: ["a"], valid_from: "2023-03-01" })).rejects.toMatchObject({
    code: "invalid_valid_from",
  });
});

it("names a store whose hours have changed too often, and sets those of the others", async () => {
  await plant();
  const packed = packWeekly([{ day: 0, startSecond: 3600, endSecond: 7200 }]);
  await database().sql`
    insert into earlier_hours (store_key, valid_before, hours)
    select ${await keyOf("a")}, date '2010-01-01' + day, case when day % 2 = 0 then ${packed}::bytea end
    from generate_series(1, 200) as day`;
  const from = { business_hours: weekly, valid_from: "2023-03-01" };
  const { results } = await change(openViewer, { store_ids: ["a", "b"], ...from });
  expect(results).toEqual([
    { store_id: "a", result: "refused", code: "too_many_hours_changes" },
    { store_id: "b", result: "changed", code: null },
  ]);
  expect(await hoursOf("a")).toEqual([]);
  expect(await hoursOf("b")).toHaveLength(2);
});

const operator: Viewer = { ...openViewer, kind: "person", principal: "person:1", account: "person:1" };
let people = 0;
const addPerson = async (role: "owner" | "operator"): Promise<number> => {
  const [row] = await database().sql<{ id: string }[]>`
    insert into people (email, name, role, password_hash)
    values (${`p${String(++people)}@example.org`}, 'Maria', ${role}, 'x') returning id`;
  return Number(row?.id);
};
const granted = async (personId: number) => {
  const rows = await database().sql<{ grant: string }[]>`
    select s.store_id || case when p.manage then ' edit' else ' view' end as grant
    from person_stores p join stores s using (store_key) where p.person_id = ${personId} order by 1`;
  return rows.map(({ grant }) => grant);
};
const lastAudit = async () => {
  const rows = await database().sql<{ entry: string }[]>`
    select action || ' ' || subject as entry from audit_entries order by id desc limit 1`;
  return rows[0]?.entry;
};

it("gives stores to an owner, who is signed out, and takes them back", async () => {
  await plant();
  const id = await addPerson("owner");
  await insertSession(database(), { tokenHash: Buffer.from("t"), personId: id, userAgent: "", address: "" });
  const give = (level: string, more: object = {}) =>
    change(operator, { store_ids: ["a", "b"], access: { person_id: id, level }, ...more });
  expect(await give("view", { dry_run: true })).toMatchObject({ changed: 2 });
  expect(await granted(id)).toEqual([]);
  expect(await database().sql`select from sessions where person_id = ${id}`).toHaveLength(1);
  const before = await dataVersion(database());
  expect(await give("view")).toMatchObject({ changed: 2 });
  expect(await database().sql`select from sessions where person_id = ${id}`).toHaveLength(0);
  expect(await lastAudit()).toBe(`person.change person:${String(id)}`);
  expect(await granted(id)).toEqual(["a view", "b view"]);
  expect(await give("view")).toMatchObject({ changed: 0, unchanged: 2 });
  await change(operator, { store_ids: ["b"], access: { person_id: id, level: "edit" } });
  expect(await granted(id)).toEqual(["a view", "b edit"]);
  expect(await give("none", { store_ids: ["a"] })).toMatchObject({ changed: 1 });
  expect(await granted(id)).toEqual(["b edit"]);
  expect(await dataVersion(database())).toBe(before);
});

it("gives no more stores than a person may have", async () => {
  await plant();
  const id = await addPerson("owner");
  await database().sql`
    insert into person_groups (person_id, group_name, manage)
    select ${id}, 'g' || n, false from generate_series(1, 999) as n`;
  const body = { store_ids: ["a", "b"], access: { person_id: id, level: "view" } };
  expect((await change(operator, body)).results).toEqual([
    { store_id: "a", result: "changed", code: null },
    { store_id: "b", result: "refused", code: "too_many_grants" },
  ]);
});

it("gives stores only for those who manage people, and only to owners", async () => {
  await plant();
  const id = await addPerson("owner");
  const give = (viewer: Viewer, personId: number) =>
    change(viewer, { store_ids: ["a"], access: { person_id: personId, level: "edit" } });
  const manager = { ...operator, scopes: operator.scopes.filter((scope) => scope !== "admin") };
  const own = [await keyOf("a")];
  for (const viewer of [manager, openViewer, { ...operator, stores: own, managed: own }]) {
    await expect(give(viewer, id)).rejects.toMatchObject({ code: "insufficient_scope" });
  }
  await expect(give(operator, id + 1_000)).rejects.toMatchObject({ code: "person_not_found" });
  await expect(give(operator, await addPerson("operator"))).rejects.toMatchObject({ code: "not_an_owner" });
  expect(await granted(id)).toEqual([]);
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
