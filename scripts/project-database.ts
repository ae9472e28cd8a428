import { type Database, openDatabase } from "@/db/client";
import { acquireBundledDatabase } from "@/db/bundled";
import { prepareDatabase } from "@/db/prepare-database";
import { env } from "@/lib/server/env";
import { watchDiskOf } from "@/lib/server/health/disk";
import { loadZoneRules } from "@/lib/server/zones/load-zone-rules";

/** The project's database, migrated. */
export interface ProjectDatabase {
  /** Contains the password: do not log. */
  readonly url: string;
  readonly database: Database;
  /** Closes the pool and releases the bundled database, which stops if it has no other user. */
  close(): Promise<void>;
}

const statementTimeoutMs = 15 * 60_000;

/**
 * Opens the database for a command: DATABASE_URL, or the bundled one, which is started if `npm start` is not running. A
 * command uses the same zone rules as the servers.
 * @param applicationName shown in `pg_stat_activity`
 * @throws {Error} saying what to do
 */
export async function openProjectDatabase(applicationName: string): Promise<ProjectDatabase> {
  const { DATABASE_URL, DATABASE_POOL_MAX, DATA_DIR, PG_BIN } = env();
  for (const warning of loadZoneRules().warnings) console.error(warning);
  const bundled =
    DATABASE_URL === undefined ? await acquireBundledDatabase({ dataDir: DATA_DIR, pgBin: PG_BIN, role: "cli" }) : null;
  const url = DATABASE_URL ?? bundled?.url ?? "";
  if (bundled !== null) watchDiskOf(bundled.folder);
  try {
    await prepareDatabase(url, DATABASE_URL !== undefined);
    const database = openDatabase(url, { max: DATABASE_POOL_MAX, applicationName, statementTimeoutMs });
    return {
      url,
      database,
      close: async () => {
        await database.close();
        await bundled?.release();
      },
    };
  } catch (error) {
    await bundled?.release();
    throw error;
  }
}
