import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { countQuality, listStores } from "@/db/queries/bulk/data-quality";
import { testDb } from "@/db/testing/test-db";
import { openViewer } from "@/lib/server/access/viewer";
import { putHours } from "@/lib/server/stores/store-hours";
import { clear, countsOf, endState, importRows, importText } from "./test-support/import-text";

const database = testDb();
beforeEach(() => clear(database()));

const allDays = [0, 1, 2, 3, 4, 5, 6];
const week = (store: string, times: string): string[] => allDays.map((day) => `${store},${String(day)},${times}`);

async function rowsOf(storeId: string): Promise<readonly unknown[]> {
  const { sql } = database();
  return sql`
    select day, start_second, end_second from business_hours join stores using (store_key)
    where store_id = ${storeId} order by 1, 2`.values();
}

it("keeps the week of a store with a rejected row, names it, and replaces the weeks of the others", async () => {
  await importRows(database(), "hours", [...week("a", "09:00,17:00"), ...week("b", "09:00,17:00")]);
  const before = await rowsOf("a");
  const rows = [...week("a", "10:00,20:00").slice(0, 6), "a,6,10:00,8 pm", ...week("b", "10:00,20:00")];
  const result = await importRows(database(), "hours", rows);
  expect(countsOf(result)).toEqual([7, 0, 0, 1, 0]);
  expect(result.counts.discarded).toBe(6);
  expect(result.warnings).toMatchObject([{ code: "kept_hours", count: 1, stores: ["a"] }]);
  expect(await rowsOf("a")).toEqual(before);
  expect(await rowsOf("b")).toEqual(allDays.map((day) => [day, 36_000, 72_000]));
});

it.each([
  ["a day that is none", "a,7,09:00,17:00"],
  ["too few fields", "a,6,09:00"],
  ["a quote inside", 'a,6,09:0"0,17:00'],
  ["a quoted id", '"a",6,9am,17:00'],
  ["spaces around the id", " a ,6,9am,17:00"],
  ["a row that is too long", `a,6,${"x".repeat(70_000)},17:00`],
])("finds the store of a row with %s", async (_, bad) => {
  await importRows(database(), "hours", week("a", "09:00,17:00"));
  const before = await rowsOf("a");
  const result = await importRows(database(), "hours", [...week("a", "10:00,20:00").slice(0, 6), bad]);
  expect(result.warnings).toContainEqual(expect.objectContaining({ code: "kept_hours", stores: ["a"] }));
  expect(await rowsOf("a")).toEqual(before);
});

it("does not create a store of which only discarded rows are good", async () => {
  const result = await importRows(database(), "hours", ["new,0,09:00,17:00", "new,1,noon,17:00", "b,0,09:00,17:00"]);
  expect(countsOf(result)).toEqual([1, 0, 0, 1, 0]);
  expect((await database().sql`select store_id from stores`.values()).flat()).toEqual(["b"]);
});

it("takes the id of a rejected row in any case where it is a UUID", async () => {
  const id = "d84a4552-3668-4075-ad1d-16840294f818";
  await importRows(database(), "hours", week(id, "09:00,17:00"));
  const before = await rowsOf(id);
  await importRows(database(), "hours", [`${id},0,10:00,20:00`, `${id.toUpperCase()},1,noon,20:00`]);
  expect(await rowsOf(id)).toEqual(before);
});

it("does not take a repeated header for a store", async () => {
  const text = `store_id,day,start_time_local,end_time_local\n${[...week("store_id", "09:00,17:00"), "store_id,day,start_time_local,end_time_local"].join("\n")}\n`;
  expect((await importText(database(), "hours", text)).counts).toMatchObject({
    accepted: 7,
    rejected: 1,
    discarded: 0,
  });
});

