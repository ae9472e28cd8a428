import { advisoryLocks } from "@/db/advisory-locks";
import type { Db } from "@/db/client";

export interface IdempotencyKey {
  readonly principal: string;
  readonly key: string;
}

export interface StoredResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Takes the key for the transaction that is open; it ends with it.
 * @returns the transaction's id, or null where another transaction has the key
 */
export async function lockIdempotencyKey({ sql }: Db, { principal, key }: IdempotencyKey): Promise<string | null> {
  const [row] = await sql<{ taken: boolean; transaction: string }[]>`
    select pg_try_advisory_xact_lock(${advisoryLocks.idempotencyKeys}, hashtext(${`${principal} ${key}`})) as taken,
      pg_current_xact_id()::text as transaction`;
  return row?.taken === true ? row.transaction : null;
}

/** What was answered under the key; to be asked after `lockIdempotencyKey`, so that what the one before committed is seen. */
export async function findStoredResponse(
  { sql }: Db,
  { principal, key }: IdempotencyKey,
): Promise<(StoredResponse & { readonly fingerprint: string }) | null> {
  const [row] = await sql<(StoredResponse & { readonly fingerprint: string })[]>`
    select fingerprint, status, headers, body from idempotency_keys
    where principal = ${principal} and key = ${key} and expires_at > now()`;
  return row ?? null;
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

/** Deletes answers that nobody can ask for any more. @returns how many */
export async function deleteExpiredResponses({ sql }: Db): Promise<number> {
  const { count } = await sql`delete from idempotency_keys where expires_at <= now()`;
  return count;
}
