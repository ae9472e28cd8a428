import type { Database, Db } from "@/db/client";
import { withTransaction } from "@/db/transaction";
import { readStoreWindow, type RequestedRange, type StoreWindowData } from "@/db/queries/bulk/store-window";
import { findLaterId, findStore, findStoreZone, type StoreRow } from "@/db/queries/stores";
import { effectiveZone } from "@/lib/server/figures/prepare-schedule";
import { findStoreKeys } from "@/db/queries/bulk/store-keys";
import { StoreIdSchema } from "@/lib/contract/uptime";
import { readManyPolls } from "@/db/queries/bulk/poll-stream";
import { readAs, rlsScopeOf } from "@/lib/server/access/as-viewer";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { hasStore } from "@/db/store-set";
import { AppError } from "@/lib/server/errors";
import type { Sliced } from "@/lib/uptime/sliced";
import type { PackedPolls, TimeZone } from "@/lib/uptime/types";
import { runInTurns, maxPolls, quickReadPolls, runHeavyRead, tooManyPolls } from "./heavy-reads";

/** @param findLater the present id of a store whose earlier id this is */
async function found<T>(
  storeId: string,
  find: (id: string) => Promise<T | null>,
  findLater: (id: string) => Promise<string | null>,
): Promise<T> {
  // An invalid id is not queried: the database rejects some text that a page's address can contain.
  const { data: id } = StoreIdSchema.safeParse(storeId);
  const store = id === undefined ? null : await find(id);
  if (store !== null) return store;
  const later = id === undefined ? null : await findLater(id);
  if (later === null) throw new AppError("store_not_found", `There is no store ${storeId}.`);
  const reason = `Store ${storeId} has the ID ${later} now.`;
  throw new AppError("store_not_found", reason, { faults: [{ code: "store_not_found", reason, value: later }] });
}

const laterId = (database: Database, viewer: Viewer) => (id: string) =>
  readAs(database, viewer, (db) => findLaterId(db, id, viewer.stores));

/** The present id of the store whose earlier id this is, if the viewer may see it. */
export async function findPresentId(database: Database, viewer: Viewer, storeId: string): Promise<string | null> {
  const { data: id } = StoreIdSchema.safeParse(storeId);
  return id === undefined ? null : laterId(database, viewer)(id);
}

/** The store with an id, if the viewer may see it. @throws AppError store_not_found */
export function requireStore(database: Database, viewer: Viewer, storeId: string): Promise<StoreRow> {
  const find = (id: string) => readAs(database, viewer, (db) => findStore(db, id, viewer.stores));
  return found(storeId, find, laterId(database, viewer));
}

/** The time zone of a store that the viewer may see. @throws AppError store_not_found */
export async function requireStoreZone(database: Database, viewer: Viewer, storeId: string): Promise<TimeZone> {
  const find = (id: string) => readAs(database, viewer, (db) => findStoreZone(db, id, viewer.stores));
  const { timeZone } = await found(storeId, find, laterId(database, viewer));
  return effectiveZone(timeZone);
}

/** A store with its polls around a range. */
export type StoreWindow = StoreWindowData & { readonly polls: PackedPolls };

/** What to read of a store, and whether it is still wanted. */
export interface StoreWindowRequest {
  readonly asked: RequestedRange;
  /** How far before and after the range polls are read. */
  readonly marginMs: number;
  /** Aborted when the response is no longer wanted. */
  readonly signal?: AbortSignal | undefined;
  /** Maximum number of polls. */
  readonly most?: number;
}

/**
 * Reads the store with an id and its polls around a range, like `readStoreWindow`, and computes a result from them, in
 * slices. Reads of very many polls wait their turn.
 * @throws AppError store_not_found, too_many_polls, overloaded, query_timeout, and what `compute` throws
 */
export async function computeStoreWindow<T>(
  database: Database,
  viewer: Viewer,
  storeId: string,
  { asked, marginMs, signal, most = maxPolls }: StoreWindowRequest,
  compute: (around: StoreWindow) => Sliced<T>,
): Promise<T> {
  const read = (db: Db, limit: number) =>
    found(
      storeId,
      (id) => readStoreWindow(db, id, asked, marginMs, viewer.stores, limit),
      (id) => findLaterId(db, id, viewer.stores),
    );
  const around = await readAs(database, viewer, (session) => read(session, quickReadPolls));
  if (around.polls !== null) return runInTurns(compute({ ...around, polls: around.polls }), signal);
  const readAll = async () => {
    const heavy = await withTransaction(
      database,
      async (session) => {
        const { polls: _none, ...rest } = await read(session, 0);
        const polls = await readManyPolls(session, { storeKey: rest.store.storeKey, ...rest.reading }, most);
        return polls === null ? null : { ...rest, polls };
      },
      "snapshot",
      { rls: rlsScopeOf(viewer) },
    );
    if (heavy === null) throw tooManyPolls(most);
    return runInTurns(compute(heavy), signal);
  };
  return runHeavyRead(readAll, viewer.principal, signal);
}

/** Whether a viewer may change a store, for a page that offers it. @throws AppError store_not_found */
export async function isManaged(database: Database, viewer: Viewer, storeId: string): Promise<boolean> {
  if (!viewer.scopes.includes("stores:write")) return false;
  if (viewer.managed === "all") return true;
  return hasStore(viewer.managed, (await requireStore(database, viewer, storeId)).storeKey);
}

/**
 * The store with an id, if the viewer may change it, read within the transaction of the change.
 * @throws AppError store_not_found, insufficient_scope
 */
export async function requireManaged(db: Db, viewer: CurrentViewer, storeId: string): Promise<StoreRow> {
  const store = await found(
    storeId,
    (id) => findStore(db, id, viewer.stores),
    (id) => findLaterId(db, id, viewer.stores),
  );
  if (hasStore(viewer.managed, store.storeKey)) return store;
  throw new AppError("insufficient_scope", "You may read this store's data, but not change it.");
}

/**
 * The keys of the stores with these ids, if the viewer may change all of them, read within the transaction of the change.
 * @param pointerTo the place of an id in the request, by its index; null: it is none of a list
 * @throws AppError store_not_found, insufficient_scope
 */
export async function requireManagedStores(
  tx: Db,
  editor: CurrentViewer,
  storeIds: readonly string[],
  pointerTo: (index: number) => string | null,
): Promise<ReadonlyMap<string, number>> {
  const keys = await findStoreKeys(tx, storeIds, editor.stores);
  const refuse = (code: "store_not_found" | "insufficient_scope", index: number, reason: string): AppError => {
    const pointer = pointerTo(index);
    return new AppError(code, reason, pointer === null ? {} : { faults: [{ pointer, code, reason }] });
  };
  for (const [index, storeId] of storeIds.entries()) {
    const key = keys.get(storeId);
    if (key === undefined) throw refuse("store_not_found", index, `There is no store ${storeId}.`);
    if (hasStore(editor.managed, key)) continue;
    const reason = `You may read the data of store ${storeId}, but not change it.`;
    throw refuse("insufficient_scope", index, reason);
  }
  return keys;
}
