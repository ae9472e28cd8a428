import type { Socket } from "node:net";
import { drizzle, type PostgresJsDatabase, type PostgresJsQueryResultHKT } from "drizzle-orm/postgres-js";
import type { PgDatabase } from "drizzle-orm/pg-core";
import postgres from "postgres";
import { readArraysWithNulls } from "./array-types";
import { cancelSlowStatements, directParameters, isPooled, isPooler, leaveNoState } from "./pooler";
import { DeadConnectionDetector } from "./dead-connection-detector";

/** The query builder, for everything but bulk transfers. */
export type Db = PostgresJsDatabase;

/** `db`, or a transaction of it. */
export type DbOrTx = PgDatabase<PostgresJsQueryResultHKT>;

/** postgres.js itself, for COPY and set-based SQL; drizzle makes it return `timestamptz` as text. */
export type Sql = postgres.Sql;

/** `sql`, or a transaction of it. */
export type SqlOrTx = postgres.ISql;

export interface Database {
  readonly db: Db;
  readonly sql: Sql;
  /** Lets running queries end for up to five seconds, then closes every connection. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Connections at the most. */
  readonly max: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** The server ends a statement that runs longer; 0 never does. */
  readonly statementTimeoutMs: number;
}

/**
 * Opens a pool; connections are made as they are needed. Every session speaks UTC. Through a pooler such as PgBouncer the
 * limits hold per transaction and statement, and nothing outlives a transaction.
 */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const settings = {
    max: options.max,
    connect_timeout: 5,
    max_lifetime: 30 * 60,
    keep_alive: 30,
    // The driver's own pauses grow to 20 s, for which a database that is back would not be seen.
    backoff: (failures: number) => Math.min(0.05 * 2 ** failures, 0.5) * (0.5 + Math.random() / 2),
    onnotice: () => undefined,
    connection: { application_name: options.applicationName, TimeZone: "UTC", ...directParameters(options) },
  };
  const socket = async (given: Sql["options"]): Promise<Socket> => {
    // Where nothing answers, connecting says so itself, with the driver's own code.
    if (!isPooled({ options: given }) && (await isPooler(url).catch(() => false))) leaveNoState(given, options);
    return watch.open();
  };
  const pool: Sql = postgres(url, isOneServer(url) ? { ...settings, ...socketsOf(socket) } : settings);
  const { path, host, port } = pool.options;
  const address = { path: path || null, host: host[0] ?? "", port: port[0] ?? 5432 };
  const watch = new DeadConnectionDetector(address, options.statementTimeoutMs);
  const sql = cancelSlowStatements(pool, options);
  const db = drizzle(sql);
  // After drizzle, which puts in parsers of its own.
  readArraysWithNulls(pool);
  return { db, sql, close: () => sql.end({ timeout: 5 }) };
}

/** Of several servers the driver finds the one that serves, by sockets of its own. */
const isOneServer = (url: string): boolean => !new URL(url).host.includes(",");

/** An option that the driver's types do not name: what makes its sockets. */
const socketsOf = (socket: (options: Sql["options"]) => Promise<Socket>) => ({ socket });
