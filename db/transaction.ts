import { setTimeout as pause } from "node:timers/promises";
import { drizzle } from "drizzle-orm/postgres-js";
import type { DbOrTx, Sql, SqlOrTx } from "./client";
import { databaseErrorCode } from "./connection-errors";

/** Where statements go, by both ways of writing them: the pool (a `Database` is one), or one open transaction. */
export interface Session {
  readonly db: DbOrTx;
  readonly sql: SqlOrTx;
}

type PoolOnly = Omit<Sql, keyof SqlOrTx>;

/** Serialization failure and deadlock: the same transaction may succeed the next time. */
const lostAgainstAnother = new Set(["40001", "40P01"]);
const attempts = 5;

/**
 * Runs `body` in one transaction that the query builder and plain SQL share, and again where it lost against another.
 * @param body must start anew each time; what it did before was undone
 * @throws what `body` throws, and then nothing is kept
 */
export async function withTransaction<T>(pool: Sql, body: (tx: Session) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      let result: { readonly value: T } | null = null;
      await pool.begin(async (sql) => {
        // The builder wants a pool: it is given the transaction with the pool's settings, so it sends all to the former.
        const db = drizzle(Object.assign<SqlOrTx, PoolOnly>(sql, { ...pool, ...sql }));
        result = { value: await body({ db, sql }) };
      });
      return resultOf(result);
    } catch (error) {
      if (!lostAgainstAnother.has(databaseErrorCode(error) ?? "") || attempt === attempts) throw error;
      await pause(Math.random() * 20 * attempt);
    }
  }
}

function resultOf<T>(result: { readonly value: T } | null): T {
  if (result === null) throw new Error("The transaction ended without a result.");
  return result.value;
}
