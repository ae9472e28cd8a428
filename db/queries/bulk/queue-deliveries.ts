import type { Db } from "@/db/client";
import { announceDeliveries, type NewMessage } from "@/db/queries/webhook-deliveries";

/**
 * Queues each message for each webhook subscribed to its type, and wakes the workers when the transaction commits.
 * @returns the number of deliveries
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
