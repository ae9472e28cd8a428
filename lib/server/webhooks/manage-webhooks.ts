import {
  changeWebhook,
  countWebhooks,
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  rotateSecret,
  type WebhookRow,
} from "@/db/queries/webhooks";
import type { Database, Db } from "@/db/client";
import { webhookEventTypes } from "@/lib/contract/enums";
import type { ChangeWebhook, CreateWebhook, Webhook, WebhookList } from "@/lib/contract/webhooks";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, type CurrentViewer, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { makeSecret } from "./sign-message";

const maxWebhooks = 50;
const overlapHours = 24;

function toWebhook(row: WebhookRow, secret?: string): Webhook {
  return {
    id: row.id,
    url: row.url,
    events: webhookEventTypes.filter((type) => row.events.includes(type)),
    enabled: row.enabled,
    disabled_reason: row.disabledReason,
    created_at: new Date(row.createdAt).toISOString(),
    ...(secret === undefined ? {} : { secret }),
  };
}

function notFound(id: number | null): AppError {
  return new AppError("webhook_not_found", `There is no webhook ${id ?? "with this number"}.`);
}

function found<T>(value: T | null, id: number | null): T {
  if (value === null) throw notFound(id);
  return value;
}

/** @param body its address has been checked @returns the webhook with its secret, which is never shown again */
export async function createWebhook(db: Db, viewer: CurrentViewer, { url, events }: CreateWebhook): Promise<Webhook> {
  requireFleet(viewer);
  if ((await countWebhooks(db)) >= maxWebhooks) {
    throw new AppError("too_many_webhooks", `There may be at most ${maxWebhooks} webhooks. Delete one first.`);
  }
  const secret = makeSecret();
  const row = await insertWebhook(db, { url, events, secret });
  await recordAudit(db, viewer, "webhook.create", `webhook:${row.id}`);
  return toWebhook(row, secret);
}

export async function getWebhooks(db: Db, viewer: Viewer): Promise<WebhookList> {
  requireFleet(viewer);
  return { webhooks: (await listWebhooks(db)).map((row) => toWebhook(row)) };
}

/** @throws AppError webhook_not_found */
export async function getWebhook(db: Db, viewer: Viewer, id: number | null): Promise<Webhook> {
  requireFleet(viewer);
  return toWebhook(found(id === null ? null : await findWebhook(db, id), id));
}

/** @throws AppError webhook_not_found */
export async function patchWebhook(
  database: Database,
  viewer: Viewer,
  id: number | null,
  { rotate_secret, enabled, ...rest }: ChangeWebhook,
): Promise<Webhook> {
  const changes = {
    ...(rest.url === undefined ? {} : { url: rest.url }),
    ...(rest.events === undefined ? {} : { events: rest.events }),
    ...(enabled === undefined ? {} : { enabled, disabledReason: enabled ? null : ("request" as const) }),
  };
  const change = async (db: Db, current: CurrentViewer): Promise<Webhook> => {
    requireFleet(current);
    const changed = found(id === null ? null : await changeWebhook(db, id, changes), id);
    await recordAudit(db, current, "webhook.change", `webhook:${changed.id}`);
    if (rotate_secret === undefined) return toWebhook(changed);
    const secret = makeSecret();
    return toWebhook(found(await rotateSecret(db, changed.id, secret, overlapHours), id), secret);
  };
  return changeAs(database, viewer, change, { underRls: false });
}

/** Deletes a webhook with its deliveries. @throws AppError webhook_not_found */
export async function removeWebhook(database: Database, viewer: Viewer, id: number | null): Promise<void> {
  const remove = async (db: Db, current: CurrentViewer): Promise<void> => {
    requireFleet(current);
    if (id === null || !(await deleteWebhook(db, id))) throw notFound(id);
    await recordAudit(db, current, "webhook.remove", `webhook:${id}`);
  };
  await changeAs(database, viewer, remove, { underRls: false });
}
