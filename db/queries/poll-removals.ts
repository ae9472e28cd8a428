import { and, count, desc, eq, gt, gte, inArray, isNull, lt, lte, sql, type SQL } from "drizzle-orm";
import type { Db } from "@/db/client";
import { pollRemovals, removedPolls } from "@/db/schema/poll-removals";
import { polls } from "@/db/schema/polls";
import { isAmong, type StoreSet } from "@/db/store-set";
import type { EpochMs } from "@/lib/uptime/types";
import { putPollsBack, takePollsOut } from "@/db/queries/bulk/move-polls";

/** How long removed polls can be restored. */
export const undoHours = 24;

export interface PollRemoval {
  readonly id: number;
  readonly storeKey: number;
  readonly storeId: string;
  readonly from: EpochMs;
  /** Excluded. */
  readonly to: EpochMs;
  readonly polls: number;
  readonly createdAt: EpochMs;
  readonly undoneAt: EpochMs | null;
  /** Whether its polls can still be restored, by the database's clock. */
  readonly undoable: boolean;
}

const { id, storeKey, storeId, fromAt, toAt, createdAt, undoneAt } = pollRemovals;
const isInTime = gt(createdAt, sql`now() - make_interval(hours => ${undoHours})`);
const columns = {
  ...{ id, storeKey, storeId, from: fromAt, to: toAt, polls: pollRemovals.polls, createdAt, undoneAt },
  undoable: sql<boolean>`${undoneAt} is null and ${isInTime}`,
};

export interface RemovalRequest {
  readonly storeKey: number;
  readonly storeId: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Moves the polls of a store in `[from, to)` and their conflicts to `removed_polls`, in the open transaction. The caller
 * then calls `recordFewerPolls`.
 */
export async function removePolls(tx: Db, request: RemovalRequest): Promise<PollRemoval> {
  const [made] = await tx
    .insert(pollRemovals)
    .values({
      ...{ storeKey: request.storeKey, storeId: request.storeId, fromAt: request.from, toAt: request.to, polls: 0 },
      createdAt: sql`now()`,
    })
    .returning({ id });
  if (made === undefined) throw new Error("The removal was not recorded.");
  const taken = await takePollsOut(tx, made.id, request);
  const [removal] = await tx.update(pollRemovals).set({ polls: taken }).where(eq(id, made.id)).returning(columns);
  if (removal === undefined) throw new Error("The removal is gone.");
  return removal;
}

/** The number of polls of a store in `[from, to)`, counted up to `most`. */
export async function countPollsInRange(
  tx: Db,
  { storeKey: key, from, to }: Omit<RemovalRequest, "storeId">,
  most: number,
): Promise<number> {
  const some = tx
    .select({ at: polls.at })
    .from(polls)
    .where(and(eq(polls.storeKey, key), gte(polls.at, from), lt(polls.at, to)))
    .limit(most)
    .as("some");
  const [row] = await tx.select({ count: count() }).from(some);
  return row?.count ?? 0;
}

function selectRemovals(db: Db, stores: StoreSet, which: SQL | undefined) {
  return db
    .select(columns)
    .from(pollRemovals)
    .where(and(isAmong(storeKey, stores), which));
}

export async function findPollRemoval(db: Db, removalId: number, stores: StoreSet): Promise<PollRemoval | null> {
  const [removal] = await selectRemovals(db, stores, eq(id, removalId));
  return removal ?? null;
}

/** Removals, newest first. @param before an id; null: from the newest on */
export function listPollRemovals(
  db: Db,
  stores: StoreSet,
  before: number | null,
  limit: number,
): Promise<PollRemoval[]> {
  return selectRemovals(db, stores, before === null ? undefined : lt(id, before))
    .orderBy(desc(id))
    .limit(limit);
}

/** The starts of the weeks of a removal's polls. */
export async function weeksOfRemoval(db: Db, removalId: number): Promise<EpochMs[]> {
  const week = sql`date_trunc('week', ${removedPolls.at} at time zone 'UTC') at time zone 'UTC'`;
  const rows = await db
    .selectDistinct({ week: week.mapWith(removedPolls.at) })
    .from(removedPolls)
    .where(eq(removedPolls.removalId, removalId));
  return rows.map((row) => row.week);
}

/**
 * Restores the polls of a removal, merged with those that arrived since. Partitions must exist for all of them. The
 * caller ends with `recordFleetChange`.
 * @returns the updated removal, and the newest of its polls; null when it was already undone or has expired
 */
export async function restorePolls(
  tx: Db,
  removalId: number,
): Promise<{ readonly removal: PollRemoval; readonly newest: EpochMs | null } | null> {
  const [removal] = await tx
    .update(pollRemovals)
    .set({ undoneAt: sql`now()` })
    .where(and(eq(id, removalId), isNull(undoneAt), isInTime))
    .returning(columns);
  if (removal === undefined) return null;
  return { removal, newest: await putPollsBack(tx, removalId) };
}

/** Drops the polls of removals that can no longer be undone, and old removals. */
export async function deleteOldRemovals(db: Db, keptDays: number): Promise<void> {
  const isOver = lte(createdAt, sql`now() - make_interval(hours => ${undoHours})`);
  const over = db.select({ id }).from(pollRemovals).where(isOver);
  await db.delete(removedPolls).where(inArray(removedPolls.removalId, over));
  await db.delete(pollRemovals).where(lt(createdAt, sql`now() - make_interval(days => ${keptDays})`));
}
