import { type Database, openDatabase } from "@/db/client";
import { minConnections } from "./run-worker";

const statementTimeoutMs = 15 * 60_000;

/**
 * The pool of a worker; a statement is cancelled after 15 minutes. @param max connections, if the worker can do with so
 * few
 */
export function openWorkerDatabase(url: string, max: number): Database {
  return openDatabase(url, {
    max: Math.max(max, minConnections),
    applicationName: "store-monitoring worker",
    statementTimeoutMs,
  });
}

/** The pool by which a worker listens for notifications; see DATABASE_DIRECT_URL. */
export function openListenerDatabase(url: string): Database {
  return openDatabase(url, { max: 1, applicationName: "store-monitoring listener", statementTimeoutMs });
}
