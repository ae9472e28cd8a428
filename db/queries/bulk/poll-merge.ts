import type { Row } from "postgres";
import type { Db } from "@/db/client";
import { isUniqueViolation } from "@/db/connection-errors";
import { instantText } from "@/db/instant-text";
import { as, readOneRow } from "@/db/rows";
import type { EpochMs } from "@/lib/uptime/types";
import { mergeStagedStores } from "./import-stage";
import { hasMergedPolls, recordArrivals } from "./merged-polls";
import { insertPolls, recordConflicts, overrulePolls, selectConflicts } from "./poll-merge-rule";

const countRow = { count: as.bigint };
const rangeRow = { held: as.boolean };
const acceptedRow = { accepted: as.bigint };
const changesRow = { changes: as.bigint };

export interface PollMerge {
  /** New polls. */
  readonly accepted: number;
  /** Distinct (store, instant, status) whose status was not kept. */
  readonly conflicting: number;
  /** Whether anything changed. */
  readonly changed: boolean;
  readonly storesAdded: number;
}

export interface StagedPolls {
  /** Rows in `import_polls`, all of them in `[earliest, latest]`, for which partitions exist. */
  readonly staged: number;
  readonly earliest: EpochMs;
  readonly latest: EpochMs;
  /** The id under which changes are recorded in `import_poll_changes`; null: they are not. */
  readonly importId: number | null;
}

/** Merges `import_polls` into `polls`, in the open transaction. */
export async function mergeStagedPolls(db: Db, polls: StagedPolls): Promise<PollMerge> {
  const { sql } = db;
  const { staged, importId } = polls;
  const { added: storesAdded } = await mergeStagedStores(db);
  const isUndoable = await lockMergedStores(db);
  await sql`set local work_mem = '64MB'`;
  const accepted = await insertStagedPolls(db, polls);
  if (accepted === staged) return { accepted, conflicting: 0, changed: accepted + storesAdded > 0, storesAdded };

  const rows = "(select i.store_key, s.at, s.active from import_polls s join import_stores i on i.number = s.number)";
  if (isUndoable) await sql.unsafe(recordArrivals(rows));
  await sql.unsafe(`create temp table import_conflicts on commit drop as ${selectConflicts(rows, withinSpan(polls))}`);
  const { count: conflicting } = await readOneRow(sql`select count(*) from import_conflicts`, countRow);
  if (conflicting === 0) return { accepted, conflicting, changed: accepted + storesAdded > 0, storesAdded };
  const settled = await overruleStagedPolls(db, withinSpan(polls), importId);
  return { accepted, conflicting, changed: accepted + storesAdded + settled > 0, storesAdded };
}

/** Makes undos of merges into the staged stores wait for this import. @returns whether there are such merges */
async function lockMergedStores({ sql }: Db): Promise<boolean> {
  const { count } = await sql.unsafe(
    `select from stores s where s.store_key in (select store_key from import_stores) and ${hasMergedPolls}
    order by s.store_key for share`,
  );
  return count > 0;
}

/** As a literal: then the statement has no parameters and is not kept on the connection. */
const withinSpan = ({ earliest, latest }: StagedPolls): string =>
  `p.at between '${instantText(earliest)}' and '${instantText(latest)}'`;

/**
 * Inserts new polls. Filtering out existing ones first takes half the time of `ON CONFLICT`, which is for the rare case
 * that another transaction inserts one of the same polls at the same moment; when no polls exist in the range, neither
 * is needed.
 * @returns the number of new polls
 */
async function insertStagedPolls(db: Db, polls: StagedPolls): Promise<number> {
  const { sql } = db;
  const within = withinSpan(polls);
  const held = sql.unsafe<Row[]>(`select exists (select from polls p where ${within}) as held`);
  const range = await readOneRow(held, rangeRow);
  const isNotHeld = `not exists (select from polls p where p.store_key = s.store_key and p.at = s.at and ${within})`;
  // A number is its key's index in an array; that lookup takes a third of the time of a join.
  const keyed = `(
    select (array(select store_key from import_stores order by number))[number + 1] as store_key, at, active
    from import_polls)`;
  await sql`savepoint insert_staged_polls`;
  try {
    return await insertRecorded(db, insertPolls(keyed, range.held ? { where: isNotHeld } : {}), polls.importId);
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    await sql`rollback to savepoint insert_staged_polls`;
    return insertRecorded(db, insertPolls(keyed, { skipHeld: true }), polls.importId);
  }
}

/** Runs an insert, and records for the import which polls it added. @returns their number */
async function insertRecorded({ sql }: Db, insert: string, importId: number | null): Promise<number> {
  if (importId === null) return (await sql.unsafe(insert)).count;
  const recorded = sql.unsafe<Row[]>(
    `with inserted as (${insert} returning store_key, at), recorded as (
      insert into import_poll_changes (import_id, store_key, added)
      select $1::bigint, store_key, array_agg(at) from inserted group by store_key
      returning cardinality(added) as polls)
    select coalesce(sum(polls), 0) as accepted from recorded`,
    [importId],
  );
  return (await readOneRow(recorded, acceptedRow)).accepted;
}

/** @returns the number of recorded instants and of overruled polls */
async function overruleStagedPolls({ sql }: Db, within: string, importId: number | null): Promise<number> {
  const record = recordConflicts("import_conflicts");
  const overrule = overrulePolls("import_conflicts", within);
  if (importId === null) return (await sql.unsafe(record)).count + (await sql.unsafe(overrule)).count;
  const settled = sql.unsafe<Row[]>(
    `with noted as (${record} returning store_key, at),
    overruled as (${overrule} returning p.store_key, p.at),
    changes as (
      select store_key, at, true as is_note from noted union all select store_key, at, false from overruled),
    kept as (
      insert into import_poll_changes (import_id, store_key, overruled, noted)
      select $1::bigint, store_key, coalesce(array_agg(at) filter (where not is_note), '{}'),
        coalesce(array_agg(at) filter (where is_note), '{}')
      from changes group by store_key
      on conflict (import_id, store_key) do update set overruled = excluded.overruled, noted = excluded.noted
      returning cardinality(overruled) + cardinality(noted) as changes)
    select coalesce(sum(changes), 0) as changes from kept`,
    [importId],
  );
  return (await readOneRow(settled, changesRow)).changes;
}
