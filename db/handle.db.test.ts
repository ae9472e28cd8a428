import { eq, inArray, sql as fragment } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "./client";
import { stores } from "./schema/stores";
import { testDb } from "./testing/test-db";
import { withTransaction } from "./transaction";

const database = testDb();

/** Texts of a connection's prepared statements that mention `stores`. */
async function preparedOn({ sql }: Db): Promise<number> {
  const rows = await sql`select 1 from pg_prepared_statements where statement like '%from "' || 'stores"%'`;
  return rows.length;
}

it("runs the builder and raw SQL in one transaction, and rolls back both", async () => {
  const insert = withTransaction(database(), async (tx) => {
    await tx.insert(stores).values({ storeId: "builder" });
    await tx.sql`insert into stores (store_id) values ('raw')`;
    expect(await tx.select({ storeId: stores.storeId }).from(stores)).toHaveLength(2);
    expect(await tx.sql`select from stores`).toHaveLength(2);
    expect(await database().select().from(stores)).toEqual([]);
    throw new Error("undone");
  });
  await expect(insert).rejects.toThrow("undone");
  expect(await database().select().from(stores)).toEqual([]);
});

it("prepares a statement of the builder once per connection", async () => {
  await withTransaction(database(), async (tx) => {
    const before = await preparedOn(tx);
    for (const id of ["a", "b", "c"]) await tx.select().from(stores).where(eq(stores.storeId, id));
    expect(await preparedOn(tx)).toBe(before + 1);
  });
});

it("does not prepare lists, which have a text for every length", async () => {
  const ids = Array.from({ length: 40 }, (_, index) => `store-${index}`);
  await withTransaction(database(), async (tx) => {
    const before = await preparedOn(tx);
    for (const count of [38, 39, 40]) {
      await tx
        .select()
        .from(stores)
        .where(inArray(stores.storeId, ids.slice(0, count)));
    }
    expect(await preparedOn(tx)).toBe(before);
  });
});

it("reads instants, and arrays of them, alike in and outside a transaction", async () => {
  const read = ({ sql }: Db) => sql`select '{2026-01-02 00:00+00}'::timestamptz[] as many, now()::timestamptz as one`;
  const [outside] = await read(database());
  const [inside] = await withTransaction(database(), async (tx) => {
    await tx.select().from(stores);
    return read(tx);
  });
  const [after] = await read(database());
  for (const row of [outside, inside, after]) {
    expect(row).toMatchObject({ many: ["2026-01-02 00:00:00+00"], one: expect.any(String) as string });
  }
});

it("counts the rows that a statement of the builder changed", async () => {
  const { count: added } = await database()
    .insert(stores)
    .values([{ storeId: "x" }, { storeId: "y" }]);
  const { count: removed } = await database()
    .delete(stores)
    .where(fragment`true`);
  expect([added, removed]).toEqual([2, 2]);
});
