import { advisoryLocks } from "@/db/advisory-locks";
import type { Database } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, readOneRow, readRows } from "@/db/rows";
import { withTransaction } from "@/db/transaction";
import type { EpochMs } from "@/lib/uptime/types";
import { vacuumAnalyze } from "./vacuum-analyze";
import { pollPartitionName, weekStart } from "./poll-partitions";

const nameRow = { name: as.text };
const lockRow = { held: as.boolean };
const weekRow = { name: as.text, attached: as.boolean, pending: as.boolean };

/** Pages of polls, about 180 rows each, that may be missing from the visibility map: reading them takes a ms or two. */
const maxUnmarkedPages = 64;

/**
 * Updates the statistics and the visibility map of the partitions of `polls` that grew through live batches; imports do
 * so themselves. Otherwise the week would be read from the table, row by row, until autovacuum runs, which in a large
 * partition is after a fifth of it is new.
 * @returns the names of the partitions
 */
export async function vacuumGrownPolls(database: Database): Promise<string[]> {
  const rows = await readRows(
    database.sql`
    select c.relname as name
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'polls'::regclass
      and pg_relation_size(c.oid) / current_setting('block_size')::int - c.relallvisible > ${maxUnmarkedPages}
    order by c.relname`,
    nameRow,
  );
  const names = rows.map(({ name }) => name);
  await vacuumAnalyze(database, names);
  return names;
}

/**
 * Drops the weeks of polls that ended at or before an instant, with their conflicts. Readers are not blocked: a
 * partition is first detached concurrently. One that an earlier call left half detached is finished.
 * @returns the names of the dropped partitions; none when another process is dropping them
 */
export async function dropPollsBefore(pool: Database, before: EpochMs): Promise<string[]> {
  return withTransaction(
    pool,
    async ({ sql: tx }) => {
      // This transaction only holds the lock: the guarded statements cannot run in a transaction, and a session lock
      // would stay on a pooler's connection.
      await tx`set local idle_in_transaction_session_timeout = 0`;
      const lock = tx`select pg_try_advisory_xact_lock(${advisoryLocks.retention}) as held`;
      return (await readOneRow(lock, lockRow)).held ? dropWeeks(pool, before) : [];
    },
    "read write",
    { attempts: 1 },
  );
}

async function dropWeeks({ sql }: Database, before: EpochMs): Promise<string[]> {
  const firstKept = pollPartitionName(weekStart(before));
  // By name, so that a week which was detached but not yet dropped is found again.
  const old = await readRows(
    sql`
    select c.relname as name, i.inhrelid is not null as attached, coalesce(i.inhdetachpending, false) as pending
    from pg_class c left join pg_inherits i on i.inhrelid = c.oid and i.inhparent = 'polls'::regclass
    where c.relkind = 'r' and c.relnamespace = (select relnamespace from pg_class where oid = 'polls'::regclass)
      and c.relname ~ '^polls_[0-9]{8}$' and c.relname < ${firstKept}
    order by c.relname`,
    weekRow,
  );
  for (const { name, attached, pending } of old) {
    // Neither may run in a transaction. The name has the form above.
    if (attached)
      await sql.unsafe(`alter table polls detach partition ${name} ${pending ? "finalize" : "concurrently"}`);
    await sql`drop table ${sql(name)}`;
  }
  if (old.length > 0) {
    await sql`delete from poll_conflicts where at < ${instantText(weekStart(before))}`;
  }
  return old.map(({ name }) => name);
}
