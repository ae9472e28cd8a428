import { sql } from "drizzle-orm";
import type { Db } from "./client";

/**
 * The keys of all advisory locks in one place, so that no two uses share a lock. Any constants work, as long as every
 * version of the product uses the same.
 */
export const advisoryLocks = {
  migrations: 7_230_117,
  partitions: 7_230_118,
  hours: 7_230_119,
  importClaims: 7_230_120,
  /** Held, shared, by every import while it runs. */
  imports: 7_230_121,
  /** With the hash of creator and name as second key. */
  keyNames: 7_230_122,
  /** With the hash of principal and key as second key: locks with two keys never collide with those with one. */
  idempotencyKeys: 7_230_119,
  accounts: 7_230_124,
  reportPlaces: 7_230_125,
  webhookPlaces: 7_230_126,
  exceptions: 7_230_127,
  retention: 7_230_128,
  zoneRules: 7_230_129,
  calendars: 7_230_131,
} as const;

/**
 * Waits for a lock and holds it until the transaction ends.
 * @param of the locked object, when the lock's key is one of many: only its hash is locked
 */
export async function lockForTransaction(tx: Db, key: number, of: string | null = null): Promise<void> {
  await tx.execute(
    of === null
      ? sql`select pg_advisory_xact_lock(${key})`
      : sql`select pg_advisory_xact_lock(${key}, hashtext(${of}))`,
  );
}

/** Like `lockForTransaction`, but only waits for those who do not share the lock. */
export async function shareForTransaction(tx: Db, key: number): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${key})`);
}
