import { randomBytes, randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** A signing secret: 256 bits, in the format of Standard Webhooks. */
export function makeSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** A message id, by which receivers recognize duplicates. */
export function makeMessageId(): string {
  return `msg_${randomUUID().replaceAll("-", "")}`;
}

/**
 * The headers by which Standard Webhooks (standardwebhooks.com) verifies a message.
 * @param secrets each signs; a receiver accepts a message signed with any secret it knows
 */
export function signedHeaders(
  secrets: readonly string[],
  messageId: string,
  at: Date,
  payload: string,
): Record<string, string> {
  return {
    "content-type": "application/json",
    "user-agent": "store-monitoring",
    "webhook-id": messageId,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((secret) => new Webhook(secret).sign(messageId, at, payload)).join(" "),
  };
}
