import type { Db } from "@/db/client";
import { as, readOneRow, readRows } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import { pollsOfMerge, recordArrivals, recordOwnPolls, takeMergedPolls } from "./merged-polls";
import { insertPolls, overrulePolls, recordConflicts, selectConflicts } from "./poll-merge-rule";

/** Two stores that are one. */
export interface StorePair {
  readonly sourceKey: number;
  readonly targetKey: number;
}

const effectRow = {
  polls: as.number,
  added: as.number,
  conflicting: as.number,
  people: as.number,
  keys: as.number,
};

/** What a merge would do. */
export interface MergeEffect {
  readonly polls: number;
  readonly added: number;
  readonly conflicting: number;
  readonly people: number;
  readonly keys: number;
}

/** People who can see a store by a grant of their own or of its group. @param which `source` or `target` */
const granted = (which: "source" | "target"): string => `(
  select person_id, bool_or(manage) as manage from (
    select person_id, manage from person_stores where store_key = pair.${which}_key
    union all
    select g.person_id, g.manage from person_groups g join stores s on s.group_name = g.group_name
    where s.store_key = pair.${which}_key) as grants group by person_id)`;

const missingGrants = `${granted("source")} as source left join ${granted("target")} as target using (person_id)
  where target.manage is null or source.manage and not target.manage`;

export function readMergeEffect({ sql }: Db, { sourceKey, targetKey }: StorePair): Promise<MergeEffect> {
  return readOneRow(
    sql`
    select p.polls, p.added, p.conflicting,
      (select count(*) from ${sql.unsafe(missingGrants)})::int as people,
      (select count(*) from api_keys where pair.source_key = any(store_keys) and revoked_at is null)::int as keys
    from (select ${sourceKey}::int as source_key, ${targetKey}::int as target_key) as pair
    cross join lateral (
      select count(*)::int as polls, (count(*) filter (where t.at is null))::int as added,
        (count(*) filter (where t.active <> s.active))::int as conflicting
      from polls s left join polls t on t.store_key = ${targetKey} and t.at = s.at
      where s.store_key = ${sourceKey}) as p`,
    effectRow,
  );
}

/** Merges the polls `rows` of a table into those of their stores, after their insert, by the rule of all polls. */
async function settleRows({ sql }: Db, rows: string): Promise<void> {
  const conflicts = `(${selectConflicts(rows, "true")})`;
  await sql.unsafe(recordConflicts(conflicts));
  await sql.unsafe(recordConflicts(`(select store_key, at from ${rows} r where conflicting)`));
  await sql.unsafe(overrulePolls(conflicts, "true"));
}

/** A select of the polls of a store that deletes them: none that is committed meanwhile is lost. */
const takenPolls = ({ sql }: Db, storeKey: number) => sql`
  with gone as (delete from polls where store_key = ${storeKey} returning at, active),
  noted as (delete from poll_conflicts where store_key = ${storeKey} returning at),
  taken as (select gone.at, gone.active, noted.at is not null as conflicting from gone left join noted using (at))`;

/** Moves the polls of the source to the target, and keeps what both had in `merged_polls`. */
export async function moveMergedPolls(db: Db, mergeId: number, { sourceKey, targetKey }: StorePair): Promise<void> {
  const { sql } = db;
  await sql`
    ${takenPolls(db, sourceKey)}
    insert into merged_polls (merge_id, store_key, at, active, conflicting, target_active, target_conflicting)
    select ${mergeId}::bigint, ${targetKey}::int, at, active, conflicting, true, false from taken order by at`;
  const rows = pollsOfMerge(mergeId, targetKey);
  await sql.unsafe(
    `with added as (${insertPolls(rows, { skipHeld: true })} returning store_key, at)
    update merged_polls m set target_active = null from added a
    where m.merge_id = $1 and m.store_key = a.store_key and m.at = a.at`,
    [mergeId],
  );
  await recordOwnPolls(db, mergeId);
  await settleRows(db, rows);
}

/** Undoes `moveMergedPolls`. Partitions must exist for all of the polls. Those that arrived since stay with the target. */
export async function moveMergedPollsBack(db: Db, mergeId: number, { sourceKey }: StorePair): Promise<void> {
  await takeMergedPolls(db, mergeId);
  const rows = pollsOfMerge(mergeId, sourceKey);
  await db.sql.unsafe(insertPolls(rows, { skipHeld: true }));
  await settleRows(db, rows);
}

