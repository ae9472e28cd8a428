import { type Database, openDatabase } from "@/db/client";
import { acquireBundledDatabase } from "@/db/bundled";
import { migrate } from "@/db/migrate";
import { bundleScript } from "@/db/testing/bundle-script";
import { makeDataDir, postmasterOf, removeDataDir } from "@/db/testing/holders";
import { env } from "@/lib/server/env";

/**
 * A PostgreSQL that a test may break: in its own folder, as durable as in production. Its supervisor restarts it at the
 * same address when it ends.
 */
export interface OwnPostgres {
  /** Of the migrated database. */
  readonly url: string;
  /** For the test itself; its connections are cut with the others. */
  readonly database: Database;
  /** Ends every session and stops the server, which is restarted automatically. */
  restart(): void;
  /** Kills one session's process: the server ends all others and recovers from its log. @returns whether there was one */
  killBackend(pid: number): boolean;
  close(): Promise<void>;
}

export async function startPostgres(): Promise<OwnPostgres> {
  const dataDir = makeDataDir();
  const supervisorFile = bundleScript("scripts/supervisor.ts");
  const bundled = await acquireBundledDatabase({ dataDir, role: "cli", pgBin: env().PG_BIN, supervisorFile });
  const { url } = bundled;
  await migrate(url);
  const database = openDatabase(url, { max: 4, applicationName: "fault test", statementTimeoutMs: 60_000 });
  return {
    url,
    database,
    restart: () => {
      const pid = postmasterOf(dataDir);
      if (pid !== undefined) process.kill(pid, "SIGINT");
    },
    killBackend: (pid) => {
      try {
        return process.kill(pid, "SIGKILL");
      } catch {
        return false;
      }
    },
    close: async () => {
      await database.close();
      await bundled.release();
      await removeDataDir(dataDir);
    },
  };
}
