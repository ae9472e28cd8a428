import { and, desc, eq, lt } from "drizzle-orm";
import type { Db } from "@/db/client";
import { webhookDeliveries } from "@/db/schema/webhooks";

export type DeliveryRow = typeof webhookDeliveries.$inferSelect;

export interface NewMessage {
  readonly messageId: string;
  readonly type: string;
  readonly payload: string;
}

/** Whether any webhook is told of one of these types. */
export async function anyListens({ sql }: Db, types: readonly string[]): Promise<boolean> {
  const rows = await sql`select 1 from webhooks where enabled and events && ${[...types]}::text[] limit 1`;
  return rows.length > 0;
}

/**
 * Queues each message for each webhook that is told of its type, and wakes the workers when the transaction commits.
 * @returns how many deliveries that makes
 */
export async function queueDeliveries(tx: Db, messages: readonly NewMessage[]): Promise<number> {
  const { count } = await tx.sql`
    insert into webhook_deliveries (webhook_id, message_id, type, payload)
    select w.id, m.message_id, m.type, m.payload
    from unnest(${messages.map(({ messageId }) => messageId)}::text[], ${messages.map(({ type }) => type)}::text[],
      ${messages.map(({ payload }) => payload)}::text[]) as m (message_id, type, payload)
    join webhooks w on w.enabled and m.type = any(w.events)`;
  if (count > 0) await announceDeliveries(tx);
  return count;
}

/** Queues a message for one webhook, whatever it is told of. @returns the delivery */
export async function queueDelivery(db: Db, webhookId: number, message: NewMessage): Promise<DeliveryRow> {
  const [row] = await db
    .insert(webhookDeliveries)
    .values({ webhookId, ...message })
    .returning();
  if (row === undefined) throw new Error("The delivery was not queued.");
  return row;
}

/** Wakes whoever delivers, when the transaction commits. */
export async function announceDeliveries({ sql }: Db): Promise<void> {
  await sql`select pg_notify('webhook_queued', '')`;
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

/** A delivery as a worker holds it, with what its webhook says now. */
export interface ClaimedDelivery {
  readonly id: number;
  readonly webhookId: number;
  readonly messageId: string;
  readonly payload: string;
  readonly attempts: number;
  readonly url: string;
  readonly enabled: boolean;
  /** Those that sign: the present one first. */
  readonly secrets: readonly string[];
}

/** Takes deliveries that are due, the longest first; they are due again after `leaseSeconds`, should nothing be heard. */
export async function claimDeliveries({ sql }: Db, limit: number, leaseSeconds: number): Promise<ClaimedDelivery[]> {
  // Instants are rounded to the ms, so what is due now may seem due in half of one.
  const rows = await sql<(Omit<ClaimedDelivery, "id" | "webhookId"> & { id: string; webhookId: string })[]>`
    update webhook_deliveries d
    set attempts = d.attempts + 1, next_attempt_at = now() + make_interval(secs => ${leaseSeconds})
    from webhooks w
    where w.id = d.webhook_id and d.id in (
      select id from webhook_deliveries where state = 'pending' and next_attempt_at <= now() + interval '1 ms'
      order by next_attempt_at, id for update skip locked limit ${limit})
    returning d.id, d.webhook_id as "webhookId", d.message_id as "messageId", d.payload, d.attempts, w.url, w.enabled,
      case when w.previous_secret_until > now() then array[w.secret, w.previous_secret] else array[w.secret] end
        as secrets`;
  return rows.map((row) => ({ ...row, id: Number(row.id), webhookId: Number(row.webhookId) }));
}

/** What an attempt came to. */
export interface AttemptEnd {
  readonly state: "pending" | "delivered" | "failed";
  readonly status: number | null;
  readonly error: string | null;
  readonly durationMs: number;
  /** Of one that is tried again. */
  readonly retrySeconds: number;
}

/** @returns false where the delivery is another's by now */
export async function endAttempt(
  { sql }: Db,
  { id, attempts }: Pick<ClaimedDelivery, "id" | "attempts">,
  { state, status, error, durationMs, retrySeconds }: AttemptEnd,
): Promise<boolean> {
  const { count } = await sql`
    update webhook_deliveries
    set state = ${state}, last_status = ${status}, last_error = ${error}, last_duration_ms = ${durationMs},
      next_attempt_at = now() + make_interval(secs => ${retrySeconds}),
      finished_at = case when ${state} = 'pending' then null else now() end
    where id = ${id} and attempts = ${attempts} and state = 'pending'`;
  return count > 0;
}

/** Gives back what was claimed and not tried. */
export async function returnDelivery(
  { sql }: Db,
  { id, attempts }: Pick<ClaimedDelivery, "id" | "attempts">,
): Promise<void> {
  await sql`
    update webhook_deliveries set next_attempt_at = now()
    where id = ${id} and attempts = ${attempts} and state = 'pending'`;
}

/** Deletes deliveries that ended long ago. @returns how many */
export async function deleteOldDeliveries({ sql }: Db, days: number): Promise<number> {
  const { count } = await sql`
    delete from webhook_deliveries where finished_at < now() - make_interval(days => ${days})`;
  return count;
}
