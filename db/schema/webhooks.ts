import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, pgTable, smallint, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Addresses that receive events. */
export const webhooks = pgTable(
  "webhooks",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    url: text("url").notNull(),
    /** Types of the events it receives. */
    events: text("events").array().notNull(),
    /** Stores whose events it receives, also under a later ID; null: all. Other events are of no store. */
    storeKeys: integer("store_keys").array(),
    /** Signs messages, so it is stored in plain form. */
    secret: text("secret").notNull(),
    /** Also signs until then, so that the receiver can switch over. */
    previousSecret: text("previous_secret"),
    previousSecretUntil: instant("previous_secret_until"),
    enabled: boolean("enabled").notNull().default(true),
    /** `gone`: the receiver responded with 410. `request`: it was disabled by a user. */
    disabledReason: text("disabled_reason", { enum: ["gone", "request"] }),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [check("webhooks_disabled", sql`${table.enabled} = (${table.disabledReason} is null)`)],
);

/**
 * One message to one webhook. The row is the job, written in the transaction of its event: a claim sets
 * `next_attempt_at` past the time that an attempt may take, so a delivery whose worker died becomes due again by
 * itself, and `attempts` is the fencing token.
 */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    webhookId: bigint("webhook_id", { mode: "number" })
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    /** The same for all webhooks and every attempt and replay: receivers recognize duplicates by it. */
    messageId: text("message_id").notNull(),
    type: text("type").notNull(),
    payload: text("payload").notNull(),
    state: text("state", { enum: ["pending", "delivered", "failed"] })
      .notNull()
      .default("pending"),
    attempts: integer("attempts").notNull().default(0),
    nextAttemptAt: instant("next_attempt_at")
      .notNull()
      .default(sql`now()`),
    lastStatus: smallint("last_status"),
    lastError: text("last_error"),
    lastDurationMs: integer("last_duration_ms"),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
    finishedAt: instant("finished_at"),
  },
  (table) => [
    index("webhook_deliveries_due")
      .on(table.nextAttemptAt)
      .where(sql`${table.state} = 'pending'`),
    index("webhook_deliveries_of_webhook").on(table.webhookId, table.id),
    index("webhook_deliveries_finished_at").on(table.finishedAt),
    check("webhook_deliveries_ended", sql`(${table.state} = 'pending') = (${table.finishedAt} is null)`),
  ],
);
