import { and, asc, count, desc, eq, gt, isNull, or, sql } from "drizzle-orm";
import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Db } from "@/db/client";
import { apiKeys } from "@/db/schema/api-keys";
import { stores } from "@/db/schema/stores";

/** @returns whether the key was not yet known to be exposed */
export async function recordKeyExposure(db: Db, id: string): Promise<boolean> {
  const { count: recorded } = await db
    .update(apiKeys)
    .set({ exposedAt: sql`now()` })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.exposedAt)));
  return recorded > 0;
}

export type NewKey = Pick<
  typeof apiKeys.$inferSelect,
  "id" | "name" | "secretHash" | "scopes" | "storeKeys" | "personId" | "createdBy" | "expiresAt"
>;

export async function insertKey(tx: Db, key: NewKey): Promise<void> {
  await tx.insert(apiKeys).values(key);
}

export type KeyRow = Awaited<ReturnType<typeof listKeys>>[number];

/** Keys, newest first. @param maker only those created by them; null: all   @param id only that one */
export function listKeys(db: Db, maker: string | null, id: string | null = null) {
  const { name, scopes, storeKeys, personId, createdBy } = apiKeys;
  const { createdAt, expiresAt, revokedAt, lastUsedAt, exposedAt } = apiKeys;
  return db
    .select({
      ...{ id: apiKeys.id, name, scopes, storeKeys, personId, createdBy },
      storeIds: sql<string[] | null>`case when ${storeKeys} is not null then array(
        select s.store_id from ${stores} s where s.store_key = any(${storeKeys}) order by 1) end`,
      state: sql<"active" | "expired" | "revoked">`case when ${revokedAt} is not null then 'revoked'
        when ${expiresAt} <= now() then 'expired' else 'active' end`,
      ...{ createdAt, expiresAt, revokedAt, lastUsedAt, exposedAt },
    })
    .from(apiKeys)
    .where(and(maker === null ? undefined : eq(createdBy, maker), id === null ? undefined : eq(apiKeys.id, id)))
    .orderBy(desc(createdAt), asc(apiKeys.id));
}

/**
 * The number of active keys of one maker with the name. No other transaction can create a key of the maker until this
 * one ends.
 */
export async function countActiveOfName(tx: Db, maker: string, name: string): Promise<number> {
  await lockForTransaction(tx, advisoryLocks.keyNames, `${maker} ${name}`);
  const { createdBy, revokedAt, expiresAt } = apiKeys;
  const [row] = await tx
    .select({ keys: count() })
    .from(apiKeys)
    .where(
      and(
        eq(createdBy, maker),
        eq(apiKeys.name, name),
        isNull(revokedAt),
        or(isNull(expiresAt), gt(expiresAt, sql`now()`)),
      ),
    );
  return row?.keys ?? 0;
}

/** Revokes a key; once this is committed every replica rejects it. @returns whether it was active */
export async function revokeKey(tx: Db, id: string): Promise<boolean> {
  // An update alone would not wait for requests in progress with the key, see `lockKey`.
  await tx.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, id)).for("update");
  const { count: revoked } = await tx
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)));
  return revoked > 0;
}

/** Revokes the keys that a person created. */
export async function revokeKeysOf(tx: Db, maker: string): Promise<void> {
  const isTheirs = eq(apiKeys.createdBy, maker);
  await tx.select({ id: apiKeys.id }).from(apiKeys).where(isTheirs).orderBy(asc(apiKeys.id)).for("update");
  await tx
    .update(apiKeys)
    .set({ revokedAt: sql`now()` })
    .where(and(isTheirs, isNull(apiKeys.revokedAt)));
}