it("keeps the special hours of a date with a rejected row, and replaces the other dates", async () => {
  await importRows(database(), "exceptions", ["a,2023-12-24,10:00,14:00", "a,2023-12-25,closed,"]);
  const result = await importRows(database(), "exceptions", [
    ...["a,2023-12-24,09:00,12:00", "a,2023-12-24,13:00", "a,2023-12-25,10:00,12:00", "a,2023-12-26,closed,"],
  ]);
  expect(result.counts).toMatchObject({ accepted: 2, rejected: 1, discarded: 1 });
  expect(result.warnings).toMatchObject([{ code: "kept_special_hours", stores: ["a"] }]);
  const rows = await database().sql`
    select local_date::text, start_second, end_second from schedule_exceptions order by 1, 2`.values();
  expect([...rows]).toEqual([
    ["2023-12-24", 36_000, 50_400],
    ["2023-12-25", 36_000, 43_200],
    ["2023-12-26", 0, 0],
  ]);
});

it("leaves each store with its week of before or that of the file, whatever rows are rejected", async () => {
  const stores = ["a", "b", "c"];
  const arbRow = fc.record({
    store: fc.constantFrom(...stores),
    day: fc.integer({ min: 0, max: 6 }),
    times: fc.constantFrom("10:00,20:00", "12:00,22:00", "closed,", "noon,20:00", "10:00,36:00", "06:00,06:00"),
  });
  const isBad = (times: string): boolean => /noon|36:00|06:00/.test(times);
  await fc.assert(
    fc.asyncProperty(fc.array(arbRow, { minLength: 1, maxLength: 20 }), async (rows) => {
      const text = rows.map(({ store, day, times }) => `${store},${String(day)},${times}`);
      const touched = new Set(rows.map(({ store }) => store));
      const kept = stores.filter((one) => rows.some(({ store, times }) => store === one && isBad(times)));
      await clear(database());
      await importRows(
        database(),
        "hours",
        stores.flatMap((store) => week(store, "09:00,17:00")),
      );
      const result = await importRows(database(), "hours", text);
      const reached = await endState(database());
      // The same, as if the file had only the stores without a rejected row.
      await clear(database());
      const untouched = stores.filter((store) => !touched.has(store) || kept.includes(store));
      const good = text.filter((_, i) => !kept.includes(rows[i]?.store ?? ""));
      await importRows(
        database(),
        "hours",
        stores.flatMap((store) => week(store, "09:00,17:00")),
      );
      await importRows(database(), "hours", good);
      expect(reached).toBe(await endState(database()));
      for (const store of untouched) expect(await rowsOf(store)).toHaveLength(7);
      const named = result.warnings.find(({ code }) => code === "kept_hours")?.stores ?? [];
      expect([...named].sort()).toEqual(kept);
    }),
    { numRuns: 6 },
  );
});

it("lists stores that kept their hours, and those whose days look shifted, until their hours are set", async () => {
  const listed = async () => {
    const { keptHours, shiftedDays } = await countQuality(database(), "all");
    const ids = async (list: "kept_hours" | "shifted_days") =>
      (await listStores(database(), "all", list, "", 10)).map(({ storeId }) => storeId);
    const found = { kept: await ids("kept_hours"), shifted: await ids("shifted_days") };
    expect([keptHours, shiftedDays]).toEqual([found.kept.length, found.shifted.length]);
    return found;
  };
  await importRows(database(), "hours", [...week("a", "09:00,17:00"), ...week("b", "09:00,17:00")]);
  expect(await listed()).toEqual({ kept: [], shifted: [] });
  const shifted = [1, 2, 3, 4, 5, 6, 7].map((day) => `a,${String(day)},10:00,20:00`);
  await importRows(database(), "hours", [...shifted, "b,0,9 pm,10:00", "b,1,10:00,11:00"]);
  expect(await listed()).toEqual({ kept: ["a", "b"], shifted: ["a"] });
  await importRows(database(), "hours", week("b", "10:00,20:00"));
  expect(await listed()).toEqual({ kept: ["a"], shifted: ["a"] });
  const hours = { time_zone: null, business_hours: [{ day: 0, start: "10:00", end: "20:00" }] };
  await putHours(database(), openViewer, [{ store_id: "a", ...hours }]);
  expect(await listed()).toEqual({ kept: [], shifted: [] });
});
