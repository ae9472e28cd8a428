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
import type { Resolve } from "@/lib/server/outgoing/address-rules";
import { retryDelay } from "@/lib/server/webhooks/retry-delay";
import { sendMessage, type SendResult } from "@/lib/server/webhooks/send-message";
import { signedHeaders } from "@/lib/server/webhooks/sign-message";
import { LostJob, runLeased } from "./run-leased";

export interface DeliverOptions {
  readonly allowPrivate: boolean;
  readonly resolve: Resolve;
  readonly timeoutMs: number;
  /** How much longer the lease is than an attempt may take. */
  readonly leaseSeconds: number;
  /** Ends the attempts in progress; the deliveries are due again at once. */
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

/** Sends a claimed delivery once, and records the result of the attempt. */
async function workOnDelivery(database: Database, claim: ClaimedDelivery, options: DeliverOptions): Promise<void> {
  const logged = { webhookId: claim.webhookId, deliveryId: claim.id, attempt: claim.attempts };
  const endSent = async (result: SendResult): Promise<void> => {
    const end = endOf(claim, result);
    await withTransaction(database, async (tx) => {
      if (!(await endAttempt(tx, claim, end))) throw new LostJob();
      if (result.status === gone) await disableGoneWebhook(tx, claim.webhookId);
      await faultPoint("webhook.ended");
    });
    const { status, error, durationMs } = result;
    countDelivery(end.state);
    if (error === null) options.log.info({ ...logged, status, durationMs }, "webhook delivered");
    else options.log.warn({ ...logged, status, durationMs, reason: error, state: end.state }, "webhook not delivered");
  };
  await runLeased(options, {
    name: "delivery",
    logged,
    heartbeat: null,
    work: async (signal) => {
      if (!claim.enabled) {
        const error = "The webhook is disabled.";
        await endAttempt(database, claim, { state: "failed", status: null, error, durationMs: 0, retrySeconds: 0 });
        return;
      }
      const headers = signedHeaders(claim.secrets, claim.messageId, new Date(), claim.payload);
      const result = await sendMessage(claim.url, headers, claim.payload, { ...options, signal });
      await faultPoint("webhook.sent");
      if (result.status === null) signal.throwIfAborted();
      await endSent(result);
    },
    // The message may have arrived: it is not sent again before the pause between attempts is over.
    canRetry: false,
    returnToQueue: () => returnDelivery(database, claim),
    fail: ({ reason }) => {
      const failed = { status: null, error: reason, durationMs: 0, retryAfterSeconds: null };
      return endAttempt(database, claim, endOf(claim, failed));
    },
  });
}

/** Sends due messages, several at once. @returns whether there may be more */
export async function deliverDue(database: Database, options: DeliverOptions): Promise<boolean> {
  const leaseSeconds = options.timeoutMs / 1000 + options.leaseSeconds;
  const claims = await claimDeliveries(database, deliveriesAtOnce, leaseSeconds);
  if (claims.length > 0) await faultPoint("webhook.claimed");
  await Promise.all(claims.map((claim) => workOnDelivery(database, claim, options)));
  return claims.length > 0 && !options.stop.aborted;
}
