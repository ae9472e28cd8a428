import { and, asc, eq } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { stores } from "@/db/schema/stores";
import { isAmong, type StoreSet } from "@/db/store-set";
import { isStore } from "./store-lifecycle";

type Store = typeof stores.$inferSelect;

/** The labels of a store; null: not given. */
export type StoreLabels = Pick<Store, "name" | "brand" | "groupName" | "address" | "url">;

export type StoreRow = StoreLabels & Pick<Store, "storeKey" | "storeId" | "tags" | "lifecycle" | "lifecycleSince">;

/** @param within the stores that may be found */
export async function findStore(db: Db, storeId: string, within: StoreSet): Promise<StoreRow | null> {
  const { storeKey, name, brand, groupName, address, url, tags, lifecycle, lifecycleSince } = stores;
  const [row] = await db
    .select({
      storeKey,
      storeId: stores.storeId,
      name,
      brand,
      groupName,
      address,
      url,
      tags,
      lifecycle,
      lifecycleSince,
    })
    .from(stores)
    .where(and(eq(stores.storeId, storeId), isStore, isAmong(stores.storeKey, within)));
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
    .where(and(eq(stores.storeId, storeId), isStore, isAmong(stores.storeKey, within)));
  return row ?? null;
}

/** The id that a store has now which had another one. @param within the stores that may be found */
export async function findLaterId(db: Db, earlierId: string, within: StoreSet): Promise<string | null> {
  const earlier = alias(stores, "earlier");
  const [row] = await db
    .select({ storeId: stores.storeId })
    .from(earlier)
    .innerJoin(stores, eq(stores.storeKey, earlier.mergedInto))
    .where(and(eq(earlier.storeId, earlierId), isStore, isAmong(stores.storeKey, within)));
  return row?.storeId ?? null;
}

/** Changes a store's labels; what is not given stays. @returns whether there is such a store */
export async function labelStore(
  db: Db,
  storeId: string,
  labels: Partial<StoreLabels & Pick<Store, "timeZone" | "tags">>,
): Promise<boolean> {
  if (Object.keys(labels).length === 0) return (await findStore(db, storeId, "all")) !== null;
  const changed = await db
    .update(stores)
    .set(labels)
    .where(and(eq(stores.storeId, storeId), isStore))
    .returning({ storeKey: stores.storeKey });
  return changed.length > 0;
}

/** Locks a store's row until the transaction ends, so that changes of its data are serialized. */
export async function lockStore(db: Db, storeId: string): Promise<number | null> {
  const [row] = await db
    .select({ storeKey: stores.storeKey })
    .from(stores)
    .where(and(eq(stores.storeId, storeId), isStore))
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

/** Keys of those of the stores that are counted in figures of all stores, ascending. */
export async function listActiveKeys(db: Db, within: StoreSet): Promise<number[]> {
  const rows = await db
    .select({ storeKey: stores.storeKey })
    .from(stores)
    .where(and(eq(stores.lifecycle, "active"), isAmong(stores.storeKey, within)))
    .orderBy(asc(stores.storeKey));
  return rows.map(({ storeKey }) => storeKey);
}
