import { join } from "node:path";
import { migrate as applyMigrations } from "drizzle-orm/postgres-js/migrator";
import { openDatabase } from "./client";
import { faultPoint } from "./fault-point";
import { putUpWall } from "./wall";

/** Any constant serves, as long as every version of this program uses the same. */
const migrationLock = 7_230_117;

/**
 * Brings the database at `url` to the newest schema; does nothing where it is there already. Any number of processes
 * may call it at once: one migrates, the others wait for it.
 */
export async function migrate(url: string): Promise<void> {
  const database = openDatabase(url, { max: 1, applicationName: "store-monitoring migrate", statementTimeoutMs: 0 });
  try {
    // One connection, so the session lock is held by the session that migrates. It waits longer than any query may.
    await database.sql`select set_config('lock_timeout', '0', false)`;
    await database.sql`select pg_advisory_lock(${migrationLock})`;
    await faultPoint("migration.locked");
    await applyMigrations(database.db, { migrationsFolder: join(import.meta.dirname, "migrations") });
    await faultPoint("migration.applied");
    await putUpWall(database.sql);
  } finally {
    await database.close();
  }
}
