import { and, desc, eq, gt, inArray, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { importStoreChanges } from "@/db/schema/import-store-changes";
import { stores } from "@/db/schema/stores";
import type { EpochMs } from "@/lib/uptime/types";

type Store = typeof stores.$inferSelect;

export type NewStore = Pick<
  Store,
  "storeId" | "name" | "brand" | "groupName" | "address" | "url" | "timeZone" | "tags"
>;

/** Any row with an id, deleted stores and earlier ids among them. */
export async function findIdHolder(
  db: Db,
  storeId: string,
): Promise<Pick<Store, "storeKey" | "lifecycle" | "mergedInto"> | null> {
  const { storeKey, lifecycle, mergedInto } = stores;
  const [row] = await db.select({ storeKey, lifecycle, mergedInto }).from(stores).where(eq(stores.storeId, storeId));
  return row ?? null;
}

/** @returns its key; null when the id is taken */
export async function insertStore(tx: Db, store: NewStore): Promise<number | null> {
  const [row] = await tx.insert(stores).values(store).onConflictDoNothing().returning({ storeKey: stores.storeKey });
  return row?.storeKey ?? null;
}

/**
 * Makes a free id an earlier one of a store, so that no other store can get it. Waits for transactions that have just
 * used it. @returns false when it is taken
 */
export async function claimId(tx: Db, storeKey: number, storeId: string): Promise<boolean> {
  const claimed = await tx
    .insert(stores)
    .values({ storeId, lifecycle: "merged", lifecycleSince: sql`now()`, mergedInto: storeKey })
    .onConflictDoNothing()
    .returning({ storeKey: stores.storeKey });
  return claimed.length > 0;
}

/** Gives a store one of its earlier ids; the present one becomes an earlier one. */
export async function replaceStoreId(tx: Db, storeKey: number, from: string, to: string): Promise<void> {
  const earlier = and(eq(stores.storeId, to), eq(stores.mergedInto, storeKey));
  // An undo of those imports would fail if it restored a row that is gone.
  const earlierKey = tx.select({ storeKey: stores.storeKey }).from(stores).where(earlier);
  await tx.delete(importStoreChanges).where(inArray(importStoreChanges.storeKey, earlierKey));
  await tx.delete(stores).where(earlier);
  await tx.update(stores).set({ storeId: to }).where(eq(stores.storeKey, storeKey));
  await claimId(tx, storeKey, from);
}

/** Hides a store, and keeps its lifecycle for `unmarkDeleted`. @returns when */
export async function markDeleted(tx: Db, storeKey: number): Promise<EpochMs> {
  const [row] = await tx
    .update(stores)
    .set({ lifecycle: "deleted", lifecycleSince: sql`now()`, deletedFrom: sql`${stores.lifecycle}` })
    .where(eq(stores.storeKey, storeKey))
    .returning({ at: stores.lifecycleSince });
  if (row?.at == null) throw new Error("The store is gone.");
  return row.at;
}

const isDeleted = eq(stores.lifecycle, "deleted");
const hoursAgo = (hours: number) => sql`now() - make_interval(hours => ${hours})`;

/** Stores that were deleted within some hours, the latest first. */
export async function listDeleted(db: Db, withinHours: number, limit: number) {
  const { storeId, name, lifecycleSince } = stores;
  const rows = await db
    .select({ storeId, name, at: lifecycleSince })
    .from(stores)
    .where(and(isDeleted, gt(lifecycleSince, hoursAgo(withinHours))))
    .orderBy(desc(lifecycleSince), storeId)
    .limit(limit);
  return rows.flatMap((row) => (row.at === null ? [] : [{ ...row, at: row.at }]));
}

/** Gives a deleted store the lifecycle that it had. @returns whether there was one, deleted within some hours */
export async function unmarkDeleted(tx: Db, storeId: string, withinHours: number): Promise<boolean> {
  const restored = await tx
    .update(stores)
    .set({ lifecycle: sql`coalesce(${stores.deletedFrom}, 'active')`, lifecycleSince: sql`now()`, deletedFrom: null })
    .where(and(eq(stores.storeId, storeId), isDeleted, gt(stores.lifecycleSince, hoursAgo(withinHours))))
    .returning({ storeKey: stores.storeKey });
  return restored.length > 0;
}

/** Keys of stores that were deleted at least some hours ago, locked until the transaction ends. */
export async function lockStoresToPurge(tx: Db, afterHours: number, limit: number): Promise<number[]> {
  const rows = await tx
    .select({ storeKey: stores.storeKey })
    .from(stores)
    .where(and(isDeleted, lte(stores.lifecycleSince, hoursAgo(afterHours))))
    .orderBy(stores.storeKey)
    .limit(limit)
    .for("update", { skipLocked: true });
  return rows.map(({ storeKey }) => storeKey);
}

/** Deletes stores with all that refers to them by a foreign key: hours, special hours, grants, earlier ids. */
export async function deleteStoreRows(tx: Db, storeKeys: readonly number[]): Promise<void> {
  await tx.delete(stores).where(inArray(stores.storeKey, [...storeKeys]));
}
