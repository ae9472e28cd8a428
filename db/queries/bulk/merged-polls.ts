import type { Db } from "@/db/client";

/*
 * While a merge can be undone, merged_polls has the polls of its source, and beside each what the target has of its own
 * at that instant, without the polls of such merges: what it had before, and what arrived since. Duplicates are
 * not stored, so each way in which polls arrive records them here. An undo takes from the target only the
 * statuses that no one else gave it. At an instant a store has none, one or both statuses; both are an inactive poll in
 * poll_conflicts.
 */

/** Whether the target has a status of its own, by a row of merged_polls. */
const ownActive = (row: string): string => `(coalesce(${row}.target_active, false) or ${row}.target_conflicting)`;
const ownInactive = (row: string): string => `(coalesce(not ${row}.target_active, false) or ${row}.target_conflicting)`;

/** Whether the source had a status; also of a poll and whether it is in poll_conflicts. */
const hasActive = (row: string): string => `(${row}.active or ${row}.conflicting)`;
const hasInactive = (row: string): string => `(not ${row}.active or ${row}.conflicting)`;

/** Whether any of a group has a status; none has where there is no row. */
const any = (condition: string): string => `coalesce(bool_or(${condition}), false)`;

const setOwn = (active: string, inactive: string): string =>
  `target_active = case when ${active} or ${inactive} then not (${inactive}) end,
  target_conflicting = (${active}) and (${inactive})`;

/** Adds statuses that arrived to what targets have of their own. @param source a table of store_key, at and active */
export const recordArrivals = (source: string): string =>
  `update merged_polls m set ${setOwn(`(a.has_active or ${ownActive("m")})`, `(a.has_inactive or ${ownInactive("m")})`)}
  from (
    select e.store_key, e.at, bool_or(s.active) as has_active, bool_or(not s.active) as has_inactive
    from ${source} s join merged_polls e on e.store_key = s.store_key and e.at = s.at
    group by e.store_key, e.at) a
  where m.store_key = a.store_key and m.at = a.at`;

/** Whether merges into a store `s` can be undone. */
export const hasMergedPolls = "exists (select from merged_polls m where m.store_key = s.store_key)";

/** The polls of a merge, as rows of a store. */
export const pollsOfMerge = (mergeId: number, storeKey: number): string =>
  `(select ${storeKey.toFixed(0)} as store_key, at, active, conflicting from merged_polls
    where merge_id = ${mergeId.toFixed(0)})`;

/**
 * Records what the target has of its own at the instants of a merge, once its new polls are inserted: those rows have no
 * `target_active`. Locks the polls, so that it is what was committed.
 */
export async function recordOwnPolls({ sql }: Db, mergeId: number): Promise<void> {
  const given = (own: (row: string) => string, has: (row: string) => string) =>
    `(${any(own("e"))} or (${has("h")} and not ${any(has("e"))}))`;
  await sql.unsafe(
    `with locked as (
      select p.store_key, p.at, p.active from merged_polls m join polls p on p.store_key = m.store_key and p.at = m.at
      where m.merge_id = $1 and m.target_active for update of p),
    held as (
      select l.*, c.at is not null as conflicting
      from locked l left join poll_conflicts c on c.store_key = l.store_key and c.at = l.at),
    own as (
      select h.store_key, h.at, ${given(ownActive, hasActive)} as own_active, ${given(ownInactive, hasInactive)} as own_inactive
      from held h left join merged_polls e on e.store_key = h.store_key and e.at = h.at and e.merge_id <> $1
      group by h.store_key, h.at, h.active, h.conflicting)
    update merged_polls m set ${setOwn("o.own_active", "o.own_inactive")}
    from own o where m.merge_id = $1 and m.store_key = o.store_key and m.at = o.at`,
    [mergeId],
  );
}

/** Takes from the target of a merge the statuses that only this merge gave it. */
export async function takeMergedPolls({ sql }: Db, mergeId: number): Promise<void> {
  const taken = (own: (row: string) => string, has: (row: string) => string) =>
    `${has("m")} and not (${own("m")} or ${any(`${own("e")} or ${has("e")}`)})`;
  await sql.unsafe(
    `with taken as (
      select m.store_key, m.at, ${taken(ownActive, hasActive)} as takes_active, ${taken(ownInactive, hasInactive)} as takes_inactive
      from merged_polls m left join merged_polls e
        on e.store_key = m.store_key and e.at = m.at and e.merge_id <> m.merge_id
      where m.merge_id = $1 group by m.merge_id, m.store_key, m.at),
    remaining as (
      select p.store_key, p.at,
        (p.active or c.at is not null) and not t.takes_active as stays_active,
        (not p.active or c.at is not null) and not t.takes_inactive as stays_inactive
      from taken t join polls p on p.store_key = t.store_key and p.at = t.at
      left join poll_conflicts c on c.store_key = t.store_key and c.at = t.at),
    gone as (
      delete from polls p using remaining r
      where p.store_key = r.store_key and p.at = r.at and not r.stays_active and not r.stays_inactive),
    active_again as (
      update polls p set active = true from remaining r
      where p.store_key = r.store_key and p.at = r.at and r.stays_active and not r.stays_inactive and not p.active)
    delete from poll_conflicts c using remaining r
    where c.store_key = r.store_key and c.at = r.at and not (r.stays_active and r.stays_inactive)`,
    [mergeId],
  );
}

/** Makes polls that merges gave to a store its own in a range, `to` excluded: an undo then takes none of them. */
export async function keepMergedPolls({ sql }: Db, storeKey: number, from: string, to: string): Promise<void> {
  await sql.unsafe(
    `update merged_polls m set ${setOwn(`(${ownActive("m")} or ${hasActive("m")})`, `(${ownInactive("m")} or ${hasInactive("m")})`)}
    where store_key = $1 and at >= $2::timestamptz and at < $3::timestamptz`,
    [storeKey, from, to],
  );
}

/** Makes polls of merges that can no longer be undone their targets' own, for the merges that still can. */
export async function keepExpiredPolls({ sql }: Db, mergeIds: readonly number[]): Promise<void> {
  await sql.unsafe(
    `update merged_polls m
    set ${setOwn(`(e.has_active or ${ownActive("m")})`, `(e.has_inactive or ${ownInactive("m")})`)}
    from (
      select store_key, at, bool_or(${hasActive("x")}) as has_active, bool_or(${hasInactive("x")}) as has_inactive
      from merged_polls x where merge_id = any($1::bigint[]) group by store_key, at) e
    where m.store_key = e.store_key and m.at = e.at and m.merge_id <> all($1::bigint[])`,
    [[...mergeIds]],
  );
}
