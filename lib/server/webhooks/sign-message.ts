import { randomBytes, randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";

/** A secret for signatures: 256 bits, in the form of Standard Webhooks. */
export function makeSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

/** An id for a message: receivers know by it what they have had. */
export function makeMessageId(): string {
  return `msg_${randomUUID().replaceAll("-", "")}`;
}

/**
 * The headers that Standard Webhooks (standardwebhooks.com) verifies a message by.
 * @param secrets each signs; receivers take a message that any of theirs has signed
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
