import type { SqlOrTx } from "@/db/client";
import type { EpochMs } from "@/lib/uptime/types";
import { findStoreKeys } from "./stores";

/** Polls as columns, one entry a poll: the store's key, the instant in ms, and 1 for active or 0 for inactive. */
export interface PollColumns {
  readonly storeKeys: readonly number[];
  readonly at: readonly EpochMs[];
  readonly active: readonly number[];
}

/**
 * The keys of stores, in the order of `storeIds`; those that are not known are made.
 * @param storeIds distinct and ascending, so that transactions which make the same stores never wait in a ring
 */
export async function ensureStoreKeys(
  tx: SqlOrTx,
  storeIds: readonly string[],
): Promise<{ readonly keys: number[]; readonly added: number }> {
  const known = new Map(await findStoreKeys(tx, storeIds, "all"));
  const unknown = storeIds.filter((id) => !known.has(id));
  let added = 0;
  if (unknown.length > 0) {
    const { count } = await tx`
      insert into stores (store_id) select unnest(${unknown}::text[]) on conflict (store_id) do nothing`;
    added = count;
    for (const [id, key] of await findStoreKeys(tx, unknown, "all")) known.set(id, key);
  }
  const keys = storeIds.map((id) => {
    const key = known.get(id);
    if (key === undefined) throw new Error("A store was deleted while its polls came in.");
    return key;
  });
  return { keys, added };
}

/**
 * Inserts the polls that are new.
 * @param polls ascending by store and instant, each pair once; partitions exist for all of them
 * @returns how many were new
 */
export async function insertNewPolls(tx: SqlOrTx, { storeKeys, at, active }: PollColumns): Promise<number> {
  const { count } = await tx`
    insert into polls (store_key, at, active)
    select store_key, to_timestamp(ms / 1000), active = 1
    from unnest(${[...storeKeys]}::int4[], ${[...at]}::float8[], ${[...active]}::int4[]) as given (store_key, ms, active)
    on conflict do nothing`;
  return count;
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
 * @param polls ascending by store and instant, each (store, instant, status) once
 */
export async function settleConflicts(tx: SqlOrTx, { storeKeys, at, active }: PollColumns): Promise<PollConflicts> {
  const bound = (ms: EpochMs): string => new Date(ms).toISOString();
  const from = bound(at.reduce((least, ms) => Math.min(least, ms), Infinity));
  const to = bound(at.reduce((most, ms) => Math.max(most, ms), -Infinity));
  const [row] = await tx<{ conflicting: number; changes: number }[]>`
    with conflicts as (
      select p.store_key, p.at, given.active = 1 as active
      from unnest(${[...storeKeys]}::int4[], ${[...at]}::float8[], ${[...active]}::int4[]) as given (store_key, ms, active)
      join polls p on p.store_key = given.store_key and p.at = to_timestamp(given.ms / 1000)::timestamptz(3)
      where p.at between ${from} and ${to} and p.active <> (given.active = 1)
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
