import { advisoryLocks } from "@/db/advisory-locks";
import type { EpochMs } from "@/lib/uptime/types";
import type { Database, Db } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, orNull, readOneRow, readRows } from "@/db/rows";
import { withTransaction } from "@/db/transaction";
import { dayMs, weekMs } from "@/lib/uptime/units";

const nameRow = { name: as.text };
const firstRow = { first: orNull(as.text) };

/** Monday 1970-01-05, 00:00 UTC. */
const firstMondayMs = 4 * dayMs;

/** A transaction holds a lock on every table it creates; this number stays far below a server's limit. */
const partitionsPerTransaction = 50;

/** An import holds its own connection meanwhile. */
const connectionTimeoutMs = 20_000;

/** The Monday, 00:00 UTC, on which the week of an instant starts. */
export function weekStart(at: EpochMs): EpochMs {
  return Math.floor((at - firstMondayMs) / weekMs) * weekMs + firstMondayMs;
}

/** The partition of `polls` for the week starting at `week`. */
export function pollPartitionName(week: EpochMs): string {
  return `polls_${new Date(week).toISOString().slice(0, 10).replaceAll("-", "")}`;
}

/** The partitions of these weeks, the oldest first: the tables to vacuum after polls of these weeks were merged. */
export function pollTables(weeks: Iterable<EpochMs>): string[] {
  return [...weeks].sort((a, b) => a - b).map(pollPartitionName);
}

/**
 * Creates the missing partitions of `polls` for the weeks, each in its own short transaction. It attaches complete
 * tables: `CREATE TABLE … PARTITION OF` would block all readers of polls.
 * @param database the pool, because each transaction needs a connection
 * @param weeks starts of weeks, as returned by `weekStart`
 */
export async function ensurePollPartitions(database: Database, weeks: Iterable<EpochMs>): Promise<void> {
  const wanted = [...weeks].sort((a, b) => a - b);
  for (let i = 0; i < wanted.length; i += partitionsPerTransaction) {
    const some = wanted.slice(i, i + partitionsPerTransaction);
    if ((await missingWeeks(database, some)).length === 0) continue;
    await withTransaction(
      database,
      async (tx) => {
        await tx.sql`select pg_advisory_xact_lock(${advisoryLocks.partitions})`;
        for (const week of await missingWeeks(tx, some)) {
          const name = pollPartitionName(week);
          const [from = "", to = ""] = [week, week + weekMs].map(instantText);
          await tx.sql`create table ${tx.sql(name)} (like polls including all)`;
          // A bound cannot be a parameter; these three texts are built above from digits.
          await tx.sql.unsafe(`alter table polls attach partition ${name} for values from ('${from}') to ('${to}')`);
        }
      },
      "read write",
      { connectionTimeoutMs },
    );
  }
}

async function missingWeeks({ sql }: Db, weeks: readonly EpochMs[]): Promise<EpochMs[]> {
  const names = weeks.map(pollPartitionName);
  const rows = await readRows(
    sql`
    select c.relname as name
    from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'polls'::regclass and c.relname = any(${names})`,
    nameRow,
  );
  const there = new Set(rows.map(({ name }) => name));
  return weeks.filter((week) => !there.has(pollPartitionName(week)));
}

/** The week of the oldest polls, from the names of their partitions: searching the polls would take minutes. */
export async function readFirstPollWeek({ sql }: Db): Promise<EpochMs | null> {
  const { first } = await readOneRow(
    sql`
    select min(substr(c.relname, 7)) as first from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'polls'::regclass and c.relname ~ '^polls_[0-9]{8}$'`,
    firstRow,
  );
  return first === null ? null : Date.parse(`${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6)}T00:00:00Z`);
}
