import { eq, max, min } from "drizzle-orm";
import type { Db } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { removedPolls } from "@/db/schema/poll-removals";
import type { EpochMs } from "@/lib/uptime/types";
import { keepMergedPolls, recordArrivals } from "./merged-polls";
import { insertPolls, recordConflicts, overrulePolls, selectConflicts } from "./poll-merge-rule";

interface Range {
  readonly storeKey: number;
  readonly from: EpochMs;
  /** Excluded. */
  readonly to: EpochMs;
}

/**
 * Moves the polls of a range, with whether each is in `poll_conflicts`, to `removed_polls`. @returns the number of
 * polls
 */
export async function takePollsOut(tx: Db, removalId: number, { storeKey, from, to }: Range): Promise<number> {
  const { sql } = tx;
  const [first, end] = [instantText(from), instantText(to)];
  await lockAgainstMerges(tx, storeKey);
  await keepMergedPolls(tx, storeKey, first, end);
  const { count } = await sql`
    with gone as (
      delete from polls where store_key = ${storeKey} and at >= ${first} and at < ${end} returning at, active
    ), unnoted as (
      delete from poll_conflicts where store_key = ${storeKey} and at >= ${first} and at < ${end} returning at
    )
    insert into removed_polls (removal_id, store_key, at, active, conflicting)
    select ${removalId}::bigint, ${storeKey}::int, gone.at, gone.active, unnoted.at is not null
    from gone left join unnoted using (at)`;
  return count;
}

/** Makes merges of a store, and their undo, wait until the transaction ends. */
async function lockAgainstMerges({ sql }: Db, storeKey: number): Promise<void> {
  await sql`select from stores where store_key = ${storeKey} for share`;
}

/** Merges the polls of a removal into the table again. @returns the newest of them; null if there are none */
export async function putPollsBack(tx: Db, removalId: number): Promise<EpochMs | null> {
  const { sql } = tx;
  const [span] = await tx
    .select({ storeKey: max(removedPolls.storeKey), first: min(removedPolls.at), last: max(removedPolls.at) })
    .from(removedPolls)
    .where(eq(removedPolls.removalId, removalId));
  if (span?.first == null || span.last === null || span.storeKey === null) return null;
  await lockAgainstMerges(tx, span.storeKey);
  const removed = `(select store_key, at, active, conflicting from removed_polls where removal_id = ${removalId.toFixed(0)})`;
  const within = `p.at between '${instantText(span.first)}' and '${instantText(span.last)}'`;
  const conflicts = `(${selectConflicts(removed, within)})`;
  await sql.unsafe(insertPolls(removed, { skipHeld: true }));
  await sql.unsafe(recordConflicts(conflicts));
  await sql.unsafe(recordConflicts(`(select store_key, at from ${removed} r where conflicting)`));
  await sql.unsafe(overrulePolls(conflicts, within));
  await sql.unsafe(recordArrivals(removed));
  await tx.delete(removedPolls).where(eq(removedPolls.removalId, removalId));
  return span.last;
}
