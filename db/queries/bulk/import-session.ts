import { advisoryLocks, shareForTransaction } from "@/db/advisory-locks";
import type { Database, Db } from "@/db/client";
import { databaseErrorCode, isTransactionConflict } from "@/db/connection-errors";
import { handleOn } from "@/db/handle";
import { as, readOneRow, type RowOf } from "@/db/rows";

const selfRow = { pid: as.number, xid: as.text };

/** One transaction on one connection, for one import: its temporary tables are dropped with it. */
export type ImportSession = Db & {
  /** Cancels the running statement, over another connection. */
  cancel(): Promise<void>;
  /** Rolls back everything, also after a failed statement, and starts again. */
  restart(): Promise<void>;
};

/** Codes of errors after which the connection is lost. */
const lostConnection = /^(CONNECTION_|ECONN|EPIPE|ETIMEDOUT|ERR_STREAM_|57P0|08)/;

const attempts = 5;

const isConnectionLost = (error: unknown): boolean => lostConnection.test(databaseErrorCode(error) ?? "");

/**
 * Runs `body` in one transaction on its own connection and commits it. Its statements may take as long as they need;
 * they wait for other imports for a limited time. It is one transaction because, through a pooler, temporary tables,
 * settings and locks of a session would be left to the next client.
 * @throws what `body` throws; then nothing is kept
 */
export async function withImportSession<T>(
  database: Database,
  body: (session: ImportSession) => Promise<T>,
): Promise<T> {
  const sql = await database.sql.reserve();
  const handle = handleOn(database.sql, sql);
  let usable = true;
  let self: RowOf<typeof selfRow> = { pid: 0, xid: "0" };
  const begin = async (): Promise<void> => {
    await sql`begin`;
    // A source may be slow, for example a person typing into a pipe; but a hanging process must not hold its locks for
    // ever.
    await sql.unsafe(`set local statement_timeout = 0; set local lock_timeout = '10min';
      set local idle_in_transaction_session_timeout = '1h'; set local client_connection_check_interval = '2s'`);
    self = await readOneRow(
      sql`
      select pg_backend_pid() as pid, pg_current_xact_id()::xid::text as xid`,
      selfRow,
    );
    // Others see by it that an import is in progress.
    await shareForTransaction(handle, advisoryLocks.imports);
  };
  try {
    await begin();
    const session = Object.assign(handle, {
      cancel: async () => {
        // Only while the connection is ours: through a pooler the same backend serves others a moment later.
        await database.sql`
          select pg_cancel_backend(pid) from pg_stat_activity
          where pid = ${self.pid} and backend_xid = ${self.xid}::text::xid`;
      },
      restart: async () => {
        await sql`rollback`;
        await begin();
      },
    });
    const result = await body(session);
    await sql`commit`;
    return result;
  } catch (error) {
    usable = !isConnectionLost(error) && (await isDone(sql`rollback`));
    throw error;
  } finally {
    // The driver has already removed a lost connection from the pool; releasing it would return a dead one.
    if (usable) sql.release();
  }
}

const isDone = (statement: PromiseLike<unknown>): PromiseLike<boolean> =>
  statement.then(
    () => true,
    () => false,
  );

/**
 * Runs `body` in a savepoint of the open transaction, and again after a deadlock or serialization failure.
 * @param body must be repeatable: its earlier effects were rolled back
 */
export async function retryFromSavepoint<T>({ sql }: Db, body: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      await sql`savepoint attempt`;
      const result = await body();
      await sql`release savepoint attempt`;
      return result;
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      await sql`rollback to savepoint attempt`;
      if (!isTransactionConflict(error) || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * attempt));
    }
  }
}
