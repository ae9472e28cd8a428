import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";
import type { IdempotencyKey, StoredResponse } from "@/db/queries/idempotency-keys";

const lockRow = { taken: as.boolean, transaction: as.text };

/**
 * Takes the key for the transaction that is open; it ends with it.
 * @returns the transaction's id, or null where another transaction has the key
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
 * Keeps what is answered under the key for 24 hours.
 * @param transaction as `lockIdempotencyKey` gave it. A driver that lost its connection may go on over a new one, where the
 *   effect is not: there nothing may be kept either.
 * @throws {Error} where this is another transaction
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
