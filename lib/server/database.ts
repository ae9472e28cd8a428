import { type Database, openDatabase } from "@/db/client";
import { env } from "./env";

declare global {
  // The request handlers are bundled separately from the script that runs them, but they share one pool.
  var storeMonitoringDatabase: Database | undefined;
}

/**
 * The pool of the web server. A statement is cancelled after QUERY_TIMEOUT_SECONDS.
 * @throws {Error} when DATABASE_URL is not set: `npm start` sets it for the server
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

/** Closes the pool if there is one, waiting up to five seconds for running queries. */
export async function closeDatabase(): Promise<void> {
  const database = globalThis.storeMonitoringDatabase;
  globalThis.storeMonitoringDatabase = undefined;
  await database?.close();
}
