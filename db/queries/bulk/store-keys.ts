import type { Db } from "@/db/client";
import { readRows } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import { among, type StoreSet } from "@/db/store-set";
import { isStoreRow } from "@/db/queries/store-lifecycle";

const keyRow = { storeId: stores.storeId, storeKey: stores.storeKey };

/**
 * The keys of those of the ids that are known and among the given; an earlier id of a store counts as its id. Joins:
 * `= any` would compare each store with each id.
 */
export async function findStoreKeys(
  { sql }: Db,
  storeIds: readonly string[],
  within: StoreSet,
): Promise<ReadonlyMap<string, number>> {
  const rows = await readRows(
    sql`
    select named.store_id, s.store_key
    from unnest(${[...storeIds]}::text[]) as given (store_id)
    join stores named on named.store_id = given.store_id collate "C"
    join stores s on s.store_key = coalesce(named.merged_into, named.store_key)
    where ${sql.unsafe(isStoreRow)} and ${among(sql, sql`s.store_key`, within)}`,
    keyRow,
  );
  return new Map(rows.map((row) => [row.storeId, row.storeKey]));
}
