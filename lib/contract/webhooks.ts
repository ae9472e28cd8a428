import { z } from "zod";
import { webhookEventTypes } from "./enums";
import { InstantSchema, StoreIdSchema } from "./uptime";
import { pageQuery } from "./page";

const EventTypesSchema = z
  .array(z.enum(webhookEventTypes))
  .min(1)
  .max(webhookEventTypes.length)
  .refine((types) => new Set(types).size === types.length, { error: "Name each event once." });

const StoreIdsSchema = z
  .array(StoreIdSchema)
  .min(1)
  .max(1_000)
  .nullable()
  .describe("The stores whose `store.offline` and `store.online` it receives; null: all.");

/** Body of `POST /api/v1/webhooks`. */
export const CreateWebhookSchema = z.strictObject({
  url: z.string().min(1).max(2_000),
  events: EventTypesSchema,
  store_ids: StoreIdsSchema.optional(),
});
export type CreateWebhook = z.infer<typeof CreateWebhookSchema>;

/** Body of `PATCH /api/v1/webhooks/{webhook_id}`: omitted fields keep their value. */
export const ChangeWebhookSchema = z
  .strictObject({
    url: z.string().min(1).max(2_000).optional(),
    events: EventTypesSchema.optional(),
    store_ids: StoreIdsSchema.optional(),
    enabled: z.boolean().optional(),
    /** A new secret; for a day messages are also signed with the old one. */
    rotate_secret: z.literal(true).optional(),
  })
  .refine((body) => Object.keys(body).length > 0, { error: "Name at least one field to change." });
export type ChangeWebhook = z.infer<typeof ChangeWebhookSchema>;

export const WebhookSchema = z.object({
  id: z.int().positive(),
  url: z.string(),
  events: z.array(z.enum(webhookEventTypes)),
  /** The stores that it is limited to; null: all. */
  store_ids: z.array(StoreIdSchema).nullable(),
  enabled: z.boolean(),
  /** `gone`: the receiver responded with 410. */
  disabled_reason: z.enum(["gone", "request"]).nullable(),
  created_at: InstantSchema,
  /** Verifies the signatures (standardwebhooks.com). Shown only when it is created. */
  secret: z.string().startsWith("whsec_").optional(),
});
export type Webhook = z.infer<typeof WebhookSchema>;

export const WebhookListSchema = z.object({ webhooks: z.array(WebhookSchema) });
export type WebhookList = z.infer<typeof WebhookListSchema>;

export const WebhookDeliverySchema = z.object({
  id: z.int().positive(),
  webhook_id: z.int().positive(),
  /** As in the header `webhook-id`: the same in every attempt and replay. */
  message_id: z.string(),
  type: z.string(),
  state: z.enum(["pending", "delivered", "failed"]),
  attempts: z.int().min(0),
  /** For a pending one. */
  next_attempt_at: InstantSchema.nullable(),
  last_status: z.int().nullable(),
  last_error: z.string().nullable(),
  last_duration_ms: z.int().min(0).nullable(),
  created_at: InstantSchema,
  finished_at: InstantSchema.nullable(),
});
export type WebhookDelivery = z.infer<typeof WebhookDeliverySchema>;

export const WebhookDeliveryListQuerySchema = z.strictObject({
  ...pageQuery,
});
export type WebhookDeliveryListQuery = z.infer<typeof WebhookDeliveryListQuerySchema>;

/** Newest first. */
export const WebhookDeliveryListSchema = z.object({
  deliveries: z.array(WebhookDeliverySchema),
  next_cursor: z.string().nullable(),
});
export type WebhookDeliveryList = z.infer<typeof WebhookDeliveryListSchema>;

const ReportDataSchema = z.object({
  report_id: z.int().positive(),
  scope: z.enum(["store", "stores", "fleet"]),
  /** For a report of one store. */
  store_id: StoreIdSchema.nullable(),
  method: z.string(),
  as_of: InstantSchema,
});
const StoreDataSchema = z.object({
  store_id: StoreIdSchema,
  since: InstantSchema.nullable(),
  last_poll_at: InstantSchema.nullable(),
  as_of: InstantSchema,
});

/** Body of a message to a webhook. */
export const WebhookMessageSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("report.completed"), timestamp: InstantSchema, data: ReportDataSchema }),
  z.object({
    type: z.literal("report.failed"),
    timestamp: InstantSchema,
    data: ReportDataSchema.extend({ failure: z.object({ code: z.string(), reason: z.string() }) }),
  }),
  z.object({
    type: z.literal("import.completed"),
    timestamp: InstantSchema,
    data: z.looseObject({ import_id: z.union([z.int(), z.string()]), kind: z.string() }),
  }),
  z.object({ type: z.literal("store.offline"), timestamp: InstantSchema, data: StoreDataSchema }),
  z.object({ type: z.literal("store.online"), timestamp: InstantSchema, data: StoreDataSchema }),
  z.object({ type: z.literal("webhook.test"), timestamp: InstantSchema, data: z.object({ webhook_id: z.int() }) }),
]);
export type WebhookMessage = z.infer<typeof WebhookMessageSchema>;
