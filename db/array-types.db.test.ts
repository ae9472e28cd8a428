import { expect, it } from "vitest";
import { summariseStores } from "@/db/queries/bulk/fleet-head";
import { testDb } from "@/db/testing/test-db";
import { formatArray, parseArray } from "./array-types";
import { openDatabase } from "./client";

const database = testDb();

it.each<[string, unknown]>([
  ["array[1.5, null]::float8[]", [1.5, null]],
  ["array[null, null]::float8[]", [null, null]],
  ["array[0.1, null]::float4[]", [0.1, null]],
  ["array[1, null]::int2[]", [1, null]],
  ["array[1, null, -7]::int4[]", [1, null, -7]],
  ["array[9007199254740993, null]::int8[]", ["9007199254740993", null]],
  ["array[1.10, null]::numeric[]", ["1.10", null]],
  ["array[true, null, false]", [true, null, false]],
  [
    "array['a', null, 'NULL', 'null', '', 'a b', 'a,b', '{}', '\"', '\\']::text[]",
    ["a", null, "NULL", "null", "", "a b", "a,b", "{}", '"', "\\"],
  ],
  ["array['a', null]::varchar[]", ["a", null]],
  ["array['00000000-0000-4000-8000-000000000000', null]::uuid[]", ["00000000-0000-4000-8000-000000000000", null]],
  ["array['2023-01-25 18:00:00+00', null]::timestamptz[]", ["2023-01-25 18:00:00+00", null]],
  ["array['2023-01-25', null]::date[]", ["2023-01-25", null]],
  ["array['\\x00ff', null]::bytea[]", [Buffer.from([0, 255]), null]],
  [`array['{"a": [1, null]}', null]::jsonb[]`, [{ a: [1, null] }, null]],
  [
    "array[[1, null], [null, 4]]::int4[]",
    [
      [1, null],
      [null, 4],
    ],
  ],
  [
    "array[['a', null], [null, 'NULL']]::text[]",
    [
      ["a", null],
      [null, "NULL"],
    ],
  ],
  ["'[0:1]={1,NULL}'::int4[]", [1, null]],
  ["'{}'::int4[]", []],
  ["null::int4[]", null],
  ["(select array_agg(n) from (values (1), (null)) as v (n))", [1, null]],
])(
  "reads %s with its nulls, directly and by the query builder's driver, and writes it again",
  async (value, expected) => {
    const { sql } = database();
    const [row] = await sql.unsafe<{ value: unknown; type: string }[]>(
      `select ${value} as value, pg_typeof(${value})::text as type`,
    );
    expect(row?.value).toEqual(expected);
    if (row === undefined) throw new Error("There is no row.");
    const back = row.value === null ? null : formatArray(row.value);
    const [again] = await sql.unsafe<{ value: unknown }[]>(`select $1::${row.type} as value`, [back]);
    expect(again?.value).toEqual(expected);
  },
);

it("writes array parameters with their nulls", async () => {
  const { sql } = database();
  const [row] = await sql`
    select ${[1, null]}::int4[] as ints, ${["a", null, 'q"\\', "NULL"]}::text[] as texts, ${[0.5, null]}::float8[] as floats,
      array_position(${["a", null]}::text[], null) as place`;
  expect(row).toEqual({ ints: [1, null], texts: ["a", null, 'q"\\', "NULL"], floats: [0.5, null], place: 2 });
});

it("knows every array type of the schema", async () => {
  const { sql } = database();
  const types = await sql<{ oid: number; type: string }[]>`
    select distinct a.atttypid::int4 as oid, a.atttypid::regtype::text as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attnum > 0 and t.typcategory = 'A'`;
  expect(types.length).toBeGreaterThan(3);
  for (const { type } of types) {
    const [row] = await sql.unsafe<{ value: unknown }[]>(`select array[null]::${type} as value`);
    expect(row?.value, type).toEqual([null]);
  }
});

it("gives no median of a window without data", async () => {
  const { medianUptime } = await summariseStores(database(), 1, []);
  expect(medianUptime).toEqual([null, null, null]);
});

it("rejects half an array", () => {
  for (const text of ["{1,2", '{"a', "{{1}"]) expect(() => parseArray(text, Number)).toThrow(/truncated/);
});

it("works after the first connection of a pool, also on a reserved one", async () => {
  const pool = openDatabase(database().url, { max: 2, applicationName: "arrays", statementTimeoutMs: 5_000 });
  const reserved = await pool.sql.reserve();
  expect(await reserved`select array[1, null]::float8[] as value`).toEqual([{ value: [1, null] }]);
  reserved.release();
  const [row] = await pool.sql`select array[[true, null]] as value`;
  expect(row).toEqual({ value: [[true, null]] });
  await pool.close();
});
