import { setTimeout as pause } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import type { DbOrTx, Sql, SqlOrTx } from "./client";
import { databaseErrorCode, noFreeConnection } from "./connection-errors";
import { limitsOfPool } from "./pooler";
import { applyRowSecurity, type RlsScope } from "./rls";

/** Where statements go, by both ways of writing them: the pool (a `Database` is one), or one open transaction. */
export interface Session {
  readonly db: DbOrTx;
  readonly sql: SqlOrTx;
}

type PoolOnly = Omit<Sql, keyof SqlOrTx>;

/** Serialization failure and deadlock: the same transaction may succeed the next time. */
const retryableCodes = new Set(["40001", "40P01"]);
const maxAttempts = 5;

/** `snapshot`: several reads that see the database as it was at one moment, and write nothing. */
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
 * Runs `body` in one transaction that the query builder and plain SQL share, and again where it lost against another.
 * The one way to a transaction: the driver's own ends the process where the connection is lost between two statements.
 * @param body must start anew each time; what it did before was undone
 * @param options.rls that the statements of `body` stand behind
 * @param options.attempts 1 where it cannot start anew
 * @param options.connectionTimeoutMs for a transaction that is opened while another one is: how long it may wait for a connection.
 * A pooler may lend so few that all of them are held by such pairs, each waiting for its second.
 * @throws what `body` throws, and then nothing is kept
 */
export async function withTransaction<T>(
  pool: Sql,
  body: (tx: Session) => Promise<T>,
  mode: TransactionMode = "read write",
  { rls = null, attempts = maxAttempts, connectionTimeoutMs = null }: TransactionOptions = {},
): Promise<T> {
  const act = rls === null ? body : withRowSecurity(rls, body);
  return retryOnSerializationFailure(() => runOnce(pool, modes[mode], act, connectionTimeoutMs), attempts);
}

/**
 * Runs what keeps nothing where it fails, and again where it lost against another transaction: for one that is a single
 * statement, and opens itself.
 * @throws what `run` throws
 */
export async function retryOnSerializationFailure<T>(run: () => Promise<T>, attempts: number = maxAttempts): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (!retryableCodes.has(databaseErrorCode(error) ?? "") || attempt === attempts) throw error;
      await pause(Math.random() * 20 * attempt);
    }
  }
}

function withRowSecurity<T>(rls: RlsScope, body: (tx: Session) => Promise<T>): (tx: Session) => Promise<T> {
  return async (tx) => {
    await applyRowSecurity(tx.sql, rls);
    return body(tx);
  };
}

async function runOnce<T>(
  pool: Sql,
  mode: string,
  body: (tx: Session) => Promise<T>,
  connectionTimeoutMs: number | null,
): Promise<T> {
  const state = { ended: false };
  const results: T[] = [];
  const timeout = new ConnectionTimeout(connectionTimeoutMs);
  try {
    const running = pool.begin(mode, async (tx) => {
      timeout.begun();
      // The builder wants a pool: it is given the transaction with the pool's settings, so it sends all to the former.
      const sql = untilEnd(Object.assign<SqlOrTx, PoolOnly>(tx, { ...pool, ...tx }), state);
      const limits = limitsOfPool(pool);
      // Sent ahead of the first statement; where it fails, so does the transaction.
      if (limits !== null) void tx.unsafe(limits).execute();
      try {
        results.push(await body({ db: drizzle(sql), sql }));
      } catch (error) {
        await connectionSettled();
        if (!isEnded(state)) throw error;
      }
      // Where the connection is lost, the transaction is rejected already; were this to settle, the driver would send a
      // rollback into the void, which ends the process.
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

/** How long a transaction may wait to begin. */
class ConnectionTimeout {
  readonly isOver: Promise<never>;
  #timer: NodeJS.Timeout | undefined;
  #failure: Error | null = null;

  /** @param ms null: for ever */
  constructor(ms: number | null) {
    this.isOver = new Promise((_resolve, reject) => {
      if (ms === null) return;
      this.#timer = setTimeout(() => {
        this.#failure = noFreeConnection();
        reject(this.#failure);
      }, ms);
    });
  }

  /** The transaction has begun. @throws {Error} where nobody waits for it any more: it is then rolled back */
  begun(): void {
    this.stop();
    if (this.#failure !== null) throw this.#failure;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Resolves when what has become of the connection is known to whoever waits for it. */
const connectionSettled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

const never = (): Promise<never> => new Promise(() => undefined);

const isEnded = (state: { readonly ended: boolean }): boolean => state.ended;

/**
 * The same, but it throws once the transaction has ended. Where the connection is lost while `body` is between two
 * statements, the driver ends the transaction but would send the next one into the void, which ends the process, or
 * over a new connection, where it would be kept by itself.
 */
function untilEnd<S extends SqlOrTx>(sql: S, state: { readonly ended: boolean }): S {
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
