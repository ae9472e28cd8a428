import { useQueryClient } from "@tanstack/react-query";
import { storeQueries } from "@/lib/client/store-queries";
import { storeRecordQueries } from "@/lib/client/store-record-queries";

/**
 * Reads again what shows which stores there are.
 * @param when `later`: pages do so when they are opened, because the store of this one is gone
 */
export function useReadStores(): (when?: "now" | "later") => Promise<unknown> {
  const queryClient = useQueryClient();
  return (when = "now") =>
    Promise.all(
      [storeQueries.all(), storeRecordQueries.all()].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey, refetchType: when === "now" ? "active" : "none" }),
      ),
    );
}
