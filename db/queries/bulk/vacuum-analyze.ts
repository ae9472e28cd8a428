import type { Database } from "@/db/client";

/**
 * Brings statistics and visibility maps up to date, so that plans stay index-only after a bulk load. To be called after
 * its commit, outside a transaction. A table that somebody else works on is left to them.
 */
export async function vacuumAnalyze({ sql }: Database, tables: Iterable<string>): Promise<void> {
  for (const table of tables) await sql`vacuum (analyze, skip_locked) ${sql(table)}`;
}
