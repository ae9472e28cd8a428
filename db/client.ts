import type { Socket } from "node:net";
import postgres from "postgres";
import { readArraysWithNulls } from "./array-types";
import { handleOn, leaveTextToBuilder, type Db, type Sql } from "./handle";
import { cancelSlowStatements, directParameters, isPooled, isPooler, leaveNoState } from "./pooler";
import { DeadConnectionDetector, pooledDescribeMs } from "./dead-connection-detector";

export type { Db, Sql };

/** The pool: a `Db` that can also begin transactions and reserve connections. */
export type Database = Db & {
  readonly sql: postgres.Sql;
  /** Gives running queries up to five seconds to end, then closes every connection. */
  close(): Promise<void>;
};

export interface DatabaseOptions {
  /** Maximum number of connections. */
  readonly max: number;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** Statement timeout, enforced by the server; 0: none. */
  readonly statementTimeoutMs: number;
}

/**
 * Opens a pool; connections are made on demand. Every session uses UTC. Through a pooler such as PgBouncer the limits
 * apply per transaction and statement, and no state outlives a transaction.
 */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  const settings = {
    max: options.max,
    connect_timeout: 5,
    max_lifetime: 30 * 60,
    keep_alive: 30,
    // The driver's default pauses grow to 20 s, so that a recovered database would not be noticed.
    backoff: (failures: number) => Math.min(0.05 * 2 ** failures, 0.5) * (0.5 + Math.random() / 2),
    onnotice: () => undefined,
    connection: { application_name: options.applicationName, TimeZone: "UTC", ...directParameters(options) },
  };
  const socket = async (given: postgres.Sql["options"]): Promise<Socket> => {
    // When nothing responds, connecting fails by itself, with the driver's own code.
    if (!isPooled({ options: given }) && (await isPooler(url).catch(() => false))) leaveNoState(given, options);
    return watch.open();
  };
  const pool: postgres.Sql = postgres(url, isOneServer(url) ? { ...settings, ...socketsOf(socket) } : settings);
  const { path, host, port } = pool.options;
  const address = { path: path || null, host: host[0] ?? "", port: port[0] ?? 5432 };
  const watch = new DeadConnectionDetector(address, options.statementTimeoutMs, () =>
    isPooled(pool) ? pooledDescribeMs : Infinity,
  );
  const sql = cancelSlowStatements(pool, options);
  leaveTextToBuilder(pool);
  readArraysWithNulls(pool);
  return Object.assign(handleOn(pool, sql), { close: () => sql.end({ timeout: 5 }) });
}

/** With several servers the driver finds the one that serves, using its own sockets. */
const isOneServer = (url: string): boolean => !new URL(url).host.includes(",");

/** An option that is missing in the driver's types: it creates its sockets. */
const socketsOf = (socket: (options: postgres.Sql["options"]) => Promise<Socket>) => ({ socket });
