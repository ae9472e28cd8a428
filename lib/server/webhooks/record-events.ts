import type { Db } from "@/db/client";
import { findFleetChanges } from "@/db/queries/fleet-changes";
import { findReportEnd } from "@/db/queries/report-ends";
import { anyListens } from "@/db/queries/webhook-deliveries";
import { queueDeliveries } from "@/db/queries/bulk/queue-deliveries";
import type { WebhookMessage } from "@/lib/contract/webhooks";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { makeMessageId } from "./sign-message";

type EventOf<M> = M extends { readonly type: infer T; readonly data: infer D }
  ? { readonly type: T; readonly data: D }
  : never;

/** Something that happened, as reported to webhooks, with the key of the store that it happened to, if any. */
export type WebhookEvent = EventOf<WebhookMessage> & { readonly storeKey?: number };

/** Rows per statement, well below the server's limit of parameters. */
const eventsAtOnce = 1_000;

/**
 * Queues messages for the webhooks that subscribe to these events. Call it in the transaction of the events: messages
 * are sent if and only if it commits.
 * @param now the clock's time, for the messages
 */
export async function recordEvents(tx: Db, events: readonly WebhookEvent[], now = new Date()): Promise<void> {
  const timestamp = now.toISOString();
  for (let i = 0; i < events.length; i += eventsAtOnce) {
    const messages = events.slice(i, i + eventsAtOnce).map(({ type, data, storeKey = null }) => ({
      ...{ messageId: makeMessageId(), type, storeKey },
      payload: JSON.stringify({ type, timestamp, data }),
    }));
    await queueDeliveries(tx, messages);
  }
}

/** Records the end of a requested report, in the transaction that ends it. */
export async function recordReportEnd(tx: Db, reportId: number): Promise<void> {
  if (!(await anyListens(tx, ["report.completed", "report.failed"]))) return;
  const report = await findReportEnd(tx, reportId);
  if (report === null) return;
  const { id: report_id, scope, storeId: store_id, method, asOf, failure } = report;
  const data = { report_id, scope, store_id, method, as_of: isoInstant(asOf) };
  await recordEvents(tx, [
    failure === null ? { type: "report.completed", data } : { type: "report.failed", data: { ...data, failure } },
  ]);
}

/**
 * Records the stores that went online or offline since the snapshot before, in the transaction that writes this one.
 */
export async function recordFleetChanges(tx: Db, snapshotId: number): Promise<void> {
  if (!(await anyListens(tx, ["store.online", "store.offline"]))) return;
  const changes = await findFleetChanges(tx, snapshotId);
  await recordEvents(
    tx,
    changes.map(({ storeKey, storeId, state, since, lastPollAt, asOf }) => ({
      storeKey,
      type: state === "online" ? "store.online" : "store.offline",
      data: {
        store_id: storeId,
        since: isoOrNull(since),
        last_poll_at: isoOrNull(lastPollAt),
        as_of: isoInstant(asOf),
      },
    })),
  );
}
