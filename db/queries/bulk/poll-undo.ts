import type { Db } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, orNull, readOneRow } from "@/db/rows";
import { recordFewerPolls } from "./fleet-state";
import { namedStores, type LaterChanges } from "./store-undo";

const spanRow = { first: orNull(as.instant), last: orNull(as.instant) };
const mergedRow = { count: as.number, storeIds: as.textArray };

export interface PollUndo {
  /** Polls that the import had added and that were deleted. */
  readonly removed: number;
  /** Polls that the import had made inactive and that are active again. */
  readonly restored: number;
}

/** Prevents merges of the stores to which an import added polls until the transaction ends. */
export async function lockPolledStores({ sql }: Db, importId: number): Promise<void> {
  await sql`
    select from stores
    where store_key in (select store_key from import_poll_changes where import_id = ${importId})
    order by store_key for share`;
}

/** The stores of an import of polls that were merged into others after it: those have its polls now. */
export function readMergedStores({ sql }: Db, importId: number): Promise<LaterChanges> {
  return readOneRow(
    sql`
    select count(*)::int as count, coalesce((array_agg(store_id::text order by store_id))[1:${namedStores}], '{}') as store_ids
    from import_poll_changes join stores using (store_key)
    where import_id = ${importId} and merged_into is not null`,
    mergedRow,
  );
}

/**
 * Undoes the changes of an import of polls, in the open transaction: the polls that it added, the statuses that it
 * overruled, the conflicts that it recorded; and updates the newest poll. Later changes of the same polls by others are
 * undone with them; new stores stay.
 */
export async function undoPolls(tx: Db, importId: number): Promise<PollUndo> {
  await tx.sql`set local work_mem = '64MB'`;
  // The bounds limit the planner to the weeks of the import.
  const { first, last } = await readOneRow(
    tx.sql`
    select min(at) as first, max(at) as last
    from import_poll_changes, unnest(added || overruled) as at where import_id = ${importId}`,
    spanRow,
  );
  if (first === null || last === null) return { removed: 0, restored: 0 };
  const within = tx.sql`p.at between ${instantText(first)}::timestamptz and ${instantText(last)}::timestamptz`;
  const { count: removed } = await tx.sql`
    delete from polls p
    using (select store_key, unnest(added) as at from import_poll_changes where import_id = ${importId}) c
    where p.store_key = c.store_key and p.at = c.at and ${within}`;
  const { count: restored } = await tx.sql`
    update polls p set active = true
    from (select store_key, unnest(overruled) as at from import_poll_changes where import_id = ${importId}) c
    where p.store_key = c.store_key and p.at = c.at and not p.active and ${within}`;
  await tx.sql`
    delete from poll_conflicts p
    using (select store_key, unnest(added || noted) as at from import_poll_changes where import_id = ${importId}) c
    where p.store_key = c.store_key and p.at = c.at`;
  // Polls of the import that were removed since must not come back when the removal is undone.
  await tx.sql`
    delete from removed_polls r
    using (select store_key, unnest(added) as at from import_poll_changes where import_id = ${importId}) c
    where r.store_key = c.store_key and r.at = c.at`;
  await tx.sql`
    update removed_polls r set active = true, conflicting = false
    from (select store_key, unnest(overruled) as at from import_poll_changes where import_id = ${importId}) c
    where r.store_key = c.store_key and r.at = c.at`;
  await tx.sql`delete from import_poll_changes where import_id = ${importId}`;
  await recordFewerPolls(tx);
  return { removed, restored };
}
