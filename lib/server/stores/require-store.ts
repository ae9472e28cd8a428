import type { Database } from "@/db/client";
import type { Session } from "@/db/transaction";
import { readStoreAround, type AskedSpan, type StoreAround } from "@/db/queries/store-around";
import { findStore, type StoreRow } from "@/db/queries/stores";
import { StoreIdSchema } from "@/lib/contract/uptime";
import { readAs } from "@/lib/server/access/as-viewer";
import type { CurrentViewer, Viewer } from "@/lib/server/access/viewer";
import { hasStore } from "@/db/store-set";
import { AppError } from "@/lib/server/errors";

async function found<T>(storeId: string, find: () => Promise<T | null>): Promise<T> {
  // What is no id is not asked for: the database refuses some text that a page's address can hold.
  const store = StoreIdSchema.safeParse(storeId).success ? await find() : null;
  if (store === null) throw new AppError("store_not_found", `There is no store ${storeId}.`);
  return store;
}

/** The store of an id, if the viewer may see it. @throws AppError store_not_found */
export function requireStore(database: Database, viewer: Viewer, storeId: string): Promise<StoreRow> {
  return found(storeId, () => readAs(database, viewer, ({ db }) => findStore(db, storeId, viewer.stores)));
}

/** The store of an id with its polls around a span, as `readStoreAround`. @throws AppError store_not_found */
export function requireStoreAround(
  database: Database,
  viewer: Viewer,
  storeId: string,
  asked: AskedSpan,
  marginMs: number,
): Promise<StoreAround> {
  return found(storeId, () =>
    readAs(database, viewer, ({ sql }) => readStoreAround(sql, storeId, asked, marginMs, viewer.stores)),
  );
}

/**
 * The store of an id, if the viewer may change it, by statements of the transaction that does.
 * @throws AppError store_not_found, insufficient_scope
 */
export async function requireManaged({ db }: Session, viewer: CurrentViewer, storeId: string): Promise<StoreRow> {
  const store = await found(storeId, () => findStore(db, storeId, viewer.stores));
  if (hasStore(viewer.managed, store.storeKey)) return store;
  throw new AppError("insufficient_scope", "You may read this store's data, but not change them.");
}
