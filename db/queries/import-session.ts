import type { Sql } from "@/db/client";
import { beginImporting, endImporting } from "./snapshot-need";

/** One connection, kept for one import: its temporary tables outlive its transactions. */
export interface ImportSession {
  readonly sql: Sql;
  /** Ends the statement that is running, as from outside. */
  cancel(): Promise<void>;
}

/** Codes of errors after which the connection is gone. */
const lostConnection = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT|ERR_STREAM_|57P0|08)/;

/** Codes of errors after which the same transaction may succeed: serialization failure, deadlock. */
const retryable = new Set(["40001", "40P01"]);

const attempts = 5;

export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/**
 * Runs `body` on a connection of its own, whose statements may take as long as they need; they wait for other imports,
 * but not for ever. Temporary tables are dropped at the end.
 */
export async function withImportSession<T>(pool: Sql, body: (session: ImportSession) => Promise<T>): Promise<T> {
  const sql = await pool.reserve();
  let usable = true;
  try {
    await sql`select set_config('statement_timeout', '0', false), set_config('lock_timeout', '10min', false)`;
    const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
    const pid = row?.pid ?? 0;
    await beginImporting(sql);
    return await body({
      sql,
      cancel: async () => {
        await pool`select pg_cancel_backend(${pid})`;
      },
    });
  } catch (error) {
    usable = !lostConnection.test(errorCode(error));
    throw error;
  } finally {
    // A lost connection went back to the pool by itself; releasing it would offer a dead one.
    if (usable) {
      await endImporting(sql);
      await sql`discard temp`;
      await sql`select set_config(name, reset_val, false) from pg_settings where name in ('statement_timeout', 'lock_timeout')`;
      sql.release();
    }
  }
}

/**
 * Runs `body` in a transaction, again where it lost against another one.
 * @param body must start anew each time: what it did before was undone
 */
export async function inTransaction<T>(sql: Sql, body: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`begin`;
      const result = await body();
      await sql`commit`;
      return result;
    } catch (error) {
      const code = errorCode(error);
      if (lostConnection.test(code)) throw error;
      await sql`rollback`;
      if (!retryable.has(code) || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * attempt));
    }
  }
}
