import { beforeAll, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { CopyWriter } from "./copy-writer";

const database = testDb();

beforeAll(async () => {
  await database().sql`
    create table written (
      id bigint primary key, small integer, ratio double precision, at timestamptz(3), name text, list integer[])`;
});

async function write(ids: Iterable<number>): Promise<void> {
  await database().sql.begin(async (tx) => {
    const writer = await CopyWriter.open(tx, "copy written from stdin (format binary)", 6);
    for (const id of ids) {
      await writer.row();
      writer.int8(id);
      if (id % 2 === 0) writer.null();
      else writer.int4(-id);
      writer.float8(id % 3 === 0 ? null : id / 3);
      writer.instant(id % 5 === 0 ? null : 1_674_670_402_479 + id);
      writer.text("é".repeat(id % 300));
      writer.int4Array(Int32Array.of(id, -1, 2_147_483_647));
    }
    await writer.end();
    // Still usable: the same connection serves the next query.
    expect(await tx`select 1 as one`).toEqual([{ one: 1 }]);
  });
}

it("writes rows as given, over many chunks", async () => {
  const count = 3000;
  await write(Array.from({ length: count }, (_value, index) => index + 1));
  const rows = await database().sql`
    select id::int, small, ratio, (extract(epoch from at) * 1000)::float8 as at, name, list from written order by id`;
  expect(rows).toHaveLength(count);
  rows.forEach((row, index) => {
    const id = index + 1;
    expect(row).toEqual({
      id,
      small: id % 2 === 0 ? null : -id,
      ratio: id % 3 === 0 ? null : id / 3,
      at: id % 5 === 0 ? null : 1_674_670_402_479 + id,
      name: "é".repeat(id % 300),
      list: [id, -1, 2_147_483_647],
    });
  });
});

it("reports the server's error, and leaves the pool usable", async () => {
  for (let time = 0; time < 12; time++) await expect(write([9001, 9001])).rejects.toMatchObject({ code: "23505" });
  expect(await database().sql`select count(*)::int as count from written where id = 9001`).toEqual([{ count: 0 }]);
});
