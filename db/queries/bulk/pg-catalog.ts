import type { Db } from "@/db/client";
import { as, readOneRow, readRows } from "@/db/rows";
import type { EpochMs } from "@/lib/uptime/types";

const tableRow = { name: as.text, columns: as.textArray, needs: as.textArray };
const partitionRow = { parent: as.text, name: as.text, bound: as.text };
const sequenceRow = { name: as.text, last: as.text };
const hashRow = { hash: as.text };
const nameRow = { name: as.text };
const timeRow = { at: as.instant };

/** A table whose rows are part of the data: all but unlogged ones, which a crash may empty too. */
export interface DataTable {
  readonly name: string;
  /** In their order, without generated ones. */
  readonly columns: readonly string[];
}

export interface Partition {
  readonly parent: string;
  readonly name: string;
  /** The bound in the syntax of `create table … partition of`. */
  readonly bound: string;
}

/** Tables of the schema, each after those that it references. @throws {Error} when the references are cyclic */
export async function listDataTables({ sql }: Db): Promise<DataTable[]> {
  const tables = await readRows(
    sql`
    select c.relname as name,
      array(
        select a.attname::text from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        order by a.attnum) as columns,
      array(
        select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
        where k.contype = 'f' and k.conrelid = c.oid and k.confrelid <> c.oid) as needs
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relpersistence = 'p'
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by c.relname`,
    tableRow,
  );
  const names = new Set(tables.map(({ name }) => name));
  const sorted: DataTable[] = [];
  const placed = new Set<string>();
  while (sorted.length < tables.length) {
    const next = tables.filter(({ name, needs }) => {
      return !placed.has(name) && needs.every((one) => placed.has(one) || !names.has(one));
    });
    if (next.length === 0) throw new Error("Tables refer to each other in a ring; no order of them can be restored.");
    for (const { name, columns } of next) {
      sorted.push({ name, columns });
      placed.add(name);
    }
  }
  return sorted;
}

/** Partitions in order of their creation. */
export async function listPartitions({ sql }: Db): Promise<Partition[]> {
  return readRows(
    sql`
    select p.relname as parent, c.relname as name, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
    where c.relnamespace = 'public'::regnamespace and c.relispartition and c.relkind in ('r', 'p') order by c.oid`,
    partitionRow,
  );
}

/** The last value of each sequence; unused sequences are not listed. */
export async function readSequences({ sql }: Db): Promise<Record<string, string>> {
  const rows = await readRows(
    sql`
    select sequencename as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by sequencename`,
    sequenceRow,
  );
  return Object.fromEntries(rows.map(({ name, last }) => [name, last]));
}

export async function setSequences({ sql }: Db, sequences: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, last] of Object.entries(sequences)) {
    await sql`select setval(format('public.%I', ${name}::text)::regclass, ${last}::bigint)`;
  }
}

/** Hashes of the applied migrations, in their order. */
export async function appliedMigrations({ sql }: Db): Promise<string[]> {
  const rows = await readRows(sql`select hash from drizzle.__drizzle_migrations order by created_at, id`, hashRow);
  return rows.map(({ hash }) => hash);
}

/** The given application names that have open connections to this database. */
export async function listOurSessions({ sql }: Db, names: readonly string[]): Promise<string[]> {
  const rows = await readRows(
    sql`
    select distinct application_name as name from pg_stat_activity
    where datname = current_database() and application_name = any(${[...names]})`,
    nameRow,
  );
  return rows.map(({ name }) => name);
}

/** Names of the tables that have rows. */
export async function tablesWithRows({ sql }: Db, tables: readonly DataTable[]): Promise<string[]> {
  const filled: string[] = [];
  for (const { name } of tables) {
    if ((await sql`select from ${sql(name)} limit 1`).length > 0) filled.push(name);
  }
  return filled;
}

/** The start of the open transaction. */
export async function readTransactionTime({ sql }: Db): Promise<EpochMs> {
  return (await readOneRow(sql`select now()::timestamptz(3) as at`, timeRow)).at;
}
