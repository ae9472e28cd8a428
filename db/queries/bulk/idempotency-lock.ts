import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { as, readOneRow, readRow, type RowOf } from "@/db/rows";
import { idempotencyKeys } from "@/db/schema/idempotency-keys";
import type { IdempotencyKey, StoredResponse } from "@/db/queries/idempotency-keys";

const { fingerprint, status, headers, body } = idempotencyKeys;
const responseRow = { fingerprint, status, headers, body };
const lockRow = { taken: as.boolean, transaction: as.text };

/**
 * Locks the key until the open transaction ends.
 * @returns the transaction's id, or null when another transaction holds the key
 */
export async function lockIdempotencyKey({ sql }: Db, { principal, key }: IdempotencyKey): Promise<string | null> {
  const { taken, transaction } = await readOneRow(
    sql`
      select pg_try_advisory_xact_lock(${advisoryLocks.idempotencyKeys}, hashtext(${`${principal} ${key}`})) as taken,
        pg_current_xact_id()::text as transaction`,
    lockRow,
  );
  return taken ? transaction : null;
}

/**
 * The stored response of the key; read it after `lockIdempotencyKey`, so that the previous transaction's commit is
 * visible.
 */
export function findStoredResponse(
  { sql }: Db,
  { principal, key }: IdempotencyKey,
): Promise<RowOf<typeof responseRow> | null> {
  return readRow(
    sql`
      select fingerprint, status, headers, body from idempotency_keys
      where principal = ${principal} and key = ${key} and expires_at > now()`,
    responseRow,
  );
}

/**
 * Stores the response under the key for 24 hours.
 * @param transaction as returned by `lockIdempotencyKey`. After a lost connection the driver may continue on a new one,
 *   without the effect: then no response may be stored either.
 * @throws {Error} when this is another transaction
 */
export async function storeResponse(
  { sql }: Db,
  { principal, key }: IdempotencyKey,
  { fingerprint, status, headers, body }: StoredResponse & { readonly fingerprint: string },
  transaction: string,
): Promise<void> {
  const { count } = await sql`
    insert into idempotency_keys (principal, key, fingerprint, status, headers, body)
    select ${principal}, ${key}, ${fingerprint}, ${status}, ${JSON.stringify(headers)}::text::jsonb, ${body}
    where pg_current_xact_id()::text = ${transaction}
    on conflict (principal, key) do update
      set fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
        body = excluded.body, expires_at = excluded.expires_at`;
  if (count !== 1) throw new Error("The transaction was lost before its answer was kept.");
}
