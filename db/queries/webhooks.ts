import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import { and, asc, count, eq, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "@/db/client";
import { stores } from "@/db/schema/stores";
import { webhooks } from "@/db/schema/webhooks";
import { isAmong } from "@/db/store-set";

export type WebhookRow = typeof webhooks.$inferSelect;

export type WebhookChanges = Partial<Pick<WebhookRow, "url" | "events" | "storeKeys" | "enabled" | "disabledReason">>;

export async function insertWebhook(
  db: Db,
  webhook: Pick<WebhookRow, "url" | "events" | "secret"> & Partial<Pick<WebhookRow, "storeKeys">>,
): Promise<WebhookRow> {
  const [row] = await db
    .insert(webhooks)
    .values({ ...webhook, events: [...webhook.events] })
    .returning();
  if (row === undefined) throw new Error("The webhook was not made.");
  return row;
}

export function listWebhooks(db: Db): Promise<WebhookRow[]> {
  return db.select().from(webhooks).orderBy(asc(webhooks.id));
}

/** The number of webhooks. No other transaction can create one until this one ends. */
export async function countWebhooks(tx: Db): Promise<number> {
  await lockForTransaction(tx, advisoryLocks.webhookPlaces);
  const [row] = await tx.select({ count: count() }).from(webhooks);
  return row?.count ?? 0;
}

export async function findWebhook(db: Db, id: number): Promise<WebhookRow | null> {
  const [row] = await db.select().from(webhooks).where(eq(webhooks.id, id));
  return row ?? null;
}

/** @returns the changed webhook, null if there is none */
export async function changeWebhook(db: Db, id: number, changes: WebhookChanges): Promise<WebhookRow | null> {
  if (Object.keys(changes).length === 0) return findWebhook(db, id);
  const [row] = await db.update(webhooks).set(changes).where(eq(webhooks.id, id)).returning();
  return row ?? null;
}

/** Signs with `secret` from now on, and with the previous one too for `overlapHours`. */
export async function rotateSecret(
  db: Db,
  id: number,
  secret: string,
  overlapHours: number,
): Promise<WebhookRow | null> {
  const [row] = await db
    .update(webhooks)
    .set({
      secret,
      previousSecret: webhooks.secret,
      previousSecretUntil: sql`now() + make_interval(hours => ${overlapHours})`,
    })
    .where(eq(webhooks.id, id))
    .returning();
  return row ?? null;
}

/** Ends a webhook whose receiver is gone. */
export async function disableGoneWebhook(db: Db, id: number): Promise<void> {
  await db
    .update(webhooks)
    .set({ enabled: false, disabledReason: "gone" })
    .where(and(eq(webhooks.id, id), eq(webhooks.enabled, true)));
}

/** @returns whether there was one */
export async function deleteWebhook(db: Db, id: number): Promise<boolean> {
  const rows = await db.delete(webhooks).where(eq(webhooks.id, id)).returning({ id: webhooks.id });
  return rows.length > 0;
}

/** The ids of stores by their keys; of a store that was merged into another, the id of that one. */
export async function findPresentIds(db: Db, storeKeys: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (storeKeys.length === 0) return new Map();
  const present = alias(stores, "present");
  const rows = await db
    .select({ storeKey: stores.storeKey, storeId: present.storeId })
    .from(stores)
    .innerJoin(present, eq(present.storeKey, sql`coalesce(${stores.mergedInto}, ${stores.storeKey})`))
    .where(isAmong(stores.storeKey, storeKeys));
  return new Map(rows.map(({ storeKey, storeId }) => [storeKey, storeId]));
}
