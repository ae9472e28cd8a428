import { useQueryClient } from "@tanstack/react-query";
import { storeEditQueries } from "@/lib/client/store-edit-queries";
import { storeQueries } from "@/lib/client/store-queries";

/** Reads a store's special hours again, and what is shown of them elsewhere. */
export function useReadExceptions(storeId: string): () => Promise<unknown> {
  const queryClient = useQueryClient();
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: [...storeEditQueries.all(), "store", storeId, "exceptions"] }),
      queryClient.invalidateQueries({ queryKey: [...storeQueries.all(), "store", storeId] }),
    ]);
}
