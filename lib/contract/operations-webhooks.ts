import { z } from "zod";
import { json, type Operation } from "./operation";
import { creationErrors, idempotencyKeyHeader, ifNoneMatchHeader, linkHeader, readable } from "./operation-parameters";
import {
  ChangeWebhookSchema,
  CreateWebhookSchema,
  WebhookDeliveryListQuerySchema,
  WebhookDeliveryListSchema,
  WebhookDeliverySchema,
  WebhookListSchema,
  WebhookSchema,
} from "./webhooks";
import { needs } from "./scopes";

const number = z.string().regex(/^[1-9][0-9]{0,17}$/);
const webhookId = { webhook_id: { schema: number, description: "The webhook ID." } };
const deliveryId = { delivery_id: { schema: number, description: "The delivery ID." } };
const one = ["invalid_webhook_id", "webhook_not_found"];

export const webhookOperations: readonly Operation[] = [
  {
    id: "createWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "POST",
    path: "/api/v1/webhooks",
    summary: "Create a webhook",
    description:
      "Messages are signed as specified by standardwebhooks.com (`webhook-id`, `webhook-timestamp`, `webhook-signature`) and retried for about three days until a 2xx response comes within 20 seconds. They may arrive twice or out of order. 410 disables the webhook; redirects are not followed. Only public https URLs, unless the server is configured otherwise.",
    headers: idempotencyKeyHeader,
    body: {
      content: json("CreateWebhook", CreateWebhookSchema),
      example: { url: "https://hooks.example.com/stores", events: ["report.completed", "store.offline"] },
    },
    responses: [
      {
        status: 201,
        description: "The webhook and its secret. The secret is never shown again.",
        content: json("Webhook", WebhookSchema),
        headers: { Location: "URL of the webhook." },
      },
    ],
    errors: [
      ...["webhook_url_not_allowed", "too_many_webhooks", "invalid_url", "invalid_store_id", "store_not_found"],
      ...creationErrors,
    ],
    example: "/api/v1/webhooks",
  },
  {
    id: "listWebhooks",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "GET",
    path: "/api/v1/webhooks",
    summary: "List webhooks",
    headers: ifNoneMatchHeader,
    responses: readable("All webhooks.", json("WebhookList", WebhookListSchema)),
    errors: [],
    example: "/api/v1/webhooks",
  },
  {
    id: "getWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "GET",
    path: "/api/v1/webhooks/{webhook_id}",
    summary: "Get a webhook",
    pathParameters: webhookId,
    headers: ifNoneMatchHeader,
    responses: readable("The webhook, without its secret.", json("Webhook", WebhookSchema)),
    errors: one,
    example: "/api/v1/webhooks/1",
  },
  {
    id: "changeWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "PATCH",
    path: "/api/v1/webhooks/{webhook_id}",
    summary: "Update a webhook",
    description:
      "URL, events, stores, enabled or disabled, or a new secret. For 24 hours after `rotate_secret`, messages carry two signatures: with the new and the old secret.",
    pathParameters: webhookId,
    body: { content: json("ChangeWebhook", ChangeWebhookSchema), example: { enabled: false } },
    responses: [
      {
        status: 200,
        description: "The webhook, with its new secret if it was rotated.",
        content: json("Webhook", WebhookSchema),
      },
    ],
    errors: [
      ...[...one, "webhook_url_not_allowed", "invalid_url", "invalid_store_id", "store_not_found", "rate_limited"],
    ],
    example: "/api/v1/webhooks/1",
  },
  {
    id: "deleteWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "DELETE",
    path: "/api/v1/webhooks/{webhook_id}",
    summary: "Delete a webhook",
    pathParameters: webhookId,
    responses: [{ status: 204, description: "The webhook and its deliveries are deleted." }],
    errors: one,
    example: "/api/v1/webhooks/1",
  },
  {
    id: "testWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "POST",
    path: "/api/v1/webhooks/{webhook_id}/test",
    summary: "Send a test message",
    pathParameters: webhookId,
    headers: idempotencyKeyHeader,
    responses: [
      { status: 202, description: "The delivery is queued.", content: json("WebhookDelivery", WebhookDeliverySchema) },
    ],
    errors: [...one, ...creationErrors],
    example: "/api/v1/webhooks/1/test",
  },
  {
    id: "listWebhookDeliveries",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "GET",
    path: "/api/v1/webhooks/{webhook_id}/deliveries",
    summary: "List webhook deliveries",
    description: "Newest first. Deliveries are kept for 30 days after they end.",
    pathParameters: webhookId,
    query: WebhookDeliveryListQuerySchema,
    headers: ifNoneMatchHeader,
    responses: readable("One page.", json("WebhookDeliveryList", WebhookDeliveryListSchema), linkHeader),
    errors: [...one, "invalid_cursor", "invalid_limit"],
    example: "/api/v1/webhooks/1/deliveries?limit=10",
  },
  {
    id: "replayWebhookDelivery",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "POST",
    path: "/api/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/replay",
    summary: "Replay a delivery",
    pathParameters: { ...webhookId, ...deliveryId },
    headers: idempotencyKeyHeader,
    responses: [
      { status: 202, description: "The delivery is queued.", content: json("WebhookDelivery", WebhookDeliverySchema) },
    ],
    errors: [...one, "invalid_delivery_id", "delivery_not_found", ...creationErrors],
    example: "/api/v1/webhooks/1/deliveries/1/replay",
  },
];
