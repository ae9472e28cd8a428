import type { Database } from "@/db/client";
import { findStore, type StoreRow } from "@/db/queries/stores";
import { StoreIdSchema } from "@/lib/contract/uptime";
import { AppError } from "@/lib/server/errors";

/** The store of an id. @throws AppError store_not_found */
export async function requireStore(database: Database, storeId: string): Promise<StoreRow> {
  // What is no id is not asked for: the database refuses some text that a page's address can hold.
  const store = StoreIdSchema.safeParse(storeId).success ? await findStore(database.db, storeId) : null;
  if (store === null) throw new AppError("store_not_found", `There is no store ${storeId}.`);
  return store;
}
