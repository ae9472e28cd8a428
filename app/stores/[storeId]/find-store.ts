import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { StoreDetail } from "@/lib/contract/stores";
import { getDatabase } from "@/lib/server/database";
import { pageTimeoutMs } from "@/lib/server/http/page-timeout";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { AppError } from "@/lib/server/errors";
import { getStore } from "@/lib/server/stores/get-store";
import { findPresentId } from "@/lib/server/stores/require-store";

/** Why a store cannot be shown though it is there: it has too many polls, or too many ask for such stores. */
export interface UnreadableStore {
  readonly reason: "too_many_polls" | "busy";
}

/**
 * The store of the address, read once a request; an earlier id leads to the present one; where there is none, the page is a 404.
 * @param rest what follows the id in the address: "/edit?a=b"
 */
export const findStore = cache(async (storeId: string, rest: string): Promise<StoreDetail | UnreadableStore> => {
  const viewer = await pageViewer();
  try {
    return await getStore(getDatabase(), viewer, storeId, AbortSignal.timeout(pageTimeoutMs));
  } catch (error) {
    const code = error instanceof AppError ? error.code : null;
    if (code === "store_not_found" || code === "invalid_store_id") {
      const present = await findPresentId(getDatabase(), viewer, storeId);
      if (present !== null) redirect(`/stores/${present}${rest}`);
      notFound();
    }
    if (code === "too_many_polls") return { reason: code };
    if (code === "overloaded" || code === "query_timeout") return { reason: "busy" };
    throw error;
  }
});
