import { advisoryLocks } from "./advisory-locks";
import { type Db, openDatabase } from "./client";
import { faultPoint } from "@/lib/faults/fault-point";
import { applyMigrations } from "./rebuild-schema";
import { withTransaction } from "./transaction";
import { ensureRlsRole } from "./rls";

/**
 * Migrates the database at `url` to the newest schema, if necessary. Safe to call concurrently: one process migrates,
 * the others wait.
 */
export async function migrate(url: string): Promise<void> {
  const database = openDatabase(url, { max: 1, applicationName: "store-monitoring migrate", statementTimeoutMs: 0 });
  const alone = (act: (tx: Db) => Promise<void>): Promise<void> =>
    withTransaction(database, async (tx) => {
      // It waits longer than any query may. The lock ends with the transaction, because a pooler lends the session to
      // others.
      await tx.sql`set local lock_timeout = 0`;
      await tx.sql`select pg_advisory_xact_lock(${advisoryLocks.migrations})`;
      await act(tx);
    });
  try {
    await alone(async (tx) => {
      await faultPoint("migration.locked");
      await applyMigrations(tx);
    });
    await faultPoint("migration.applied");
    await alone(ensureRlsRole);
  } finally {
    await database.close();
  }
}
