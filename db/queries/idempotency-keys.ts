import { lte, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { idempotencyKeys } from "@/db/schema/idempotency-keys";

type Row = typeof idempotencyKeys.$inferSelect;

export type IdempotencyKey = Pick<Row, "principal" | "key">;

export type StoredResponse = Pick<Row, "status" | "headers" | "body">;

/** Deletes responses that have expired. @returns their number */
export async function deleteExpiredResponses(db: Db): Promise<number> {
  const { count } = await db.delete(idempotencyKeys).where(lte(idempotencyKeys.expiresAt, sql`now()`));
  return count;
}
