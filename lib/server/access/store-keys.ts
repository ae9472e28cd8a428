import type { Db } from "@/db/client";
import { findStoreKeys } from "@/db/queries/bulk/store-keys";
import { AppError } from "@/lib/server/errors";
import type { Viewer } from "./viewer";

/**
 * Keys of the stores with these ids, ascending, each once.
 * @throws AppError store_not_found, naming up to ten ids that are unknown or that the viewer does not see
 */
export async function requireStoreKeys(database: Db, viewer: Viewer, storeIds: readonly string[]): Promise<number[]> {
  const keys = await findStoreKeys(database, storeIds, viewer.stores);
  const unknown = [...new Set(storeIds)].filter((id) => !keys.has(id));
  if (unknown.length > 0) {
    const named = unknown.slice(0, 10).join(", ") + (unknown.length > 10 ? ` and ${unknown.length - 10} more` : "");
    const faults = unknown.slice(0, 10).map((value) => ({ code: "store_not_found", reason: "No such store.", value }));
    throw new AppError("store_not_found", `There is no store ${named}.`, { faults });
  }
  return [...new Set(keys.values())].sort((a, b) => a - b);
}
