import { type Database, openDatabase } from "@/db/client";
import { env } from "./env";

declare global {
  // The request handlers are bundled apart from the script that runs them, but they share one pool.
  var storeMonitoringDatabase: Database | undefined;
}

/**
 * The pool of the web server; a statement of it ends after QUERY_TIMEOUT_SECONDS.
 * @throws {Error} where DATABASE_URL is not set: `npm start` sets it for the server it runs
 */
export function getDatabase(): Database {
  const { DATABASE_URL: url, DATABASE_POOL_MAX: max, QUERY_TIMEOUT_SECONDS } = env();
  if (url === undefined) throw new Error("DATABASE_URL is not set: start the server with npm start.");
  return (globalThis.storeMonitoringDatabase ??= openDatabase(url, {
    max,
    applicationName: "store-monitoring web",
    statementTimeoutMs: QUERY_TIMEOUT_SECONDS * 1_000,
  }));
}

/** Ends the pool if there is one, letting running queries end for up to five seconds. */
export async function closeDatabase(): Promise<void> {
  const database = globalThis.storeMonitoringDatabase;
  globalThis.storeMonitoringDatabase = undefined;
  await database?.close();
}
