import type { Database, Db } from "@/db/client";
import { announceFleetChange, recordFleetChange } from "@/db/queries/bulk/fleet-state";
import {
  claimId,
  findIdHolder,
  insertStore,
  listDeleted,
  markDeleted,
  replaceStoreId,
  unmarkDeleted,
} from "@/db/queries/store-record";
import { findUndoableMerge } from "@/db/queries/store-merges";
import { findLaterId, lockStore } from "@/db/queries/stores";
import { storeUndoHours, type CreateStore, type DeletedStore } from "@/lib/contract/store-record";
import { changeAs } from "@/lib/server/access/as-viewer";
import { recordAudit } from "@/lib/server/access/record-audit";
import { requireFleet, type CurrentViewer, type Viewer } from "@/lib/server/access/viewer";
import { AppError } from "@/lib/server/errors";
import { isoInstant } from "@/lib/server/wire/instants";
import type { EpochMs } from "@/lib/uptime/types";
import { hourMs } from "@/lib/uptime/units";
import { readTimeZone, readWeeklyHours } from "./hours-input";
import { requireManaged } from "./require-store";
import { setHours } from "./set-hours";

/** Why an id cannot be given to a store. */
async function idTaken(tx: Db, storeId: string): Promise<AppError> {
  const holder = await findIdHolder(tx, storeId);
  const later = holder?.lifecycle === "merged" ? await findLaterId(tx, storeId, "all") : null;
  const reason =
    holder?.lifecycle === "deleted"
      ? `Store ${storeId} was deleted. Restore it, or wait until its data is removed, a day after that.`
      : later === null
        ? `There is a store ${storeId} already.`
        : `${storeId} is an earlier ID of store ${later}.`;
  return new AppError("store_exists", reason, {
    faults: [{ pointer: "/store_id", code: "store_exists", reason, value: storeId }],
  });
}

/** @throws AppError store_exists while a merge can be undone that made an id an earlier one */
async function requireNoUndo(tx: Db, sourceKey: number, storeId: string): Promise<void> {
  const mergedAt = await findUndoableMerge(tx, sourceKey, storeUndoHours);
  if (mergedAt === null) return;
  const until = isoInstant(mergedAt + storeUndoHours * hourMs);
  const reason = `${storeId} was merged into this store. Undo the merge, or wait until ${until}.`;
  throw new AppError("store_exists", reason, {
    faults: [{ pointer: "/store_id", code: "store_exists", reason, value: storeId }],
  });
}

/** Locks a store that was found before. @throws AppError store_not_found when it was merged or deleted since */
async function requireLock(tx: Db, storeId: string): Promise<void> {
  if ((await lockStore(tx, storeId)) === null) {
    throw new AppError("store_not_found", `There is no store ${storeId}.`);
  }
}

/** Creates a store, in the open transaction. @throws AppError store_exists, invalid_zone, invalid_hours */
export async function createStore(tx: Db, editor: CurrentViewer, body: CreateStore): Promise<{ store_id: string }> {
  requireFleet(editor);
  const { store_id: storeId, name = null, brand = null, group = null, address = null, url = null } = body;
  const timeZone = typeof body.time_zone === "string" ? readTimeZone(body.time_zone) : null;
  const weekly = body.business_hours == null ? null : readWeeklyHours(body.business_hours);
  const tags = [...new Set(body.tags)].sort();
  const storeKey = await insertStore(tx, { storeId, name, brand, groupName: group, address, url, timeZone, tags });
  if (storeKey === null) throw await idTaken(tx, storeId);
  if (weekly !== null) await setHours(tx, [{ storeKey, weekly, from: "beginning" }]);
  await recordAudit(tx, editor, "store.create", `store:${storeId}`);
  await recordFleetChange(tx, null);
  await announceFleetChange(tx);
  return { store_id: storeId };
}

/** Corrects the id of a store; the old one becomes an earlier id of it. @throws AppError store_not_found, store_exists */
export async function changeStoreId(
  database: Database,
  viewer: Viewer,
  storeId: string,
  next: string,
): Promise<{ store_id: string }> {
  await changeAs(database, viewer, async (tx, editor) => {
    requireFleet(editor);
    const { storeKey } = await requireManaged(tx, editor, storeId);
    await requireLock(tx, storeId);
    if (next === storeId) return;
    const holder = await findIdHolder(tx, next);
    if (holder?.mergedInto === storeKey) await requireNoUndo(tx, holder.storeKey, next);
    else if (holder !== null || !(await claimId(tx, storeKey, next))) throw await idTaken(tx, next);
    await replaceStoreId(tx, storeKey, storeId, next);
    await recordAudit(tx, editor, "store.rename_id", `store:${storeId}`);
    await recordAudit(tx, editor, "store.rename_id", `store:${next}`);
    await recordFleetChange(tx, null);
  });
  await announceFleetChange(database);
  return { store_id: next };
}

const toDeleted = (storeId: string, name: string | null, at: EpochMs): DeletedStore => ({
  store_id: storeId,
  name,
  deleted_at: isoInstant(at),
  restorable_until: isoInstant(at + storeUndoHours * hourMs),
});

/** Hides a store, and removes its data a day later. @throws AppError store_not_found, invalid_confirm */
export async function deleteStore(
  database: Database,
  viewer: Viewer,
  storeId: string,
  confirm: string,
): Promise<DeletedStore> {
  if (confirm !== storeId) {
    const reason = "confirm must be the store's ID, because its history is deleted, too.";
    const faults = [{ pointer: "/confirm", code: "invalid_confirm", reason }] as const;
    throw new AppError("invalid_confirm", reason, { faults: [...faults] });
  }
  const deleted = await changeAs(database, viewer, async (tx, editor) => {
    requireFleet(editor);
    const { storeKey, name } = await requireManaged(tx, editor, storeId);
    await requireLock(tx, storeId);
    const at = await markDeleted(tx, storeKey);
    await recordAudit(tx, editor, "store.delete", `store:${storeId}`);
    await recordFleetChange(tx, null);
    return toDeleted(storeId, name, at);
  });
  await announceFleetChange(database);
  return deleted;
}

const mostDeleted = 500;

export async function getDeletedStores(
  database: Database,
  viewer: Viewer,
): Promise<{ readonly stores: DeletedStore[] }> {
  requireFleet(viewer);
  const rows = await listDeleted(database, storeUndoHours, mostDeleted);
  return { stores: rows.map(({ storeId, name, at }) => toDeleted(storeId, name, at)) };
}

/** @throws AppError store_not_found when it was not deleted, or its data is being removed */
export async function restoreStore(database: Database, viewer: Viewer, storeId: string): Promise<{ store_id: string }> {
  await changeAs(database, viewer, async (tx, editor) => {
    requireFleet(editor);
    if (!(await unmarkDeleted(tx, storeId, storeUndoHours))) {
      throw new AppError("store_not_found", `There is no deleted store ${storeId} that can be restored.`);
    }
    await recordAudit(tx, editor, "store.restore", `store:${storeId}`);
    await recordFleetChange(tx, null);
  });
  await announceFleetChange(database);
  return { store_id: storeId };
}
