import type { Database } from "@/db/client";

/**
 * Updates statistics and visibility maps, so that plans stay index-only after a bulk load. Call it after the commit,
 * outside a transaction. A table that another process is vacuuming is skipped.
 */
export async function vacuumAnalyze({ sql }: Database, tables: Iterable<string>): Promise<void> {
  for (const table of tables) await sql`vacuum (analyze, skip_locked) ${sql(table)}`;
}
