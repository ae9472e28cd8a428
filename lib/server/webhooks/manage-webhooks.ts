import {
  changeWebhook,
  countWebhooks,
  deleteWebhook,
  findPresentIds,
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
import { requireStoreKeys } from "@/lib/server/access/store-keys";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, type CurrentViewer, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { makeSecret } from "./sign-message";

const maxWebhooks = 50;
const overlapHours = 24;

/** The ids of the stores that webhooks are limited to, by key. */
type StoreIds = ReadonlyMap<number, string>;

function idsOf(db: Db, rows: readonly WebhookRow[]): Promise<StoreIds> {
  return findPresentIds(
    db,
    rows.flatMap(({ storeKeys }) => storeKeys ?? []),
  );
}

function toWire(row: WebhookRow, ids: StoreIds, secret?: string): Webhook {
  const storeIds = row.storeKeys?.flatMap((key) => ids.get(key) ?? []) ?? null;
  return {
    id: row.id,
    url: row.url,
    events: webhookEventTypes.filter((type) => row.events.includes(type)),
    store_ids: storeIds === null ? null : [...new Set(storeIds)].sort(),
    enabled: row.enabled,
    disabled_reason: row.disabledReason,
    created_at: new Date(row.createdAt).toISOString(),
    ...(secret === undefined ? {} : { secret }),
  };
}

async function toWebhook(db: Db, row: WebhookRow, secret?: string): Promise<Webhook> {
  return toWire(row, await idsOf(db, [row]), secret);
}

function notFound(id: number | null): AppError {
  return new AppError("webhook_not_found", `There is no webhook ${id ?? "with this number"}.`);
}

function found<T>(value: T | null, id: number | null): T {
  if (value === null) throw notFound(id);
  return value;
}

/**
 * @param body its address has been checked  @returns the webhook with its secret, which is never shown again
 * @throws AppError too_many_webhooks, store_not_found
 */
export async function createWebhook(
  db: Db,
  viewer: CurrentViewer,
  { url, events, store_ids: storeIds = null }: CreateWebhook,
): Promise<Webhook> {
  requireFleet(viewer);
  if ((await countWebhooks(db)) >= maxWebhooks) {
    throw new AppError("too_many_webhooks", `There may be at most ${maxWebhooks} webhooks. Delete one first.`);
  }
  const secret = makeSecret();
  const storeKeys = storeIds === null ? null : await requireStoreKeys(db, viewer, storeIds);
  const row = await insertWebhook(db, { url, events, storeKeys, secret });
  await recordAudit(db, viewer, "webhook.create", `webhook:${row.id}`);
  return toWebhook(db, row, secret);
}

export async function getWebhooks(db: Db, viewer: Viewer): Promise<WebhookList> {
  requireFleet(viewer);
  const rows = await listWebhooks(db);
  const ids = await idsOf(db, rows);
  return { webhooks: rows.map((row) => toWire(row, ids)) };
}

/** @throws AppError webhook_not_found */
export async function getWebhook(db: Db, viewer: Viewer, id: number | null): Promise<Webhook> {
  requireFleet(viewer);
  return toWebhook(db, found(id === null ? null : await findWebhook(db, id), id));
}

/** @throws AppError webhook_not_found, store_not_found */
export async function patchWebhook(
  database: Database,
  viewer: Viewer,
  id: number | null,
  { rotate_secret, enabled, store_ids: storeIds, ...rest }: ChangeWebhook,
): Promise<Webhook> {
  const changes = {
    ...(rest.url === undefined ? {} : { url: rest.url }),
    ...(rest.events === undefined ? {} : { events: rest.events }),
    ...(enabled === undefined ? {} : { enabled, disabledReason: enabled ? null : ("request" as const) }),
  };
  const change = async (db: Db, current: CurrentViewer): Promise<Webhook> => {
    requireFleet(current);
    const storeKeys = storeIds == null ? storeIds : await requireStoreKeys(db, current, storeIds);
    const all = { ...changes, ...(storeKeys === undefined ? {} : { storeKeys }) };
    const changed = found(id === null ? null : await changeWebhook(db, id, all), id);
    await recordAudit(db, current, "webhook.change", `webhook:${changed.id}`);
    if (rotate_secret === undefined) return toWebhook(db, changed);
    const secret = makeSecret();
    return toWebhook(db, found(await rotateSecret(db, changed.id, secret, overlapHours), id), secret);
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
