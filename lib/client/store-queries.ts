import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { StoreDetailSchema, StoreListSchema, type StoreListQuery } from "@/lib/contract/stores";
import { StoreUptimeSchema } from "@/lib/contract/uptime";
import type { WindowName } from "@/lib/uptime/types";
import { fetchJson } from "./fetch-json";

const refreshMs = 60_000;
/** While the first snapshot of the fleet is being computed there is nothing to look at: ask often. */
const firstSnapshotMs = 2_000;

function listSearch(query: StoreListQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  return search.toString();
}

export const storeQueries = {
  all: () => ["stores"] as const,
  list: (query: StoreListQuery) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "list", query],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores?${listSearch(query)}`, StoreListSchema, { signal }),
      refetchInterval: ({ state }) => (state.data?.as_of === null ? firstSnapshotMs : refreshMs),
      placeholderData: keepPreviousData,
    }),
  detail: (storeId: string) =>
    queryOptions({
      queryKey: [...storeQueries.all(), storeId],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}`, StoreDetailSchema, { signal }),
      refetchInterval: refreshMs,
    }),
  uptime: (storeId: string, window: WindowName) =>
    queryOptions({
      queryKey: [...storeQueries.all(), storeId, "uptime", window],
      queryFn: ({ signal }) =>
        fetchJson(`/api/v1/stores/${storeId}/uptime?window=${window}`, StoreUptimeSchema, { signal }),
      refetchInterval: refreshMs,
      placeholderData: keepPreviousData,
    }),
};