/** Gives the target's people the grants of the source's, and records what they had before. */
export async function uniteGrants({ sql }: Db, mergeId: number, { sourceKey, targetKey }: StorePair): Promise<void> {
  await sql`
    with pair as (select ${sourceKey}::int as source_key, ${targetKey}::int as target_key),
    missing as (
      select source.person_id, source.manage from pair cross join lateral (
        select source.person_id, source.manage from ${sql.unsafe(missingGrants)}) as source),
    recorded as (
      insert into merged_grants (merge_id, person_id, before)
      select ${mergeId}::bigint, m.person_id, g.manage from missing m
      left join person_stores g on g.person_id = m.person_id and g.store_key = ${targetKey})
    insert into person_stores (person_id, store_key, manage)
    select person_id, ${targetKey}::int, manage from missing order by person_id
    on conflict (person_id, store_key) do update set manage = excluded.manage`;
}

/** Undoes `uniteGrants`. */
export async function separateGrants({ sql }: Db, mergeId: number, { targetKey }: StorePair): Promise<void> {
  await sql`
    delete from person_stores g using merged_grants m
    where m.merge_id = ${mergeId} and g.person_id = m.person_id and g.store_key = ${targetKey} and m.before is null`;
  await sql`
    update person_stores g set manage = m.before from merged_grants m
    where m.merge_id = ${mergeId} and g.person_id = m.person_id and g.store_key = ${targetKey} and m.before is not null`;
}

/**
 * Gives the target the calendars of the source for their dates, except for those that it has been given at some of them,
 * and records it.
 */
export async function uniteCalendars({ sql }: Db, mergeId: number, { sourceKey, targetKey }: StorePair): Promise<void> {
  await sql`
    with added as (
      insert into calendar_stores (store_key, calendar_id, first_date, before_date)
      select ${targetKey}::int, s.calendar_id, s.first_date, s.before_date from calendar_stores s
      where s.store_key = ${sourceKey} and not exists (
        select from calendar_stores t
        where t.store_key = ${targetKey} and t.calendar_id = s.calendar_id
          and t.first_date < s.before_date and t.before_date > s.first_date)
      returning calendar_id, first_date)
    insert into merged_calendars (merge_id, calendar_id, first_date)
    select ${mergeId}::bigint, calendar_id, first_date from added`;
}

/** Undoes `uniteCalendars`. */
export async function separateCalendars({ sql }: Db, mergeId: number, { targetKey }: StorePair): Promise<void> {
  await sql`
    delete from calendar_stores g using merged_calendars m
    where m.merge_id = ${mergeId} and g.store_key = ${targetKey} and g.calendar_id = m.calendar_id
      and g.first_date = m.first_date`;
}

const pairRow = { sourceKey: stores.storeKey, targetKey: as.number };

/**
 * Moves polls that were stored under an earlier id while it became one: their statement had read the stores before. Only
 * those, so it costs nothing else. @returns the number of earlier ids that had polls
 */
export async function moveLatePolls(db: Db): Promise<number> {
  const { sql } = db;
  const late = await readRows(
    sql`
    select s.store_key as source_key, s.merged_into as target_key from stores s
    join stores t on t.store_key = s.merged_into
    where s.merged_into is not null and s.lifecycle_since > now() - interval '1 hour'
      and exists (select 1 from polls p where p.store_key = s.store_key)
    order by s.store_key for no key update of s, t`,
    pairRow,
  );
  if (late.length === 0) return 0;
  await sql`
    create temp table late_polls (store_key integer, at timestamptz(3), active boolean, conflicting boolean)
    on commit drop`;
  for (const { sourceKey, targetKey } of late) {
    await sql`
      ${takenPolls(db, sourceKey)} insert into late_polls select ${targetKey}::int, at, active, conflicting from taken`;
  }
  await sql.unsafe(insertPolls("late_polls", { skipHeld: true }));
  await settleRows(db, "late_polls");
  await sql.unsafe(
    recordArrivals(`(select store_key, at, active from late_polls
      union all select store_key, at, true from late_polls where conflicting)`),
  );
  return late.length;
}
