import { createHash } from "node:crypto";
import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Database } from "@/db/client";
import {
  appliedMigrations,
  listDataTables,
  listPartitions,
  readSequences,
  readTransactionTime,
} from "@/db/queries/bulk/pg-catalog";
import { copyRowsOut, copyStatement } from "@/db/queries/bulk/table-copy";
import { withTransaction } from "@/db/transaction";
import { endOfRows, lineOf, type TableSum } from "./archive";

export interface BackupResult {
  readonly takenAt: string;
  readonly tables: readonly TableSum[];
  readonly rows: number;
}

/** Counts and hashes what it is given. */
class Tally {
  readonly #hash = createHash("sha256");
  #rows = 0;

  add(chunk: Buffer): void {
    this.#hash.update(chunk);
    // A line break within a value is escaped, so every line break ends a row.
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) this.#rows++;
  }

  sum(table: string): TableSum {
    return { table, rows: this.#rows, sha256: this.#hash.digest("hex") };
  }
}

/**
 * Writes all data to `out` as of one snapshot, while everything else continues; rows are streamed. The tables are read
 * from the catalog. Every line except the rows is SQL or an SQL comment, so psql can load the archive into a migrated
 * database without this program.
 * @param out is not ended
 */
export async function writeBackup(pool: Database, out: Writable): Promise<BackupResult> {
  const write = async (data: Buffer | string): Promise<void> => {
    if (!out.write(data)) await once(out, "drain");
  };
  return withTransaction(
    pool,
    async (tx) => {
      // Row-level security must cause an error here rather than hide rows, and there is no time limit.
      await tx.sql`select set_config('row_security', 'off', true), set_config('statement_timeout', '0', true)`;
      const takenAt = new Date(await readTransactionTime(tx)).toISOString();
      const tables = await listDataTables(tx);
      const [partitions, migrations] = [await listPartitions(tx), await appliedMigrations(tx)];
      await write(lineOf("header", { version: 1, takenAt, migrations, tables, partitions }));
      await write("BEGIN;\n");
      for (const { parent, name, bound } of partitions) {
        await write(`CREATE TABLE IF NOT EXISTS public."${name}" PARTITION OF public."${parent}" ${bound};\n`);
      }
      const sums: TableSum[] = [];
      for (const table of tables) {
        const tally = new Tally();
        await write(`${copyStatement(table)}\n`);
        await copyRowsOut(tx, table, async (chunk) => {
          tally.add(chunk);
          await write(chunk);
        });
        await write(endOfRows);
        const sum = tally.sum(table.name);
        await write(lineOf("sum", sum));
        sums.push(sum);
      }
      const sequences = await readSequences(tx);
      for (const [name, last] of Object.entries(sequences)) {
        await write(`SELECT pg_catalog.setval('public."${name}"', ${last});\n`);
      }
      await write("COMMIT;\n");
      const rows = sums.reduce((total, sum) => total + sum.rows, 0);
      await write(lineOf("end", { rows, sequences }));
      return { takenAt, tables: sums, rows };
    },
    "snapshot",
  );
}
