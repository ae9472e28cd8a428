import type postgres from "postgres";
import { openProbe } from "./probe-connection";

type Sql = postgres.Sql;

/**
 * Limits that keep one session from blocking others. A pooler rejects them as connection parameters, so there they are
 * set per transaction.
 */
export interface SessionLimits {
  /** Statement timeout, enforced by the server; 0: none. */
  readonly statementTimeoutMs: number;
}

/** Connection parameters that poolers also accept, and apply to the server connection they lend. */
const pooledParameters = ["application_name", "TimeZone"] as const;

const limitsOf = ({ statementTimeoutMs }: SessionLimits) => ({
  statement_timeout: statementTimeoutMs,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 60_000,
  client_connection_check_interval: 2_000,
});

/** Parameters of a direct session. */
export function directParameters(limits: SessionLimits): Record<string, number> {
  return {
    ...limitsOf(limits),
    // So that a session whose client has silently gone ends within a minute, and its locks with it.
    tcp_keepalives_idle: 30,
    tcp_keepalives_interval: 10,
    tcp_keepalives_count: 3,
  };
}

/** Statements of every transaction through a pooler. They are pipelined with the first one, so they cost no round trip. */
function transactionLimits(limits: SessionLimits): string {
  return Object.entries(limitsOf(limits))
    .map(([name, value]) => `set local ${name} = ${value.toFixed(0)}`)
    .join("; ");
}

/** What is known of the servers that this process uses, by host and port. */
const known = new Map<string, Promise<boolean>>();

/**
 * Whether a pooler such as PgBouncer listens at `url`: its cancellation key names its own process id, a server's
 * names the process that serves us. Checked once per address; a failure is not remembered.
 */
export function isPooler(url: string): Promise<boolean> {
  const { host, search } = new URL(url);
  const address = host + search;
  const asked = known.get(address);
  if (asked !== undefined) return asked;
  const asking = ask(url);
  known.set(address, asking);
  asking.catch(() => known.delete(address));
  return asking;
}

async function ask(url: string): Promise<boolean> {
  const sql = openProbe(url);
  try {
    const rows = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    return rows[0]?.pid !== rows.state.pid;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

/** Pools behind a pooler, by their options, which a pool shares with everything derived from it. */
const pooled = new WeakMap<object, string>();

/** Changes the options of a pool without connections so that it leaves no state on a server connection. */
export function leaveNoState(options: Sql["options"], limits: SessionLimits): void {
  const kept = Object.entries(options.connection).filter(([name]) => pooledParameters.some((one) => one === name));
  Object.assign(options, { connection: Object.fromEntries(kept), prepare: false });
  pooled.set(options, transactionLimits(limits));
}

/** The statements that start a transaction of this pool; null when its sessions have their limits from the start. */
export function limitsOfPool({ options }: Pick<Sql, "options">): string | null {
  return pooled.get(options) ?? null;
}

/** Whether the pool's connections go through a pooler; known once it has connected. */
export function isPooled({ options }: Pick<Sql, "options">): boolean {
  return pooled.has(options);
}

/**
 * The pool, in which a statement outside a transaction is cancelled when it runs too long through a pooler: a timeout
 * set beforehand would stay behind for the next client.
 */
export function cancelSlowStatements(sql: Sql, { statementTimeoutMs }: SessionLimits): Sql {
  if (statementTimeoutMs === 0) return sql;
  const watch = (query: unknown): unknown => {
    if (query instanceof Promise) watchStatement(query, () => isPooled(sql), statementTimeoutMs);
    return query;
  };
  const unsafe = (...args: Parameters<Sql["unsafe"]>): unknown => watch(sql.unsafe(...args));
  return new Proxy(sql, {
    apply: (target, self, args): unknown => watch(Reflect.apply(target, self, args)),
    get: (target, name): unknown => (name === "unsafe" ? unsafe : Reflect.get(target, name)),
  });
}

/** The driver types neither the sender of a query nor its cancellation. A database test checks that they exist. */
function watchStatement(query: Promise<unknown>, applies: () => boolean, afterMs: number): void {
  const send: unknown = Reflect.get(query, "handler");
  const cancel: unknown = Reflect.get(query, "canceller");
  if (typeof send !== "function" || typeof cancel !== "function") throw new Error("The driver's queries have changed.");
  const start = (sent: unknown): unknown => {
    const timer = setTimeout(() => {
      if (applies()) Promise.resolve(Reflect.apply(cancel, null, [query])).catch(() => undefined);
    }, afterMs);
    const stop = (): void => {
      clearTimeout(timer);
    };
    query.then(stop, stop);
    return Reflect.apply(send, null, [sent]);
  };
  // The driver marks a query whose stack trace it records.
  Reflect.set(query, "handler", Object.assign(start, send));
}
