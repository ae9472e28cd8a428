import type { SqlOrTx } from "@/db/client";
import type { EpochMs } from "@/lib/uptime/types";

/** Polls as columns, one entry a poll: the store's id, the instant in ms, and 1 for active or 0 for inactive. */
export interface PollColumns {
  readonly storeIds: readonly string[];
  readonly at: readonly EpochMs[];
  readonly active: readonly number[];
}

/** The polls of a batch with their stores' keys; null of a store that is not known. */
function given(tx: SqlOrTx, { storeIds, at, active }: PollColumns) {
  return tx`
    select s.store_key, to_timestamp(g.ms / 1000)::timestamptz(3) as at, g.active = 1 as active
    from unnest(${[...storeIds]}::text[], ${[...at]}::float8[], ${[...active]}::int4[]) as g (store_id, ms, active)
    left join stores s on s.store_id = g.store_id collate "C"`;
}

/** What became of polls that were to be inserted. */
export interface InsertedPolls {
  readonly accepted: number;
  /** Passed over, because their stores are not known. */
  readonly ofUnknownStores: number;
}

/**
 * Inserts the polls that are new, of stores that are known: at most one a store and instant, `inactive` where both are
 * given; partitions exist for all of them. In key order, which the key's index takes fastest and in which concurrent
 * batches never wait in a ring. Where all of them are new nothing else follows in their transaction, so the change of
 * the fleet is noted in the same statement; otherwise that is left to `noteFleetChange`, at the transaction's end.
 */
export async function insertNewPolls(tx: SqlOrTx, polls: PollColumns): Promise<InsertedPolls> {
  const newest = new Date(newestOf(polls)).toISOString();
  const [row] = await tx<{ accepted: number; unknown: number }[]>`
    with given as materialized (${given(tx, polls)}), inserted as (
      insert into polls (store_key, at, active)
      select distinct on (store_key, at) store_key, at, active from given where store_key is not null
      order by store_key, at, active
      on conflict do nothing returning 1
    ), counted as (
      select (select count(*) from inserted)::int as accepted,
        count(*) filter (where store_key is null)::int as unknown, count(*)::int as given
      from given
    ), noted as (
      update fleet_state
      set newest_poll_at = greatest(newest_poll_at, ${newest}::timestamptz), data_version = data_version + 1
      where (select accepted = counted.given from counted)
    )
    select accepted, unknown from counted`;
  return { accepted: row?.accepted ?? 0, ofUnknownStores: row?.unknown ?? 0 };
}

/** The newest instant of polls. */
export function newestOf({ at }: PollColumns): EpochMs {
  return at.reduce((most, ms) => Math.max(most, ms), -Infinity);
}

/**
 * Makes those of the stores known that are not.
 * @param storeIds distinct and ascending, so that transactions which make the same stores never wait in a ring
 */
export async function makeStores(tx: SqlOrTx, storeIds: readonly string[]): Promise<void> {
  await tx`
    insert into stores (store_id)
    select g.store_id from unnest(${[...storeIds]}::text[]) as g (store_id)
    where not exists (select from stores s where s.store_id = g.store_id collate "C")
    order by g.store_id collate "C"
    on conflict (store_id) do nothing`;
}

export interface PollConflicts {
  /** Distinct (store, instant, status) whose status is not the one that was kept. */
  readonly conflicting: number;
  /** Whether an instant was noted or a poll became inactive. */
  readonly changed: boolean;
}

/**
 * Settles polls that say other than what is kept: `inactive` wins, and the instant is noted in `poll_conflicts`. A
 * statement of its own, after the insert: it sees what others committed while the insert waited for them.
 * @param polls each (store, instant, status) once
 */
export async function settleConflicts(tx: SqlOrTx, polls: PollColumns): Promise<PollConflicts> {
  const bound = (ms: EpochMs): string => new Date(ms).toISOString();
  const from = bound(polls.at.reduce((least, ms) => Math.min(least, ms), Infinity));
  const to = bound(newestOf(polls));
  const [row] = await tx<{ conflicting: number; changes: number }[]>`
    with given as materialized (${given(tx, polls)}), conflicts as (
      select p.store_key, p.at, given.active
      from given join polls p on p.store_key = given.store_key and p.at = given.at
      where p.at between ${from} and ${to} and p.active <> given.active
    ), noted as (
      insert into poll_conflicts (store_key, at)
      select distinct store_key, at from conflicts order by store_key, at
      on conflict do nothing returning 1
    ), overruled as (
      update polls p set active = false from conflicts c
      where p.store_key = c.store_key and p.at = c.at and p.active and not c.active and p.at between ${from} and ${to}
      returning 1
    )
    select (select count(*) from conflicts)::int as conflicting,
      ((select count(*) from noted) + (select count(*) from overruled))::int as changes`;
  return { conflicting: row?.conflicting ?? 0, changed: (row?.changes ?? 0) > 0 };
}
