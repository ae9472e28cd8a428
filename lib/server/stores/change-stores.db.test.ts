import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { ChangeStoresSchema } from "@/lib/contract/store-changes";
import { openViewer, type Viewer } from "@/lib/server/access/viewer";
import { clear, importRows } from "@/lib/server/imports/test-support/import-text";
import { makeSnapshot } from "@/lib/server/reports/test-support/compute-next-report";
import { changeStores } from "./change-stores";

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
