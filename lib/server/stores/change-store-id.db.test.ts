import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { mergePolls } from "@/db/queries/bulk/poll-batch";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { openViewer } from "@/lib/server/access/viewer";
import { clear, importRows } from "@/lib/server/imports/test-support/import-text";
import { changeStoreId, createStore } from "./store-record";

const database = testDb();
const at = Date.UTC(2023, 0, 2);

beforeAll(async () => {
  await importRows(database(), "polls", ["any,active,2023-01-02T00:00:00Z"]);
});
beforeEach(async () => {
  await clear(database());
  await database().sql`insert into stores (store_id) values ('a'), ('b')`;
});

it.each<[string, (tx: Db) => Promise<unknown>]>([
  ["its first poll", (tx) => mergePolls(tx, { storeIds: ["free"], at: [at], active: [1] })],
  ["a store that is created", (tx) => createStore(tx, openViewer, { store_id: "free" })],
  ["an import", ({ sql }) => sql`insert into stores (store_id) values ('free')`],
])("is refused an id that is taken while it is awaited: by %s", async (_, take) => {
  const { changing } = await withTransaction(database(), async (tx) => {
    await take(tx);
    const begun = changeStoreId(database(), openViewer, "a", "free").catch((error: unknown) => error);
    const waiting = () => database().sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length, { timeout: 20_000 }).toBe(1);
    return { changing: begun };
  });
  expect(await changing).toMatchObject({ code: "store_exists" });
  expect(await database().sql`select store_id from stores where merged_into is not null`).toEqual([]);
});

it("of several stores gives a free id to one, and refuses the others", async () => {
  const { sql } = database();
  const stores = Array.from({ length: 6 }, (_, index) => `s${String(index)}`);
  await sql`insert into stores (store_id) select * from unnest(${stores}::text[])`;
  const outcomes = await Promise.all(
    stores.map((id) =>
      changeStoreId(database(), openViewer, id, "free").then(
        () => "changed",
        (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
      ),
    ),
  );
  expect(outcomes.sort()).toEqual(["changed", ...stores.slice(1).map(() => "store_exists")]);
});
