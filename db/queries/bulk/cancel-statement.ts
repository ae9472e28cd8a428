import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";

const transactionRow = { pid: as.number, startedAt: as.text };

/** An open transaction, as other connections know it. */
export interface OpenTransaction {
  readonly pid: number;
  readonly startedAt: string;
}

export function identifyTransaction({ sql }: Db): Promise<OpenTransaction> {
  return readOneRow(sql`select pg_backend_pid() as pid, now()::text as started_at`, transactionRow);
}

/**
 * Cancels the running statement of a transaction, over another connection. Only while its backend is in that transaction:
 * through a pooler it serves others a moment later.
 */
export async function cancelStatement({ sql }: Db, { pid, startedAt }: OpenTransaction): Promise<void> {
  await sql`
    select pg_cancel_backend(pid) from pg_stat_activity
    where pid = ${pid} and xact_start = ${startedAt}::timestamptz`;
}
