import type { PendingQuery, Row } from "postgres";
import type { Db } from "@/db/client";
import type { EpochMs } from "@/lib/uptime/types";
import { errorCode } from "./import-session";
import { mergeStagedStores } from "./import-stage";
import { pollPartitionName } from "./poll-partitions";

const uniqueViolation = "23505";

type Fragment = PendingQuery<Row[]>;

export interface PollMerge {
  /** Polls that are new. */
  readonly accepted: number;
  /** Distinct (store, instant, status) whose status is not the one that was kept. */
  readonly conflicting: number;
  /** Whether anything at all is other than before. */
  readonly changed: boolean;
  readonly storesAdded: number;
}

export interface StagedPolls {
  /** Rows in `import_polls`, all of them in `[earliest, latest]`, for which partitions exist. */
  readonly staged: number;
  readonly earliest: EpochMs;
  readonly latest: EpochMs;
  /** Under which it is noted in `import_poll_changes` what changes; null: it is not. */
  readonly importId: number | null;
}

/**
 * Merges `import_polls` into `polls`, in the transaction that is open. At most one poll a store and instant: where both
 * statuses are given, `inactive` is kept, whatever came first, and the instant is noted in `poll_conflicts`.
 */
export async function mergeStagedPolls(db: Db, polls: StagedPolls): Promise<PollMerge> {
  const { staged, earliest, latest, importId } = polls;
  const { added: storesAdded } = await mergeStagedStores(db);
  await db.sql`set local work_mem = '64MB'`;
  const accepted = await insertStagedPolls(db, polls);
  if (accepted === staged) return { accepted, conflicting: 0, changed: accepted + storesAdded > 0, storesAdded };

  // A statement of its own: it sees what others committed while the one above waited for them.
  await db.sql`
    create temp table import_conflicts on commit drop as
    select distinct p.store_key, p.at, s.active
    from import_polls s
    join import_stores i on i.number = s.number
    join polls p on p.store_key = i.store_key and p.at = s.at and p.active <> s.active
    where p.at between ${new Date(earliest).toISOString()} and ${new Date(latest).toISOString()}`;
  const [row] = await db.sql<{ count: string }[]>`select count(*) from import_conflicts`;
  const conflicting = Number(row?.count ?? 0);
  if (conflicting === 0) return { accepted, conflicting, changed: accepted + storesAdded > 0, storesAdded };
  const settled = await settleStagedConflicts(db, earliest, latest, importId);
  return { accepted, conflicting, changed: accepted + storesAdded + settled > 0, storesAdded };
}

/**
 * Inserts what is not held. To leave that out beforehand takes half the time of `ON CONFLICT`, which is for the rare case
 * that somebody else inserts one of the same polls at the same moment; where nothing is held, not even that is needed.
 * @returns how many polls were new
 */
async function insertStagedPolls(db: Db, { earliest, latest, importId }: StagedPolls): Promise<number> {
  const within = db.sql`p.at between ${new Date(earliest).toISOString()} and ${new Date(latest).toISOString()}`;
  const [range] = await db.sql<{ held: boolean }[]>`select exists (select from polls p where ${within}) as held`;
  const unheld = db.sql`
    where not exists (select from polls p where p.store_key = s.store_key and p.at = s.at and ${within})`;
  await db.sql`savepoint insert_staged_polls`;
  try {
    return await insertPolls(db, importId, range?.held === false ? db.sql`` : unheld, db.sql``);
  } catch (error) {
    if (errorCode(error) !== uniqueViolation) throw error;
    await db.sql`rollback to savepoint insert_staged_polls`;
    return insertPolls(db, importId, db.sql``, db.sql`on conflict do nothing`);
  }
}

async function insertPolls({ sql }: Db, importId: number | null, which: Fragment, otherwise: Fragment): Promise<number> {
  // In key order, which the key's index takes fastest and in which concurrent imports never wait in a ring. A number is
  // its key's place in an array, which is found in a third of the time of a join.
  const insert = sql`
    insert into polls (store_key, at, active)
    select distinct on (s.store_key, s.at) s.store_key, s.at, s.active
    from (
      select (array(select store_key from import_stores order by number))[number + 1] as store_key, at, active
      from import_polls) s
    ${which}
    order by s.store_key, s.at, s.active
    ${otherwise}`;
  if (importId === null) return (await insert).count;
  const [row] = await sql<{ accepted: string }[]>`
    with inserted as (${insert} returning store_key, at), noted as (
      insert into import_poll_changes (import_id, store_key, added)
      select ${importId}::bigint, store_key, array_agg(at) from inserted group by store_key
      returning cardinality(added) as polls)
    select coalesce(sum(polls), 0) as accepted from noted`;
  return Number(row?.accepted);
}

/** @returns how many instants were noted and polls overruled */
async function settleStagedConflicts(
  { sql }: Db,
  earliest: EpochMs,
  latest: EpochMs,
  importId: number | null,
): Promise<number> {
  const note = sql`
    insert into poll_conflicts (store_key, at)
    select distinct store_key, at from import_conflicts order by store_key, at
    on conflict do nothing`;
  const overrule = sql`
    update polls p set active = false
    from import_conflicts c
    where p.store_key = c.store_key and p.at = c.at and p.active and not c.active
      and p.at between ${new Date(earliest).toISOString()} and ${new Date(latest).toISOString()}`;
  if (importId === null) return (await note).count + (await overrule).count;
  const [row] = await sql<{ changes: string }[]>`
    with noted as (${note} returning store_key, at),
    overruled as (${overrule} returning p.store_key, p.at),
    changes as (
      select store_key, at, true as is_note from noted union all select store_key, at, false from overruled),
    kept as (
      insert into import_poll_changes (import_id, store_key, overruled, noted)
      select ${importId}::bigint, store_key, coalesce(array_agg(at) filter (where not is_note), '{}'),
        coalesce(array_agg(at) filter (where is_note), '{}')
      from changes group by store_key
      on conflict (import_id, store_key) do update set overruled = excluded.overruled, noted = excluded.noted
      returning cardinality(overruled) + cardinality(noted) as changes)
    select coalesce(sum(changes), 0) as changes from kept`;
  return Number(row?.changes);
}

/** The tables to vacuum after polls of these weeks were merged. */
export function pollTables(weeks: Iterable<EpochMs>): string[] {
  return [...weeks].sort((a, b) => a - b).map(pollPartitionName);
}
