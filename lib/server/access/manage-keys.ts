import type { Database, Db } from "@/db/client";
import {
  countActiveOfName,
  insertKey,
  listKeys,
  revokeKey as markRevoked,
  type KeyRow,
  type NewKey,
} from "@/db/queries/api-keys";
import { lockKey } from "@/db/queries/bulk/credentials";
import { scopes } from "@/lib/contract/scopes";
import type { CreateKey, Key, KeyList } from "@/lib/contract/access";
import { AppError } from "@/lib/server/errors";
import { parseInstant } from "@/lib/server/wire/as-of";
import { isoInstant, isoOrNull } from "@/lib/server/wire/instants";
import { changeAs } from "./as-viewer";
import { requireStoreKeys } from "./store-keys";
import { formatKey, makeKey } from "./key-format";
import { recordAudit } from "./record-audit";
import { hashToken } from "./tokens";
import { requireScope, sessionOf, type CurrentViewer, type Viewer } from "./viewer";

const maxPerName = 2;

function toKey(row: KeyRow): Key {
  return {
    id: row.id,
    name: row.name,
    scopes: scopes.filter((scope) => row.scopes.includes(scope)),
    store_ids: row.storeIds === null ? null : [...row.storeIds],
    state: row.state,
    created_by: row.createdBy,
    created_at: isoInstant(row.createdAt),
    expires_at: isoOrNull(row.expiresAt),
    revoked_at: isoOrNull(row.revokedAt),
    last_used_at: isoOrNull(row.lastUsedAt),
    exposed_at: isoOrNull(row.exposedAt),
  };
}

/** Whose keys a viewer sees: an owner their own, an operator all. */
function makerOf({ stores, principal }: Viewer): string | null {
  return stores === "all" ? null : principal;
}

/** Keys, without their secrets, the newest first. */
export async function getKeys(database: Database, viewer: Viewer): Promise<KeyList> {
  return { keys: (await listKeys(database, makerOf(viewer))).map(toKey) };
}

export async function requireKey(db: Db, viewer: Viewer, id: string): Promise<KeyRow> {
  const [row] = await listKeys(db, makerOf(viewer), id);
  if (row === undefined) throw new AppError("key_not_found", "There is no such key.");
  return row;
}

/** @returns the key with its secret, which is never shown again */
async function issue(tx: Db, wanted: Omit<NewKey, "id" | "secretHash">): Promise<{ id: string; key: string }> {
  if ((await countActiveOfName(tx, wanted.createdBy, wanted.name)) >= maxPerName) {
    throw new AppError("too_many_keys", "Two active keys have that name. Revoke one, or choose another name.");
  }
  const made = makeKey();
  await insertKey(tx, { ...wanted, id: made.id, secretHash: hashToken(made.secret) });
  return { id: made.id, key: formatKey(made) };
}

/**
 * Refuses a key with more rights than its creator.
 * @returns keys of its stores; null: of all that its creator sees
 * @throws AppError insufficient_scope, store_not_found
 */
export async function requireKeyRights(tx: Db, viewer: CurrentViewer, body: CreateKey): Promise<number[] | null> {
  for (const scope of body.scopes) requireScope(viewer, scope);
  return body.store_ids === undefined ? null : requireStoreKeys(tx, viewer, body.store_ids);
}

/**
 * Creates a key with at most its creator's rights. An owner's keys are deleted with the owner.
 * @throws AppError insufficient_scope, store_not_found, invalid_expires_at, too_many_keys
 */
export async function createKey(tx: Db, viewer: CurrentViewer, body: CreateKey, now: number): Promise<Key> {
  const storeKeys = await requireKeyRights(tx, viewer, body);
  const expiresAt = body.expires_at === undefined ? null : parseInstant("expires_at", body.expires_at);
  if (expiresAt !== null && expiresAt <= now) {
    throw new AppError("invalid_expires_at", "The expiry time must be in the future.");
  }
  const ofWhom = viewer.stores === "all" ? null : sessionOf(viewer).personId;
  const given = { name: body.name, scopes: body.scopes, storeKeys, personId: ofWhom, createdBy: viewer.principal };
  const { id, key } = await issue(tx, { ...given, expiresAt });
  await recordAudit(tx, viewer, "key.create", `key:${id}`);
  return { ...toKey(await requireKey(tx, viewer, id)), key };
}

/**
 * Creates a second key with the same rights. The first stays valid until it is revoked, so that programs can switch
 * over.
 * @throws AppError key_not_found, too_many_keys
 */
export async function rotateKey(tx: Db, viewer: CurrentViewer, given: string): Promise<Key> {
  // A concurrent revocation waits for this, and then finds both keys.
  await lockKey(tx, given, null);
  const old = await requireKey(tx, viewer, given);
  if (old.state !== "active") throw new AppError("key_not_found", "There is no such active key.");
  const { name, scopes: allowed, storeKeys, personId, createdBy, expiresAt } = old;
  const { id, key } = await issue(tx, { name, scopes: allowed, storeKeys, personId, createdBy, expiresAt });
  await recordAudit(tx, viewer, "key.rotate", `key:${given}`);
  return { ...toKey(await requireKey(tx, viewer, id)), key };
}

/**
 * Revokes a key. Once this has returned, no replica accepts it. Revoking twice has the same effect. @throws AppError
 * key_not_found
 */
export async function revokeKey(database: Database, viewer: Viewer, id: string): Promise<void> {
  const revoke = async (tx: Db, current: CurrentViewer): Promise<void> => {
    await requireKey(tx, current, id);
    if (await markRevoked(tx, id)) await recordAudit(tx, current, "key.revoke", `key:${id}`);
  };
  await changeAs(database, viewer, revoke, { underRls: false });
}
