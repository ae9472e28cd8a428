import { expect, it } from "vitest";
import { as, oneOf, orNull, readOneRow, readRow, readRows } from "./rows";
import { reports } from "./schema/reports";
import { stores } from "./schema/stores";
import { testDb } from "./testing/test-db";

const database = testDb();

it("reads columns by their schema and expressions by their types", async () => {
  const { sql } = database();
  const shape = {
    id: reports.id,
    state: reports.state,
    asOf: reports.asOf,
    storeKeys: reports.storeKeys,
    numbers: as.numberArray,
    big: as.bigint,
    kind: oneOf("a", "b"),
    bytes: orNull(as.bytes),
  };
  const rows = await readRows(
    sql`
      select 7::int8 as id, 'queued'::text as state, '2026-01-02 03:04:05.678+00'::timestamptz(3) as as_of,
        null::int4[] as store_keys, '{1,2}'::int4[] as numbers, 12::numeric as big, 'b' as kind, null::bytea as bytes`,
    shape,
  );
  const asOf = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
  expect(rows).toEqual([
    { id: 7, state: "queued", asOf, storeKeys: null, numbers: [1, 2], big: 12, kind: "b", bytes: null },
  ]);
});

it("returns no row when there is none", async () => {
  const { sql } = database();
  const shape = { storeId: stores.storeId };
  expect(await readRow(sql`select store_id from stores`, shape)).toBeNull();
  await expect(readOneRow(sql`select store_id from stores`, shape)).rejects.toThrow("had none");
});

const shape = { storeKey: stores.storeKey, name: orNull(stores.name) };

it.each([
  ["another name", "select store_key, name as title from stores"],
  ["another type", "select store_key::int8, name from stores"],
  ["another order", "select name, store_key from stores"],
  ["a column more", "select store_key, name, brand from stores"],
  ["a column less", "select store_key from stores"],
])("refuses a result with %s, with rows and without", async (_, text) => {
  const { sql } = database();
  await expect(readRows(sql`${sql.unsafe(text)}`, shape)).rejects.toThrow("declared are store_key (23), name (25)");
  await sql`insert into stores (store_id) values ('a') on conflict do nothing`;
  await expect(readRows(sql`${sql.unsafe(text)}`, shape)).rejects.toThrow("declared are store_key (23), name (25)");
});

it("notices that a column was renamed or changed its type", async () => {
  const { sql } = database();
  await sql`create table things (state text, data_version bigint)`;
  const things = { state: reports.state, dataVersion: reports.dataVersion };
  expect(await readRows(sql`select * from things limit 1`, things)).toEqual([]);
  await sql`alter table things rename column data_version to version`;
  await expect(readRows(sql`select * from things limit 2`, things)).rejects.toThrow(
    "gives the columns state (25), version",
  );
  await sql`alter table things rename column version to data_version`;
  await sql`alter table things alter column data_version type int`;
  await expect(readRows(sql`select * from things limit 3`, things)).rejects.toThrow("data_version (23)");
});

it("rejects an undeclared null", async () => {
  const { sql } = database();
  await expect(readRows(sql`select null::text as store_id`, { storeId: stores.storeId })).rejects.toThrow(
    "The column store_id is null.",
  );
});

it("rejects a text that is not among the declared ones", async () => {
  const { sql } = database();
  await expect(readRows(sql`select 'c' as kind`, { kind: oneOf("a", "b") })).rejects.toThrow(TypeError);
});
