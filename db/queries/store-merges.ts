import { and, desc, eq, gt, inArray, isNull, lt, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { businessHours } from "@/db/schema/business-hours";
import { calendarStores } from "@/db/schema/calendars";
import { earlierHours } from "@/db/schema/earlier-hours";
import { personStores } from "@/db/schema/people";
import { scheduleExceptions } from "@/db/schema/schedule-exceptions";
import { mergedCalendars, mergedGrants, mergedPolls, storeMerges } from "@/db/schema/store-merges";
import { stores } from "@/db/schema/stores";
import type { EpochMs } from "@/lib/uptime/types";
import { keepExpiredPolls } from "./bulk/merged-polls";
import { lockStores } from "./stores";

export type StoreMergeRow = typeof storeMerges.$inferSelect;

/** Records a merge, and makes the source's row an earlier id of the target. @returns the merge */
export async function insertMerge(
  tx: Db,
  merge: Omit<StoreMergeRow, "id" | "createdAt" | "undoneAt" | "sourceAliases">,
): Promise<StoreMergeRow> {
  const { sourceKey, targetKey: mergedInto } = merge;
  const aliases = await tx
    .update(stores)
    .set({ mergedInto })
    .where(eq(stores.mergedInto, sourceKey))
    .returning({ storeKey: stores.storeKey });
  await tx
    .update(stores)
    .set({ lifecycle: "merged", lifecycleSince: sql`now()`, mergedInto })
    .where(eq(stores.storeKey, sourceKey));
  const sourceAliases = aliases.map(({ storeKey }) => storeKey);
  const [made] = await tx
    .insert(storeMerges)
    .values({ ...merge, sourceAliases, createdAt: sql`now()` })
    .returning();
  if (made === undefined) throw new Error("The merge was not recorded.");
  return made;
}

export async function findMerge(db: Db, id: number): Promise<StoreMergeRow | null> {
  const [row] = await db.select().from(storeMerges).where(eq(storeMerges.id, id));
  return row ?? null;
}

/** When a row became an earlier id by a merge that is neither undone nor older than some hours; null: by none. */
export async function findUndoableMerge(db: Db, sourceKey: number, withinHours: number): Promise<EpochMs | null> {
  const { createdAt, undoneAt } = storeMerges;
  const isInTime = gt(createdAt, sql`now() - make_interval(hours => ${withinHours})`);
  const [row] = await db
    .select({ createdAt })
    .from(storeMerges)
    .where(and(eq(storeMerges.sourceKey, sourceKey), isNull(undoneAt), isInTime))
    .orderBy(desc(storeMerges.id))
    .limit(1);
  return row?.createdAt ?? null;
}

/** Newest first. @param before an id; null: from the newest on */
export function listMerges(db: Db, before: number | null, limit: number): Promise<StoreMergeRow[]> {
  return db
    .select()
    .from(storeMerges)
    .where(before === null ? undefined : lt(storeMerges.id, before))
    .orderBy(desc(storeMerges.id))
    .limit(limit);
}

/** Marks a merge as undone. @returns null when it is, or is older than some hours */
export async function markUndone(tx: Db, id: number, withinHours: number): Promise<StoreMergeRow | null> {
  const isInTime = gt(storeMerges.createdAt, sql`now() - make_interval(hours => ${withinHours})`);
  const [row] = await tx
    .update(storeMerges)
    .set({ undoneAt: sql`now()` })
    .where(and(eq(storeMerges.id, id), isNull(storeMerges.undoneAt), isInTime))
    .returning();
  return row ?? null;
}

/** Makes the source of a merge a store again, with the earlier ids that it had. @returns false when it is not the target's */
export async function separateStore(tx: Db, merge: StoreMergeRow): Promise<boolean> {
  const { sourceKey, targetKey, sourceLifecycle: lifecycle, sourceAliases } = merge;
  const separated = await tx
    .update(stores)
    .set({ lifecycle, mergedInto: null, lifecycleSince: sql`now()` })
    .where(and(eq(stores.storeKey, sourceKey), eq(stores.mergedInto, targetKey)))
    .returning({ storeKey: stores.storeKey });
  if (separated.length === 0) return false;
  await tx
    .update(stores)
    .set({ mergedInto: sourceKey })
    .where(and(inArray(stores.storeKey, sourceAliases), eq(stores.mergedInto, targetKey)));
  return true;
}

/** Drops what a merge keeps for its undo. */
export async function forgetMerge(tx: Db, id: number): Promise<void> {
  await tx.delete(mergedPolls).where(eq(mergedPolls.mergeId, id));
  await tx.delete(mergedGrants).where(eq(mergedGrants.mergeId, id));
  await tx.delete(mergedCalendars).where(eq(mergedCalendars.mergeId, id));
}

/** The starts of the weeks of a merge's polls. */
export async function weeksOfMerge(db: Db, id: number): Promise<EpochMs[]> {
  const week = sql`date_trunc('week', ${mergedPolls.at} at time zone 'UTC') at time zone 'UTC'`;
  const rows = await db
    .selectDistinct({ week: week.mapWith(mergedPolls.at) })
    .from(mergedPolls)
    .where(eq(mergedPolls.mergeId, id));
  return rows.map((row) => row.week);
}

/** Makes polls of merges that can no longer be undone their targets' own, where there are other merges. */
async function keepPollsOf(tx: Db, over: readonly Pick<StoreMergeRow, "id" | "targetKey">[]): Promise<void> {
  const ids = over.map(({ id }) => id);
  const rows = await tx
    .selectDistinct({ id: mergedPolls.mergeId })
    .from(mergedPolls)
    .where(inArray(mergedPolls.mergeId, ids));
  const withPolls = over.filter(({ id }) => rows.some((row) => row.id === id));
  if (withPolls.length === 0) return;
  await lockStores(
    tx,
    withPolls.map(({ targetKey }) => targetKey),
  );
  await keepExpiredPolls(
    tx,
    withPolls.map(({ id }) => id),
  );
}

/** Drops what merges keep that can no longer be undone, the hours and calendars of their sources, and old merges. */
export async function deleteOldMerges(tx: Db, undoHours: number, keptDays: number): Promise<void> {
  const isOver = lte(storeMerges.createdAt, sql`now() - make_interval(hours => ${undoHours})`);
  const over = await tx
    .select({ id: storeMerges.id, sourceKey: storeMerges.sourceKey, targetKey: storeMerges.targetKey })
    .from(storeMerges)
    .where(and(isOver, isNull(storeMerges.undoneAt)));
  if (over.length > 0) {
    const ids = over.map(({ id }) => id);
    await keepPollsOf(tx, over);
    await tx.delete(mergedPolls).where(inArray(mergedPolls.mergeId, ids));
    await tx.delete(mergedGrants).where(inArray(mergedGrants.mergeId, ids));
    await tx.delete(mergedCalendars).where(inArray(mergedCalendars.mergeId, ids));
    const merged = await tx
      .select({ storeKey: stores.storeKey })
      .from(stores)
      .where(
        and(
          inArray(
            stores.storeKey,
            over.map(({ sourceKey }) => sourceKey),
          ),
          eq(stores.lifecycle, "merged"),
        ),
      );
    const keys = merged.map(({ storeKey }) => storeKey);
    for (const table of [businessHours, earlierHours, scheduleExceptions, calendarStores, personStores]) {
      if (keys.length > 0) await tx.delete(table).where(inArray(table.storeKey, keys));
    }
  }
  await tx.delete(storeMerges).where(lt(storeMerges.createdAt, sql`now() - make_interval(days => ${keptDays})`));
}
