import { and, eq, inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { stores } from "@/db/schema/stores";
import { among, type StoreSet } from "@/db/store-set";

/** What people say of a store; null: not given. */
export interface StoreLabels {
  readonly name: string | null;
  readonly brand: string | null;
  readonly groupName: string | null;
  readonly address: string | null;
  readonly url: string | null;
}

export interface StoreRow extends StoreLabels {
  readonly storeKey: number;
  readonly storeId: string;
}

/** @param within the stores that may be found */
export async function findStore(db: Db, storeId: string, within: StoreSet): Promise<StoreRow | null> {
  const { storeKey, name, brand, groupName, address, url } = stores;
  const [row] = await db
    .select({ storeKey, storeId: stores.storeId, name, brand, groupName, address, url })
    .from(stores)
    .where(and(eq(stores.storeId, storeId), within === "all" ? undefined : inArray(stores.storeKey, [...within])));
  return row ?? null;
}

/** Changes what is said of a store; what is not given stays. @returns whether there is such a store */
export async function labelStore(
  db: Db,
  storeId: string,
  labels: Partial<StoreLabels & { readonly timeZone: string | null }>,
): Promise<boolean> {
  if (Object.keys(labels).length === 0) return (await findStore(db, storeId, "all")) !== null;
  const changed = await db
    .update(stores)
    .set(labels)
    .where(eq(stores.storeId, storeId))
    .returning({ storeKey: stores.storeKey });
  return changed.length > 0;
}

/** Locks a store's row until the transaction ends, so that changes of what belongs to it come one after another. */
export async function lockStore(db: Db, storeId: string): Promise<number | null> {
  const [row] = await db
    .select({ storeKey: stores.storeKey })
    .from(stores)
    .where(eq(stores.storeId, storeId))
    .for("no key update");
  return row?.storeKey ?? null;
}

/** The keys of those of the ids that are known and among the given. A join: `= any` would compare each store with each id. */
export async function findStoreKeys(
  { sql }: Db,
  storeIds: readonly string[],
  stores: StoreSet,
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ store_id: string; store_key: number }[]>`
    select s.store_id, s.store_key
    from unnest(${[...storeIds]}::text[]) as given (store_id) join stores s on s.store_id = given.store_id collate "C"
    where ${among(sql, sql`s.store_key`, stores)}`;
  return new Map(rows.map((row) => [row.store_id, row.store_key]));
}
