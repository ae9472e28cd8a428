import { notFound } from "next/navigation";
import { cache } from "react";
import { getDatabase } from "@/lib/server/database";
import { pageViewer } from "@/lib/server/http/page-viewer";
import { AppError } from "@/lib/server/errors";
import { getStore } from "@/lib/server/stores/get-store";

/** The store of the address, read once a request; where there is none, the page is a 404. */
export const findStore = cache(async (storeId: string) => {
  const viewer = await pageViewer();
  try {
    return await getStore(getDatabase(), viewer, storeId);
  } catch (error) {
    if (error instanceof AppError && (error.code === "store_not_found" || error.code === "invalid_store_id"))
      notFound();
    throw error;
  }
});
