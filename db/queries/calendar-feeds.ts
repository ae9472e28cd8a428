import { eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { calendarFeeds } from "@/db/schema/calendar-feeds";
import { notify } from "./bulk/notifications";
import { claimable, heldBy, nextAttempt, secondsFromNow, type ClaimToken } from "./lease";

export type CalendarFeedRow = typeof calendarFeeds.$inferSelect;

const queue = {
  id: calendarFeeds.calendarId,
  attempts: calendarFeeds.attempts,
  leaseUntil: calendarFeeds.leaseUntil,
  handedBack: null,
  isOpen: sql`${calendarFeeds.nextReadAt} <= now() + interval '1 ms'`,
  isHeld: sql`${calendarFeeds.leaseUntil} is not null`,
};

export const tokenOf = ({ calendarId: id, attempts }: CalendarFeedRow): ClaimToken => ({ id, attempts });

export async function findFeed(db: Db, calendarId: number): Promise<CalendarFeedRow | null> {
  const [row] = await db.select().from(calendarFeeds).where(eq(calendarFeeds.calendarId, calendarId));
  return row ?? null;
}

/** What a person sets. */
export type FeedSource = Pick<CalendarFeedRow, "url" | "content" | "meaning" | "timeZone" | "firstDate">;

/**
 * Sets where the dates of a calendar come from; the worker reads it at once. Dates that were read before stay until
 * then. An attempt that is in progress loses its claim.
 */
export async function setFeed(tx: Db, calendarId: number, source: FeedSource): Promise<void> {
  const fresh = { etag: null, lastModified: null, lastReadAt: null, lastChangedAt: null, lastError: null };
  const values = { ...source, ...fresh, lastErrorAt: null, failures: 0, leaseUntil: null, nextReadAt: sql`now()` };
  await tx
    .insert(calendarFeeds)
    .values({ calendarId, ...values })
    .onConflictDoUpdate({ target: calendarFeeds.calendarId, set: { ...values, attempts: nextAttempt(queue) } });
}

/** Deletes the feed of a calendar. @returns whether there was one */
export async function deleteFeed(tx: Db, calendarId: number): Promise<boolean> {
  const rows = await tx
    .delete(calendarFeeds)
    .where(eq(calendarFeeds.calendarId, calendarId))
    .returning({ id: calendarFeeds.calendarId });
  return rows.length > 0;
}

/** Makes a feed due. An attempt that is in progress goes on. */
export async function makeFeedDue(tx: Db, calendarId: number): Promise<void> {
  await tx
    .update(calendarFeeds)
    .set({ nextReadAt: sql`now()` })
    .where(eq(calendarFeeds.calendarId, calendarId));
}

/** Wakes the workers that read feeds, when the transaction commits. */
export async function announceFeeds(db: Db): Promise<void> {
  await db.execute(sql`select ${notify("feed_due")}`);
}

/** Claims the feeds that have been due longest. No other worker reads them before the lease expires. */
export function claimFeeds(db: Db, limit: number, leaseSeconds: number): Promise<CalendarFeedRow[]> {
  const order = [calendarFeeds.nextReadAt, calendarFeeds.calendarId];
  return db
    .update(calendarFeeds)
    .set({ attempts: nextAttempt(queue), leaseUntil: secondsFromNow(leaseSeconds) })
    .where(claimable(queue, undefined, { order, limit, locked: "skip" }))
    .returning();
}

/** Extends the lease. @returns false when the claim no longer holds the feed */
export async function extendFeed(db: Db, claim: ClaimToken, leaseSeconds: number): Promise<boolean> {
  const { count } = await db
    .update(calendarFeeds)
    .set({ leaseUntil: secondsFromNow(leaseSeconds) })
    .where(heldBy(queue, claim));
  return count > 0;
}

type FeedChange = PgUpdateSetSource<typeof calendarFeeds>;

async function endClaim(db: Db, claim: ClaimToken, seconds: number, change: FeedChange): Promise<boolean> {
  const values = { ...change, leaseUntil: null, nextReadAt: secondsFromNow(seconds) };
  const { count } = await db.update(calendarFeeds).set(values).where(heldBy(queue, claim));
  return count > 0;
}

/** What was read of a feed. */
export type ReadFeed = Pick<
  CalendarFeedRow,
  "content" | "dates" | "warnings" | "warningCount" | "etag" | "lastModified"
> & {
  /** Whether the text differs from the one before. */
  readonly isChanged: boolean;
};

const readNow = (isChanged: boolean) => ({
  ...{ lastReadAt: sql`now()`, lastError: null, lastErrorAt: null, failures: 0 },
  ...(isChanged ? { lastChangedAt: sql`now()` } : {}),
});

/** Records what was read, and when to read again. @returns false when the claim no longer holds the feed */
export function endFeed(
  tx: Db,
  claim: ClaimToken,
  seconds: number,
  { isChanged, ...read }: ReadFeed,
): Promise<boolean> {
  return endClaim(tx, claim, seconds, { ...read, ...readNow(isChanged) });
}

/** Records a failed attempt; the dates stay. @returns false when the claim no longer holds the feed */
export function failFeed(db: Db, claim: ClaimToken, seconds: number, reason: string): Promise<boolean> {
  const failures = sql`${calendarFeeds.failures} + 1`;
  return endClaim(db, claim, seconds, { lastError: reason, lastErrorAt: sql`now()`, failures });
}

/** Returns a feed whose attempt was aborted. */
export function returnFeed(db: Db, claim: ClaimToken, seconds: number): Promise<boolean> {
  return endClaim(db, claim, seconds, {});
}

/** Records what was read when the feed was set. Call with the feed's row locked by `setFeed`. */
export async function recordFeed(tx: Db, calendarId: number, seconds: number, read: ReadFeed): Promise<void> {
  const { isChanged, ...values } = read;
  await tx
    .update(calendarFeeds)
    .set({ ...values, ...readNow(isChanged), nextReadAt: secondsFromNow(seconds) })
    .where(eq(calendarFeeds.calendarId, calendarId));
}
