import type { Database, Db } from "@/db/client";
import { databaseErrorCode } from "@/db/connection-errors";
import { listDataTables, listOurSessions, setSequences, tablesWithRows } from "@/db/queries/bulk/pg-catalog";
import { readServiceState } from "@/db/queries/bulk/service-state";
import { copyRowsIn, copyStatement, createPartitions, emptyTables } from "@/db/queries/bulk/table-copy";
import { isPooled } from "@/db/pooler";
import { knownMigrationHashes, rebuildSchema } from "@/db/rebuild-schema";
import { withTransaction } from "@/db/transaction";
import { BackupError, parseLine, readHeader, type ArchiveHeader, type TableSum } from "./archive";
import { ArchiveReader } from "./archive-reader";

export interface RestoreOptions {
  /** Existing data may be replaced. */
  readonly replace: boolean;
}

export interface RestoreResult {
  readonly takenAt: string;
  readonly tables: readonly TableSum[];
  readonly rows: number;
}

/** Rows that exist before any data was loaded. */
const seeded = new Set(["fleet_state"]);
const programs = ["store-monitoring web", "store-monitoring worker"];

/**
 * Replaces what the database holds by an archive, in one transaction: either all of it, with every count and hash
 * right, or nothing. Afterwards the schema is that of the archive; run the migrations.
 * @param pool of a migrated database
 * @param source the archive, inflated
 * @throws BackupError for an archive that is damaged or newer than this program, a database in use, or one that is not
 *   empty without `replace`
 */
export async function restoreBackup(
  pool: Database,
  source: AsyncIterable<Uint8Array>,
  { replace }: RestoreOptions,
): Promise<RestoreResult> {
  const reader = new ArchiveReader(source);
  const header = readHeader(await reader.line());
  requireKnown(header.migrations);
  const run = { begun: false };
  return withTransaction(pool, async (tx) => {
    // The source can be read only once, so the transaction cannot be retried after a serialization failure.
    if (run.begun) throw new BackupError("The database is in use. Stop what uses it and try again.");
    run.begun = true;
    await tx.sql`select set_config('statement_timeout', '0', true), set_config('row_security', 'off', true)`;
    await requireUnused(tx, isPooled(pool.sql));
    if (!replace) await requireEmpty(tx);
    await makeRoom(tx, header);
    return load(tx, reader, header);
  });
}

function requireKnown(migrations: readonly string[]): void {
  const known = knownMigrationHashes();
  if (migrations.length > known.length || migrations.some((hash, index) => hash !== known[index])) {
    throw new BackupError("The archive is from a newer or different program. Restore it with that program.");
  }
}

async function requireUnused(tx: Db, pooled: boolean): Promise<void> {
  if (pooled) {
    // A pooler keeps sessions in the name of programs that have ended; a running worker is known by its heartbeat.
    const { workerRuns } = await readServiceState(tx);
    if (workerRuns) throw new BackupError("A worker used the database within 30 s: stop npm start first.");
    return;
  }
  const sessions = await listOurSessions(tx, programs);
  if (sessions.length > 0) throw new BackupError(`${sessions.join(" and ")} use the database: stop npm start first.`);
}

async function requireEmpty(tx: Db): Promise<void> {
  const filled = (await tablesWithRows(tx, await listDataTables(tx))).filter((name) => !seeded.has(name));
  if (filled.length === 0) return;
  throw new BackupError(`The database is not empty (${filled.join(", ")}). --replace deletes what it holds.`);
}

/**
 * The schema is always rebuilt, so that nothing remains of the old data. What migrations insert is in the archive as
 * well.
 */
async function makeRoom(tx: Db, { migrations }: ArchiveHeader): Promise<void> {
  await rebuildSchema(tx, migrations.length);
  await emptyTables(tx, await tablesWithRows(tx, await listDataTables(tx)));
}

async function load(tx: Db, reader: ArchiveReader, header: ArchiveHeader): Promise<RestoreResult> {
  const { tables, partitions, takenAt } = header;
  requireSame(await listDataTables(tx), tables);
  await createPartitions(tx, partitions);
  const sums: TableSum[] = [];
  for (const table of tables) {
    await skipTo(reader, copyStatement(table));
    const came: { sum?: TableSum } = {};
    const rows = reader.rows(table.name, (sum) => (came.sum = sum));
    await copyRowsIn(tx, table, rows).catch((cause: unknown) => {
      // SQLSTATE classes "data exception" and "integrity constraint violation".
      if (!/^2[23]/.test(databaseErrorCode(cause) ?? "")) throw cause;
      throw new BackupError(`The rows of ${table.name} are damaged: nothing was restored.`, { cause });
    });
    const said = parseLine("sum", await reader.line());
    const { sum } = came;
    if (sum === undefined || sum.sha256 !== said["sha256"] || sum.rows !== said["rows"]) {
      throw new BackupError(`The rows of ${table.name} are damaged: nothing was restored.`);
    }
    sums.push(sum);
  }
  let line = await reader.line();
  while (line !== null && !line.startsWith("--")) line = await reader.line();
  const { rows, sequences } = parseLine("end", line);
  const total = sums.reduce((all, sum) => all + sum.rows, 0);
  if (rows !== total) throw new BackupError("The archive is damaged: nothing was restored.");
  await setSequences(tx, sequencesOf(sequences));
  return { takenAt, tables: sums, rows: total };
}

function sequencesOf(said: unknown): Record<string, string> {
  const entries = typeof said === "object" && said !== null ? Object.entries(said) : null;
  const fits = entries?.every((entry): entry is [string, string] => /^-?\d+$/.test(String(entry[1])));
  if (entries === null || fits !== true) throw new BackupError("The archive is damaged: nothing was restored.");
  return Object.fromEntries(entries);
}

function requireSame(ours: ArchiveHeader["tables"], theirs: ArchiveHeader["tables"]): void {
  const textOf = (tables: ArchiveHeader["tables"]): string => {
    return JSON.stringify([...tables].map((table) => copyStatement(table)).sort());
  };
  if (textOf(ours) !== textOf(theirs)) {
    throw new BackupError("The archive's tables do not match its migrations: it is damaged or was modified.");
  }
}

/** Skips SQL that is only for psql. */
async function skipTo(reader: ArchiveReader, statement: string): Promise<void> {
  for (;;) {
    const line = await reader.line();
    if (line === statement) return;
    if (line === null || line.startsWith("--") || line.startsWith("COPY ")) {
      throw new BackupError("The archive is damaged or truncated: nothing was restored.");
    }
  }
}
