import { setTimeout as pause } from "node:timers/promises";
import type { Database, Db, Sql } from "./client";
import { isTransactionConflict, noFreeConnection } from "./connection-errors";
import { handleOn } from "./handle";
import { limitsOfPool } from "./pooler";
import { applyRowSecurity, type RlsScope } from "./rls";

const maxAttempts = 5;

/** `snapshot`: several reads that see the database as of one moment, and no writes. */
export type TransactionMode = "read write" | "snapshot";

const modes: Readonly<Record<TransactionMode, string>> = {
  "read write": "read write",
  snapshot: "isolation level repeatable read read only",
};

export interface TransactionOptions {
  readonly rls?: RlsScope | null;
  readonly attempts?: number;
  readonly connectionTimeoutMs?: number | null;
}

/**
 * Runs `body` in one transaction shared by the query builder and plain SQL, and retries it after a serialization
 * failure. Always use this for transactions: the driver's own ends the process when the connection is lost between two
 * statements.
 * @param body may run more than once; earlier attempts were rolled back
 * @param options.rls row-level security for the statements of `body`
 * @param options.attempts 1 when it cannot be retried
 * @param options.connectionTimeoutMs for a transaction that is opened while another one is open: how long it may wait
 *   for a connection. All connections of a small pool could be held by such pairs, each waiting for its second.
 * @throws what `body` throws; then nothing is kept
 */
export async function withTransaction<T>(
  database: Database,
  body: (tx: Db) => Promise<T>,
  mode: TransactionMode = "read write",
  { rls = null, attempts = maxAttempts, connectionTimeoutMs = null }: TransactionOptions = {},
): Promise<T> {
  const act = rls === null ? body : withRowSecurity(rls, body);
  return retryOnSerializationFailure(() => runOnce(database, modes[mode], act, connectionTimeoutMs), attempts);
}

/**
 * Runs a function that keeps nothing when it fails, and retries it after a serialization failure: for a transaction of
 * a single statement.
 * @throws what `run` throws
 */
export async function retryOnSerializationFailure<T>(
  run: () => Promise<T>,
  attempts: number = maxAttempts,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!isTransactionConflict(error) || attempt === attempts) throw error;
      await pause(Math.random() * 20 * attempt);
    }
  }
}

function withRowSecurity<T>(rls: RlsScope, body: (tx: Db) => Promise<T>): (tx: Db) => Promise<T> {
  return async (tx) => {
    await applyRowSecurity(tx, rls);
    return body(tx);
  };
}

async function runOnce<T>(
  database: Database,
  mode: string,
  body: (tx: Db) => Promise<T>,
  connectionTimeoutMs: number | null,
): Promise<T> {
  const state = { ended: false };
  const results: T[] = [];
  const timeout = new ConnectionTimeout(connectionTimeoutMs);
  try {
    const running = database.sql.begin(mode, async (tx) => {
      timeout.begun();
      const sql = untilEnd(tx, state);
      const limits = limitsOfPool(database.sql);
      // Sent ahead of the first statement. If it fails, so does the transaction.
      if (limits !== null) void tx.unsafe(limits).execute();
      try {
        results.push(await body(handleOn(database.sql, sql)));
      } catch (error) {
        await connectionSettled();
        if (!isEnded(state)) throw error;
      }
      // When the connection is lost, the transaction is already rejected. If this promise settled, the driver would
      // send a rollback on the lost connection, which ends the process.
      if (isEnded(state)) await never();
    });
    await Promise.race([running, timeout.isOver]);
  } finally {
    state.ended = true;
    timeout.stop();
  }
  for (const result of results) return result;
  throw new Error("The transaction ended without a result.");
}

/** How long a transaction may wait for a connection. */
class ConnectionTimeout {
  readonly isOver: Promise<never>;
  #timer: NodeJS.Timeout | undefined;
  #failure: Error | null = null;

  /** @param ms null: forever */
  constructor(ms: number | null) {
    this.isOver = new Promise((_resolve, reject) => {
      if (ms === null) return;
      this.#timer = setTimeout(() => {
        this.#failure = noFreeConnection();
        reject(this.#failure);
      }, ms);
    });
  }

  /** The transaction has started. @throws {Error} when its caller has timed out: it is then rolled back */
  begun(): void {
    this.stop();
    if (this.#failure !== null) throw this.#failure;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Resolves after the driver has reported a lost connection to its queries. */
const connectionSettled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const never = (): Promise<never> => new Promise(() => undefined);

const isEnded = (state: { readonly ended: boolean }): boolean => state.ended;

/**
 * The same, but it throws once the transaction has ended. When the connection is lost while `body` is between two
 * statements, the driver ends the transaction but would send the next statement on the lost connection, which ends the
 * process, or on a new connection, where it would be committed by itself.
 */
function untilEnd<S extends Sql>(sql: S, state: { readonly ended: boolean }): S {
  const check = (): void => {
    if (state.ended) throw Object.assign(new Error("The transaction has ended."), { code: "CONNECTION_CLOSED" });
  };
  return new Proxy(sql, {
    apply: (target, self, args): unknown => {
      check();
      return Reflect.apply(target, self, args);
    },
    get: (target, name): unknown => {
      check();
      return Reflect.get(target, name);
    },
  });
}
