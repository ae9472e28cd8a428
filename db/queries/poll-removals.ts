import type { Db, Sql } from "@/db/client";
import { among, type StoreSet } from "@/db/store-set";
import type { EpochMs } from "@/lib/uptime/types";

/** For how long what was removed can be put back. */
export const undoHours = 24;

export interface PollRemoval {
  readonly id: number;
  readonly storeKey: number;
  readonly storeId: string;
  readonly from: EpochMs;
  /** Not included. */
  readonly to: EpochMs;
  readonly polls: number;
  readonly createdAt: EpochMs;
  readonly undoneAt: EpochMs | null;
  /** Whether its polls can be put back still, by the clock of the database. */
  readonly undoable: boolean;
}

interface RawRemoval {
  id: string;
  store_key: number;
  store_id: string;
  from_at: string;
  to_at: string;
  polls: number;
  created_at: string;
  undone_at: string | null;
  undoable: boolean;
}

function toRemoval(row: RawRemoval): PollRemoval {
  return {
    id: Number(row.id),
    storeKey: row.store_key,
    storeId: row.store_id,
    from: Date.parse(row.from_at),
    to: Date.parse(row.to_at),
    polls: row.polls,
    createdAt: Date.parse(row.created_at),
    undoneAt: row.undone_at === null ? null : Date.parse(row.undone_at),
    undoable: row.undoable,
  };
}

const columns = (sql: Sql) => sql`
  id, store_key, store_id, from_at, to_at, polls, created_at, undone_at,
  undone_at is null and created_at > now() - make_interval(hours => ${undoHours}) as undoable`;

export interface RemovalRequest {
  readonly storeKey: number;
  readonly storeId: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/**
 * Takes the polls of a store in `[from, to)` out, with what is noted about them, and keeps them aside. All in one
 * statement, in the transaction that is open, which must roll back where more went than `most`; the caller ends with
 * `recordFewerPolls`.
 */
export async function removePolls({ sql }: Db, { storeKey, storeId, from, to }: RemovalRequest): Promise<PollRemoval> {
  const [first, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const [row] = await sql<{ id: string }[]>`
    insert into poll_removals (store_key, store_id, from_at, to_at, polls, created_at)
    values (${storeKey}, ${storeId}, ${first}, ${end}, 0, now()) returning id`;
  if (row === undefined) throw new Error("The removal was not noted.");
  const { count } = await sql`
    with gone as (
      delete from polls where store_key = ${storeKey} and at >= ${first} and at < ${end} returning at, active
    ), unnoted as (
      delete from poll_conflicts where store_key = ${storeKey} and at >= ${first} and at < ${end} returning at
    )
    insert into removed_polls (removal_id, store_key, at, active, conflicting)
    select ${row.id}::bigint, ${storeKey}::int, gone.at, gone.active, unnoted.at is not null
    from gone left join unnoted using (at)`;
  const [removal] = await sql<RawRemoval[]>`
    update poll_removals set polls = ${count} where id = ${row.id} returning ${columns(sql)}`;
  if (removal === undefined) throw new Error("The removal is gone.");
  return toRemoval(removal);
}

/** How many polls of a store lie in `[from, to)`, counted up to `most`. */
export async function countPolls(
  { sql }: Db,
  { storeKey, from, to }: Omit<RemovalRequest, "storeId">,
  most: number,
): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from (
      select from polls where store_key = ${storeKey} and at >= ${new Date(from).toISOString()}
        and at < ${new Date(to).toISOString()} limit ${most}) as polls`;
  return row?.count ?? 0;
}

export async function findPollRemoval({ sql }: Db, id: number, stores: StoreSet): Promise<PollRemoval | null> {
  const [row] = await sql<RawRemoval[]>`
    select ${columns(sql)} from poll_removals where id = ${id} and ${among(sql, sql`store_key`, stores)}`;
  return row === undefined ? null : toRemoval(row);
}

/** Removals, the newest first. @param before an id; null: from the newest on */
export async function listPollRemovals(
  { sql }: Db,
  stores: StoreSet,
  before: number | null,
  limit: number,
): Promise<PollRemoval[]> {
  const older = before === null ? sql`` : sql`and id < ${before}`;
  const rows = await sql<RawRemoval[]>`
    select ${columns(sql)} from poll_removals where ${among(sql, sql`store_key`, stores)} ${older}
    order by id desc limit ${limit}`;
  return rows.map(toRemoval);
}

/** The starts of the weeks of a removal's polls, as ms. */
export async function weeksOfRemoval({ sql }: Db, id: number): Promise<EpochMs[]> {
  const rows = await sql<{ week: string }[]>`
    select distinct date_trunc('week', at at time zone 'UTC') at time zone 'UTC' as week
    from removed_polls where removal_id = ${id}`;
  return rows.map(({ week }) => Date.parse(week));
}

/**
 * Puts the polls of a removal back, merged with what came since: of two at one instant `inactive` is kept, and where they
 * differ that is noted. There are partitions for all of them. The caller ends with `recordFleetChange`.
 * @returns the removal as it is then, and the newest of its polls; null where it was undone already or its time is over
 */
export async function restorePolls(
  { sql }: Db,
  id: number,
): Promise<{ readonly removal: PollRemoval; readonly newest: EpochMs | null } | null> {
  const [row] = await sql<RawRemoval[]>`
    update poll_removals set undone_at = now()
    where id = ${id} and undone_at is null and created_at > now() - make_interval(hours => ${undoHours})
    returning ${columns(sql)}`;
  if (row === undefined) return null;
  const [span] = await sql<{ first: string | null; last: string | null }[]>`
    select min(at) as first, max(at) as last from removed_polls where removal_id = ${id}`;
  if (span?.first == null || span.last === null) return { removal: toRemoval(row), newest: null };
  await sql`
    insert into poll_conflicts (store_key, at)
    select r.store_key, r.at from removed_polls r
    left join polls p on p.store_key = r.store_key and p.at = r.at and p.at between ${span.first} and ${span.last}
    where r.removal_id = ${id} and (r.conflicting or p.active <> r.active)
    on conflict do nothing`;
  await sql`
    insert into polls (store_key, at, active)
    select store_key, at, active from removed_polls where removal_id = ${id} order by store_key, at
    on conflict (store_key, at) do update set active = false where polls.active and not excluded.active`;
  await sql`delete from removed_polls where removal_id = ${id}`;
  return { removal: toRemoval(row), newest: Date.parse(span.last) };
}

/** Drops the polls of removals that cannot be undone any more, and removals of long ago. */
export async function deleteOldRemovals({ sql }: Db, keptDays: number): Promise<void> {
  await sql`
    delete from removed_polls where removal_id in (
      select id from poll_removals where created_at <= now() - make_interval(hours => ${undoHours}))`;
  await sql`delete from poll_removals where created_at < now() - make_interval(days => ${keptDays})`;
}
