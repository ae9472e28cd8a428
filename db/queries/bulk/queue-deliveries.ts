import type { Db } from "@/db/client";
import { announceDeliveries, type EventMessage } from "@/db/queries/webhook-deliveries";

/**
 * Queues each message for each webhook subscribed to its type, and to its store where it is limited to some, and wakes the
 * workers when the transaction commits. A webhook that is limited to a store stays so when that is merged into another.
 * @returns the number of deliveries
 */
export async function queueDeliveries(tx: Db, messages: readonly EventMessage[]): Promise<number> {
  const { count } = await tx.sql`
    insert into webhook_deliveries (webhook_id, message_id, type, payload)
    select w.id, m.message_id, m.type, m.payload
    from unnest(${messages.map(({ messageId }) => messageId)}::text[], ${messages.map(({ type }) => type)}::text[],
      ${messages.map(({ payload }) => payload)}::text[], ${messages.map(({ storeKey }) => storeKey)}::int[])
      as m (message_id, type, payload, store_key)
    join webhooks w on w.enabled and m.type = any(w.events) and (
      m.store_key is null or w.store_keys is null or exists (
        select from stores s
        where s.store_key = any(w.store_keys) and coalesce(s.merged_into, s.store_key) = m.store_key))`;
  if (count > 0) await announceDeliveries(tx);
  return count;
}
