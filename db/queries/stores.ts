import { and, asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { stores } from "@/db/schema/stores";
import { isAmong, type StoreSet } from "@/db/store-set";

type Store = typeof stores.$inferSelect;

/** The labels of a store; null: not given. */
export type StoreLabels = Pick<Store, "name" | "brand" | "groupName" | "address" | "url">;

export type StoreRow = StoreLabels & Pick<Store, "storeKey" | "storeId">;

/** @param within the stores that may be found */
export async function findStore(db: Db, storeId: string, within: StoreSet): Promise<StoreRow | null> {
  const { storeKey, name, brand, groupName, address, url } = stores;
  const [row] = await db
    .select({ storeKey, storeId: stores.storeId, name, brand, groupName, address, url })
    .from(stores)
    .where(and(eq(stores.storeId, storeId), isAmong(stores.storeKey, within)));
  return row ?? null;
}

/** The time zone of a store as it was given. @param within the stores that may be found */
export async function findStoreZone(
  db: Db,
  storeId: string,
  within: StoreSet,
): Promise<Pick<Store, "timeZone"> | null> {
  const [row] = await db
    .select({ timeZone: stores.timeZone })
    .from(stores)
    .where(and(eq(stores.storeId, storeId), isAmong(stores.storeKey, within)));
  return row ?? null;
}

/** Changes a store's labels; what is not given stays. @returns whether there is such a store */
export async function labelStore(
  db: Db,
  storeId: string,
  labels: Partial<StoreLabels & Pick<Store, "timeZone">>,
): Promise<boolean> {
  if (Object.keys(labels).length === 0) return (await findStore(db, storeId, "all")) !== null;
  const changed = await db
    .update(stores)
    .set(labels)
    .where(eq(stores.storeId, storeId))
    .returning({ storeKey: stores.storeKey });
  return changed.length > 0;
}

/** Locks a store's row until the transaction ends, so that changes of its data are serialized. */
export async function lockStore(db: Db, storeId: string): Promise<number | null> {
  const [row] = await db
    .select({ storeKey: stores.storeKey })
    .from(stores)
    .where(eq(stores.storeId, storeId))
    .for("no key update");
  return row?.storeKey ?? null;
}

/** Locks the rows of stores until the transaction ends, in order of their keys. */
export async function lockStores(db: Db, storeKeys: readonly number[]): Promise<void> {
  await db
    .select({ storeKey: stores.storeKey })
    .from(stores)
    .where(isAmong(stores.storeKey, storeKeys))
    .orderBy(asc(stores.storeKey))
    .for("no key update");
}
