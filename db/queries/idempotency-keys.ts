import { and, eq, gt, lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { idempotencyKeys } from "@/db/schema/idempotency-keys";

type Row = typeof idempotencyKeys.$inferSelect;

export type IdempotencyKey = Pick<Row, "principal" | "key">;

export type StoredResponse = Pick<Row, "status" | "headers" | "body">;

/**
 * The stored response of the key; read it after `lockIdempotencyKey`, so that the previous transaction's commit is
 * visible.
 */
export async function findStoredResponse(
  tx: Db,
  { principal, key }: IdempotencyKey,
): Promise<(StoredResponse & Pick<Row, "fingerprint">) | null> {
  const { fingerprint, status, headers, body } = idempotencyKeys;
  const [row] = await tx
    .select({ fingerprint, status, headers, body })
    .from(idempotencyKeys)
    .where(
      and(
        eq(idempotencyKeys.principal, principal),
        eq(idempotencyKeys.key, key),
        gt(idempotencyKeys.expiresAt, sql`now()`),
      ),
    );
  return row ?? null;
}

/** Deletes responses that have expired. @returns their number */
export async function deleteExpiredResponses(db: Db): Promise<number> {
  const { count } = await db.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, sql`now()`));
  return count;
}
