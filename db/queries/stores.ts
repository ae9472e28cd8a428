import { eq } from "drizzle-orm";
import type { DbOrTx, SqlOrTx } from "@/db/client";
import { stores } from "@/db/schema/stores";

export interface StoreRow {
  readonly storeKey: number;
  readonly storeId: string;
  readonly name: string | null;
}

export async function findStore(db: DbOrTx, storeId: string): Promise<StoreRow | null> {
  const [row] = await db
    .select({ storeKey: stores.storeKey, storeId: stores.storeId, name: stores.name })
    .from(stores)
    .where(eq(stores.storeId, storeId));
  return row ?? null;
}

/** The keys of those of the ids that are known. A join: `= any` would compare each store with each id. */
export async function findStoreKeys(sql: SqlOrTx, storeIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ store_id: string; store_key: number }[]>`
    select s.store_id, s.store_key
    from unnest(${[...storeIds]}::text[]) as given (store_id) join stores s on s.store_id = given.store_id collate "C"`;
  return new Map(rows.map((row) => [row.store_id, row.store_key]));
}
