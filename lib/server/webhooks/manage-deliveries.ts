import {
  announceDeliveries,
  findDelivery,
  listDeliveries,
  queueDelivery,
  type DeliveryRow,
} from "@/db/queries/webhook-deliveries";
import { findWebhook } from "@/db/queries/webhooks";
import type { Database, Db } from "@/db/client";
import type { WebhookDelivery, WebhookDeliveryList, WebhookDeliveryListQuery } from "@/lib/contract/webhooks";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, type CurrentViewer, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { pageById } from "@/lib/server/wire/cursor";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { makeMessageId } from "./sign-message";

function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    webhook_id: row.webhookId,
    message_id: row.messageId,
    type: row.type,
    state: row.state,
    attempts: row.attempts,
    next_attempt_at: row.state === "pending" ? isoInstant(row.nextAttemptAt) : null,
    last_status: row.lastStatus,
    last_error: row.lastError,
    last_duration_ms: row.lastDurationMs,
    created_at: isoInstant(row.createdAt),
    finished_at: isoOrNull(row.finishedAt),
  };
}

async function requireWebhook(db: Db, viewer: Viewer, id: number | null): Promise<number> {
  requireFleet(viewer);
  const webhook = id === null ? null : await findWebhook(db, id);
  if (webhook === null) throw new AppError("webhook_not_found", "There is no such webhook.");
  return webhook.id;
}

/** Past and pending deliveries of a webhook, newest first. @throws AppError webhook_not_found, invalid_cursor */
export async function getDeliveries(
  database: Database,
  viewer: Viewer,
  id: number | null,
  query: WebhookDeliveryListQuery,
): Promise<WebhookDeliveryList> {
  const webhookId = await requireWebhook(database, viewer, id);
  const list = ["deliveries", webhookId] as const;
  const { rows, nextCursor } = await pageById(database, viewer, list, query, (before, limit) =>
    listDeliveries(database, webhookId, before, limit),
  );
  return { deliveries: rows.map(toDelivery), next_cursor: nextCursor };
}

/** Queues a test message. @throws AppError webhook_not_found */
export async function testWebhook(session: Db, viewer: CurrentViewer, id: number | null): Promise<WebhookDelivery> {
  const webhookId = await requireWebhook(session, viewer, id);
  const type = "webhook.test";
  const payload = JSON.stringify({ type, timestamp: new Date().toISOString(), data: { webhook_id: webhookId } });
  const row = await queueDelivery(session, webhookId, { messageId: makeMessageId(), type, payload });
  await recordAudit(session, viewer, "webhook.test", `webhook:${webhookId}`);
  await announceDeliveries(session);
  return toDelivery(row);
}

/**
 * Queues a message again under its id, so that receivers can recognize it.
 * @throws AppError webhook_not_found, delivery_not_found
 */
export async function replayDelivery(
  session: Db,
  viewer: CurrentViewer,
  id: number | null,
  deliveryId: number | null,
): Promise<WebhookDelivery> {
  const webhookId = await requireWebhook(session, viewer, id);
  const delivery = deliveryId === null ? null : await findDelivery(session, webhookId, deliveryId);
  if (delivery === null) throw new AppError("delivery_not_found", "There is no such delivery of this webhook.");
  const { messageId, type, payload } = delivery;
  const row = await queueDelivery(session, webhookId, { messageId, type, payload });
  await recordAudit(session, viewer, "webhook.replay", `webhook:${webhookId}`);
  await announceDeliveries(session);
  return toDelivery(row);
}
