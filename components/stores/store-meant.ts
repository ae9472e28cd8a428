import { CancelledError, type QueryClient } from "@tanstack/react-query";
import { storeQueries } from "@/lib/client/store-queries";
import type { StoreListItem } from "@/lib/contract/stores";

/** The store that a text means among those found for it: the one with that id, or the only one; null if unclear. */
export function storeMeant<Store extends Pick<StoreListItem, "store_id">>(
  text: string,
  found: readonly Store[],
): Store | null {
  const exact = found.find(({ store_id: id }) => id === text);
  const only = found.length === 1 ? found[0] : undefined;
  return exact ?? only ?? null;
}

/** A search shares the request of the field's list, which is cancelled when the list closes; then it is sent again. */
async function search(queryClient: QueryClient, text: string) {
  for (;;) {
    try {
      return await queryClient.query(storeQueries.search(text));
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
    }
  }
}

/** Finds the store that a text means, a name or an id; null if unclear. @throws RequestError */
export async function findStoreMeant(
  queryClient: QueryClient,
  text: string,
): Promise<Pick<StoreListItem, "store_id" | "name"> | null> {
  const { stores } = await search(queryClient, text);
  const meant = storeMeant(text, stores);
  // The list lacks retired and very new stores; a short id is part of many others, so it may be cut off.
  if (meant !== null || !/^[\w-]{1,64}$/.test(text)) return meant;
  return queryClient.query({ ...storeQueries.detail(text), retry: false }).then(
    (store) => store,
    () => null,
  );
}
