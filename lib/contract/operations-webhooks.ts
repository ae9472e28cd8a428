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
const webhookId = { webhook_id: { schema: number, description: "The webhook's id." } };
const deliveryId = { delivery_id: { schema: number, description: "The delivery's id." } };
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
      "Messages are signed as specified by standardwebhooks.com (`webhook-id`, `webhook-timestamp`, `webhook-signature`), retried for about three days until a 2xx arrives within 20 seconds, and may arrive twice or out of order. 410 disables the webhook; redirects are not followed. Only https addresses on the public internet, unless the server's settings allow others.",
    headers: idempotencyKeyHeader,
    body: {
      content: json("CreateWebhook", CreateWebhookSchema),
      example: { url: "https://hooks.example.com/stores", events: ["report.completed", "store.offline"] },
    },
    responses: [
      {
        status: 201,
        description: "The webhook, and its secret, which is never shown again.",
        content: json("Webhook", WebhookSchema),
        headers: { Location: "Where the webhook is." },
      },
    ],
    errors: ["webhook_url_not_allowed", "too_many_webhooks", "invalid_url", ...creationErrors],
    example: "/api/v1/webhooks",
  },
  {
    id: "listWebhooks",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "GET",
    path: "/api/v1/webhooks",
    summary: "List the webhooks",
    headers: ifNoneMatchHeader,
    responses: readable("All of them.", json("WebhookList", WebhookListSchema)),
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
    responses: readable("Without its secret.", json("Webhook", WebhookSchema)),
    errors: one,
    example: "/api/v1/webhooks/1",
  },
  {
    id: "changeWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "PATCH",
    path: "/api/v1/webhooks/{webhook_id}",
    summary: "Change a webhook, enable or disable it, or rotate its secret",
    description: "After `rotate_secret` messages carry two signatures for 24 hours: by the new secret and the old one.",
    pathParameters: webhookId,
    body: { content: json("ChangeWebhook", ChangeWebhookSchema), example: { enabled: false } },
    responses: [
      {
        status: 200,
        description: "The webhook, with its new secret after a rotation.",
        content: json("Webhook", WebhookSchema),
      },
    ],
    errors: [...one, "webhook_url_not_allowed", "invalid_url", "rate_limited"],
    example: "/api/v1/webhooks/1",
  },
  {
    id: "deleteWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "DELETE",
    path: "/api/v1/webhooks/{webhook_id}",
    summary: "Delete a webhook with its deliveries",
    pathParameters: webhookId,
    responses: [{ status: 204, description: "The webhook is deleted." }],
    errors: one,
    example: "/api/v1/webhooks/1",
  },
  {
    id: "testWebhook",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "POST",
    path: "/api/v1/webhooks/{webhook_id}/test",
    summary: "Send a test message to a webhook",
    pathParameters: webhookId,
    headers: idempotencyKeyHeader,
    responses: [{ status: 202, description: "It is queued.", content: json("WebhookDelivery", WebhookDeliverySchema) }],
    errors: [...one, ...creationErrors],
    example: "/api/v1/webhooks/1/test",
  },
  {
    id: "listWebhookDeliveries",
    access: needs.fleetAdmin,
    tag: "Webhooks",
    method: "GET",
    path: "/api/v1/webhooks/{webhook_id}/deliveries",
    summary: "List a webhook's deliveries, newest first",
    description: "Deliveries are kept for 30 days after they ended.",
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
    summary: "Send a message again, under the same id",
    pathParameters: { ...webhookId, ...deliveryId },
    headers: idempotencyKeyHeader,
    responses: [{ status: 202, description: "It is queued.", content: json("WebhookDelivery", WebhookDeliverySchema) }],
    errors: [...one, "invalid_delivery_id", "delivery_not_found", ...creationErrors],
    example: "/api/v1/webhooks/1/deliveries/1/replay",
  },
];
