import { type Database, openDatabase } from "@/db/client";
import { acquireBundledDatabase } from "@/db/bundled/supervisor-client";
import { prepareDatabase } from "@/db/prepare-database";
import { env } from "@/lib/server/env";
import { watchDiskOf } from "@/lib/server/health/disk";
import { loadZoneRules } from "@/lib/server/zones/load-zone-rules";

/** The project's database, migrated. */
export interface ProjectDatabase {
  /** With the password in it: not for logs. */
  readonly url: string;
  readonly database: Database;
  /** Closes the pool and lets go of the bundled database, which stops if nobody else uses it. */
  close(): Promise<void>;
}

const statementTimeoutMs = 15 * 60_000;

/**
 * Opens the database that a command works on: DATABASE_URL, or the bundled one, started where `npm start` does not run.
 * A command computes with the zone rules that the servers have.
 * @param applicationName shown in `pg_stat_activity`
 * @throws {Error} one that says what to do
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
