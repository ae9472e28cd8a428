import { beforeEach, describe, expect, it } from "vitest";
import { ProblemSchema } from "@/lib/contract/problem";
import { openViewer } from "@/lib/server/access/viewer";
import { editStore } from "@/lib/server/stores/edit-store";
import { changeStoreId, deleteStore } from "@/lib/server/stores/store-record";
import { mergeStore } from "@/lib/server/stores/merge-stores";
import { settleStores } from "@/lib/server/jobs/purge-stores";
import { dataVersion, storeState } from "@/lib/server/imports/test-support/import-text";
import { importsApi } from "./test-support/imports-api";

const { database, work, call, get, ended, count } = importsApi();

async function undo(id: number) {
  const answer = await call("undo", "POST", id);
  await work();
  return { status: answer.status, import: await get(id) };
}

beforeEach(async () => {
  await database().sql`insert into stores (store_id, name) select *, 'Bar' from unnest(array['a', 'b', 'c', 'd'])`;
});

describe("undoing an import of hours, special hours, time zones or names", () => {
  it("undoes several imports from the last to the first", async () => {
    const start = await storeState(database());
    const first = await ended("timezones", "store_id,timezone_str\na,Asia/Tokyo\nb,Asia/Tokyo\n");
    const between = await storeState(database());
    const second = await ended("timezones", "store_id,timezone_str\na,America/Denver\n");
    const refused = ProblemSchema.parse(await (await call("undo", "POST", first.id)).json());
    expect(refused).toMatchObject({ code: "import_not_undoable", status: 409 });
    expect(refused.detail).toBe(
      "1 store was changed after this import: a. Undo the later changes first, or import the earlier file again. Nothing was undone.",
    );
    expect((await undo(second.id)).import.state).toBe("undone");
    expect(await storeState(database())).toEqual(between);
    expect((await undo(first.id)).import).toMatchObject({ state: "undone", undone: { stores_restored: 2 } });
    expect(await storeState(database())).toEqual(start);
  });

  it("leaves stores alone that the import did not change, and stores that it created", async () => {
    const imported = await ended("timezones", "store_id,timezone_str\na,Asia/Tokyo\nnew,Asia/Tokyo\n");
    await editStore(database(), openViewer, "b", { time_zone: "Europe/Paris" });
    await undo(imported.id);
    const zones = await database().sql`select store_id, time_zone from stores order by store_id`;
    expect([...zones]).toEqual([
      { store_id: "a", time_zone: null },
      { store_id: "b", time_zone: "Europe/Paris" },
      { store_id: "c", time_zone: null },
      { store_id: "d", time_zone: null },
      { store_id: "new", time_zone: null },
    ]);
  });

  it("is refused in the worker, too, when a store is changed between the request and the undo", async () => {
    const imported = await ended("stores", "store_id,name\na,Pub\n");
    expect((await call("undo", "POST", imported.id)).status).toBe(202);
    await editStore(database(), openViewer, "a", { name: "Inn" });
    const before = await storeState(database());
    await work();
    const after = await get(imported.id);
    expect(after).toMatchObject({ state: "complete", can_undo: true, error: { code: "import_not_undoable" } });
    expect(after.error?.detail).toMatch(/^1 store was changed after this import: a\./);
    expect(await storeState(database())).toEqual(before);
  });

  it("is refused for an import that changed nothing, a dry run, and one from before changes were recorded", async () => {
    const text = "store_id,timezone_str\na,Asia/Tokyo\n";
    const first = await ended("timezones", text);
    const again = await ended("timezones", text);
    const dry = await ended("timezones", text, { "content-type": "text/csv" }, "?dry_run=1");
    await database().sql`update imports set stores_changed = null where id = ${first.id}`;
    const reasons = [];
    for (const { id } of [again, dry, first]) {
      expect((await get(id)).can_undo).toBe(false);
      const problem = ProblemSchema.parse(await (await call("undo", "POST", id)).json());
      expect(problem.code).toBe("import_not_undoable");
      reasons.push(problem.detail);
    }
    expect(reasons).toEqual([
      "This import changed nothing, so there is nothing to undo.",
      "Only a complete import that was not a dry run can be undone.",
      "What this import replaced was not recorded, because it ended in an earlier version. Import the earlier file again.",
    ]);
  });

  const hoursOf = async () =>
    database().sql`
      select store_id, day, start_second from business_hours join stores using (store_key) order by 1, 2`.values();
  const week = (store: string, times: string) => `${store},0,${times}\n`;
  const hoursFile = (...rows: string[]) => `store_id,day,start_time_local,end_time_local\n${rows.join("")}`;
  const mergeA = () => mergeStore(database(), openViewer, "b", { source_id: "a", dry_run: false });

  it("restores what an import replaced under an earlier id", async () => {
    await mergeA();
    const files = [
      ["hours", hoursFile(week("a", "09:00,17:00"), week("b", "10:00,17:00"))],
      ["exceptions", "store_id,date,start_time_local,end_time_local\na,2023-12-25,closed,\n"],
      ["timezones", "store_id,timezone_str\na,Asia/Tokyo\n"],
      ["stores", "store_id,name\na,Pub\n"],
    ] as const;
    for (const [kind, text] of files) {
      const before = await storeState(database());
      const imported = await ended(kind, text);
      expect(await storeState(database())).not.toEqual(before);
      expect((await undo(imported.id)).import).toMatchObject({ state: "undone", undone: { stores_restored: 1 } });
      expect(await storeState(database())).toEqual(before);
    }
  });

  it("restores the other stores of the file when one was purged since, with its earlier ids", async () => {
    const { sql } = database();
    await ended("hours", hoursFile(...["a", "b", "c"].map((store) => week(store, "09:00,17:00"))));
    const { id } = await ended("hours", hoursFile(...["a", "b", "c"].map((store) => week(store, "11:00,17:00"))));
    await mergeA();
    await deleteStore(database(), openViewer, "b", "b");
    await sql`update stores set lifecycle_since = now() - interval '25 hours' where store_id = 'b'`;
    await settleStores(database());
    expect((await undo(id)).import).toMatchObject({ state: "undone", error: null });
    expect(await hoursOf()).toEqual([["c", 0, 32_400]]);
  });

  it("restores the other stores of the file when one has the id of another since", async () => {
    const { sql } = database();
    const { id } = await ended("hours", hoursFile(week("a", "11:00,17:00"), week("c", "11:00,17:00")));
    await mergeA();
    await sql`update store_merges set created_at = now() - interval '25 hours'`;
    await changeStoreId(database(), openViewer, "b", "a");
    expect((await undo(id)).import).toMatchObject({ state: "undone", error: null });
    expect(await hoursOf()).toEqual([]);
  });

  it("deletes the warnings of an import of hours", async () => {
    const shifted = [1, 2, 3, 4, 5, 6, 7].map((day) => `a,${String(day)},10:00,20:00\n`);
    const { id } = await ended("hours", hoursFile(...shifted, week("b", "09:00,17:00")));
    expect(await count("hours_warnings")).toBeGreaterThan(0);
    await undo(id);
    expect(await count("hours_warnings")).toBe(0);
  });

  it("has the figures of all stores computed again where brands or groups are concerned, like the import", async () => {
    for (const [column, isFigure] of [
      ["brand", true],
      ["group", true],
      ["name", false],
    ] as const) {
      const before = await dataVersion(database());
      const { id } = await ended("stores", `store_id,${column}\na,X\n`);
      const imported = await dataVersion(database());
      expect([column, imported > before]).toEqual([column, isFigure]);
      await undo(id);
      expect([column, await dataVersion(database())]).toEqual([column, imported + 1]);
    }
  });
});
