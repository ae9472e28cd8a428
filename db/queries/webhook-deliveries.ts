import { and, arrayOverlaps, desc, eq, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { notify } from "@/db/queries/bulk/notifications";
import { webhookDeliveries, webhooks } from "@/db/schema/webhooks";
import { claimable, heldBy, nextAttempt, secondsFromNow, type ClaimToken } from "./lease";

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

export interface NewMessage {
  readonly messageId: string;
  readonly type: string;
  readonly payload: string;
}

/** A message to all webhooks that subscribe to it. */
export interface EventMessage extends NewMessage {
  /** Of the store that it is about; null: of none. */
  readonly storeKey: number | null;
}

/** Whether any webhook is subscribed to one of these types. */
export async function anyListens(db: Db, types: readonly string[]): Promise<boolean> {
  const rows = await db
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.enabled, true), arrayOverlaps(webhooks.events, [...types])))
    .limit(1);
  return rows.length > 0;
}

/** Queues a message for one webhook, also one that it does not subscribe to. @returns the delivery */
export async function queueDelivery(db: Db, webhookId: number, message: NewMessage): Promise<DeliveryRow> {
  const [row] = await db
    .insert(webhookDeliveries)
    .values({ webhookId, ...message })
    .returning();
  if (row === undefined) throw new Error("The delivery was not queued.");
  return row;
}

/** Wakes the workers that deliver, when the transaction commits. */
export async function announceDeliveries(db: Db): Promise<void> {
  await db.execute(sql`select ${notify("webhook_queued")}`);
}

export async function findDelivery(db: Db, webhookId: number, id: number): Promise<DeliveryRow | null> {
  const [row] = await db
    .select()
    .from(webhookDeliveries)
    .where(and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.id, id)));
  return row ?? null;
}

/** Newest first. @param before only those with smaller ids */
export function listDeliveries(
  db: Db,
  webhookId: number,
  before: number | null,
  limit: number,
): Promise<DeliveryRow[]> {
  return db
    .select()
    .from(webhookDeliveries)
    .where(
      and(eq(webhookDeliveries.webhookId, webhookId), before === null ? undefined : lt(webhookDeliveries.id, before)),
    )
    .orderBy(desc(webhookDeliveries.id))
    .limit(limit);
}

const isPending = sql`${webhookDeliveries.state} = 'pending'`;
const queue = {
  id: webhookDeliveries.id,
  attempts: webhookDeliveries.attempts,
  leaseUntil: webhookDeliveries.nextAttemptAt,
  handedBack: null,
  isOpen: isPending,
  isHeld: isPending,
};

/** A delivery as a worker holds it, with the current data of its webhook. */
export interface ClaimedDelivery {
  readonly id: number;
  readonly webhookId: number;
  readonly messageId: string;
  readonly payload: string;
  readonly attempts: number;
  readonly url: string;
  readonly enabled: boolean;
  /** The secrets that sign: the current one first. */
  readonly secrets: readonly string[];
}

/** Claims the deliveries that have been due longest; they are due again after `leaseSeconds`. */
export function claimDeliveries(db: Db, limit: number, leaseSeconds: number): Promise<ClaimedDelivery[]> {
  const { id, webhookId, messageId, payload, attempts, nextAttemptAt } = webhookDeliveries;
  const { url, enabled, secret, previousSecret, previousSecretUntil } = webhooks;
  return db
    .update(webhookDeliveries)
    .set({ attempts: nextAttempt(queue), nextAttemptAt: secondsFromNow(leaseSeconds) })
    .from(webhooks)
    .where(
      and(
        eq(webhooks.id, webhookId),
        claimable(queue, undefined, { order: [nextAttemptAt, id], limit, locked: "skip" }),
      ),
    )
    .returning({
      id,
      webhookId,
      messageId,
      payload,
      attempts,
      url,
      enabled,
      secrets: sql<string[]>`case when ${previousSecretUntil} > now()
        then array[${secret}, ${previousSecret}] else array[${secret}] end`,
    });
}

/** The result of an attempt. */
export interface AttemptEnd {
  readonly state: "pending" | "delivered" | "failed";
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** Until the next attempt, for a pending delivery. */
  readonly retrySeconds: number;
}

/** @returns false when the claim no longer holds the delivery */
export async function endAttempt(
  db: Db,
  claim: ClaimToken,
  { state, status, error, durationMs, retrySeconds }: AttemptEnd,
): Promise<boolean> {
  const { count } = await db
    .update(webhookDeliveries)
    .set({
      state,
      lastStatus: status,
      lastError: error,
      lastDurationMs: durationMs,
      nextAttemptAt: secondsFromNow(retrySeconds),
      finishedAt: state === "pending" ? null : sql`now()`,
    })
    .where(heldBy(queue, claim));
  return count > 0;
}

/** Returns a delivery whose attempt was aborted: it is due at once. */
export async function returnDelivery(db: Db, claim: ClaimToken): Promise<void> {
  await db
    .update(webhookDeliveries)
    .set({ nextAttemptAt: sql`now()` })
    .where(heldBy(queue, claim));
}

/** Deletes deliveries that ended more than `days` ago. @returns their number */
export async function deleteOldDeliveries(db: Db, days: number): Promise<number> {
  const { finishedAt } = webhookDeliveries;
  const { count } = await db
    .delete(webhookDeliveries)
    .where(sql`${finishedAt} < now() - make_interval(days => ${days})`);
  return count;
}
