import { eq, max, min } from "drizzle-orm";
import type { Db } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { removedPolls } from "@/db/schema/poll-removals";
import type { EpochMs } from "@/lib/uptime/types";
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
export async function takePollsOut({ sql }: Db, removalId: number, { storeKey, from, to }: Range): Promise<number> {
  const [first, end] = [instantText(from), instantText(to)];
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

/** Merges the polls of a removal into the table again. @returns the newest of them; null if there are none */
export async function putPollsBack(tx: Db, removalId: number): Promise<EpochMs | null> {
  const { sql } = tx;
  const [span] = await tx
    .select({ first: min(removedPolls.at), last: max(removedPolls.at) })
    .from(removedPolls)
    .where(eq(removedPolls.removalId, removalId));
  if (span?.first == null || span.last === null) return null;
  const removed = `(select store_key, at, active, conflicting from removed_polls where removal_id = ${removalId.toFixed(0)})`;
  const within = `p.at between '${instantText(span.first)}' and '${instantText(span.last)}'`;
  const conflicts = `(${selectConflicts(removed, within)})`;
  await sql.unsafe(insertPolls(removed, { skipHeld: true }));
  await sql.unsafe(recordConflicts(conflicts));
  await sql.unsafe(recordConflicts(`(select store_key, at from ${removed} r where conflicting)`));
  await sql.unsafe(overrulePolls(conflicts, within));
  await tx.delete(removedPolls).where(eq(removedPolls.removalId, removalId));
  return span.last;
}
