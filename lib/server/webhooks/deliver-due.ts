import type { Database } from "@/db/client";
import { faultPoint } from "@/lib/faults/fault-point";
import {
  claimDeliveries,
  endAttempt,
  returnDelivery,
  type AttemptEnd,
  type ClaimedDelivery,
} from "@/db/queries/webhook-deliveries";
import { disableGoneWebhook } from "@/db/queries/webhooks";
import { withTransaction } from "@/db/transaction";
import type { Log } from "@/lib/server/log";
import { countDelivery } from "@/lib/server/metrics/count";
import type { Resolve } from "./address-rules";
import { retryDelay } from "./retry-delay";
import { sendMessage, type SendResult } from "./send-message";
import { signedHeaders } from "./sign-message";

export interface DeliverOptions {
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  readonly timeoutMs: number;
  /** A delivery's lease is this much longer than an attempt takes. */
  readonly leaseSeconds: number;
  /** Aborts attempts in progress, which another worker then retries at once. */
  readonly stop: AbortSignal;
  readonly log: Log;
}

const deliveriesAtOnce = 16;
const gone = 410;

function endOf(
  { attempts }: ClaimedDelivery,
  { status, error, durationMs, retryAfterSeconds }: SendResult,
): AttemptEnd {
  const told = { status, error, durationMs, retrySeconds: 0 };
  if (error === null) return { ...told, state: "delivered" };
  const delay = status === gone ? null : retryDelay(attempts, retryAfterSeconds, Math.random());
  return delay === null ? { ...told, state: "failed" } : { ...told, state: "pending", retrySeconds: delay };
}

async function deliver(database: Database, claim: ClaimedDelivery, options: DeliverOptions): Promise<void> {
  const seen = { webhookId: claim.webhookId, deliveryId: claim.id, attempt: claim.attempts };
  if (!claim.enabled) {
    const error = "The webhook is disabled.";
    await endAttempt(database, claim, { state: "failed", status: null, error, durationMs: 0, retrySeconds: 0 });
    return;
  }
  const headers = signedHeaders(claim.secrets, claim.messageId, new Date(), claim.payload);
  const result = await sendMessage(claim.url, headers, claim.payload, { ...options, signal: options.stop });
  await faultPoint("webhook.sent");
  if (result.status === null && options.stop.aborted) {
    await returnDelivery(database, claim);
    return;
  }
  const end = endOf(claim, result);
  await withTransaction(database, async (tx) => {
    if ((await endAttempt(tx, claim, end)) && result.status === gone) {
      await disableGoneWebhook(tx, claim.webhookId);
    }
    await faultPoint("webhook.ended");
  });
  const { status, error, durationMs } = result;
  countDelivery(end.state);
  if (error === null) options.log.info({ ...seen, status, durationMs }, "webhook delivered");
  else options.log.warn({ ...seen, status, durationMs, reason: error, state: end.state }, "webhook not delivered");
}

/** Sends due messages, several at a time. @returns whether there may be more */
export async function deliverDue(database: Database, options: DeliverOptions): Promise<boolean> {
  const leaseSeconds = options.timeoutMs / 1000 + options.leaseSeconds;
  const claims = await claimDeliveries(database, deliveriesAtOnce, leaseSeconds);
  if (claims.length > 0) await faultPoint("webhook.claimed");
  await Promise.all(claims.map((claim) => deliver(database, claim, options)));
  return claims.length > 0 && !options.stop.aborted;
}
