import type { Db } from "@/db/client";
import { readRows } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import { among, type StoreSet } from "@/db/store-set";

const keyRow = { storeId: stores.storeId, storeKey: stores.storeKey };

/** The keys of those of the ids that are known and among the given. A join: `= any` would compare each store with each id. */
export async function findStoreKeys(
  { sql }: Db,
  storeIds: readonly string[],
  within: StoreSet,
): Promise<ReadonlyMap<string, number>> {
  const rows = await readRows(
    sql`
    select s.store_id, s.store_key
    from unnest(${[...storeIds]}::text[]) as given (store_id) join stores s on s.store_id = given.store_id collate "C"
    where ${among(sql, sql`s.store_key`, within)}`,
    keyRow,
  );
  return new Map(rows.map((row) => [row.storeId, row.storeKey]));
}
