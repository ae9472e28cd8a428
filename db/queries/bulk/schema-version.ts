import type { Database } from "@/db/client";
import { databaseErrorCode } from "@/db/connection-errors";
import journal from "@/db/migrations/meta/_journal.json" with { type: "json" };

/** The number of migrations of this program. */
export const knownMigrations = journal.entries.length;

const newest = Math.max(...journal.entries.map(({ when }) => when));

/** SQLSTATEs of a database without any migrations. */
const missing = new Set(["42P01", "3F000"]);

/** Whether the database has every migration of this program; the schema of a newer program has them too. */
export async function isSchemaCurrent({ sql }: Database): Promise<boolean> {
  try {
    const rows = await sql`select from drizzle.__drizzle_migrations where created_at >= ${newest} limit 1`;
    return rows.length > 0;
  } catch (error) {
    if (missing.has(databaseErrorCode(error) ?? "")) return false;
    throw error;
  }
}
