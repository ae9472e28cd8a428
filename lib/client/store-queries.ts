import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { StoreListQuery } from "@/lib/contract/stores";
import type { WindowName } from "@/lib/uptime/types";
import { fetchJson } from "./fetch-json";

const refreshMs = 60_000;
/** While the first snapshot of the fleet is being computed there is nothing to look at: ask often. */
const firstSnapshotMs = 2_000;

const listSchema = async () => (await import("@/lib/contract/stores")).StoreListSchema;
const detailSchema = async () => (await import("@/lib/contract/stores")).StoreDetailSchema;
const uptimeSchema = async () => (await import("@/lib/contract/uptime")).StoreUptimeSchema;

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
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores?${listSearch(query)}`, listSchema, { signal }),
      refetchInterval: ({ state }) => (state.data?.as_of === null ? firstSnapshotMs : refreshMs),
      placeholderData: keepPreviousData,
    }),
  detail: (storeId: string) =>
    queryOptions({
      queryKey: [...storeQueries.all(), storeId],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}`, detailSchema, { signal }),
      refetchInterval: refreshMs,
    }),
  uptime: (storeId: string, window: WindowName) =>
    queryOptions({
      queryKey: [...storeQueries.all(), storeId, "uptime", window],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}/uptime?window=${window}`, uptimeSchema, { signal }),
      refetchInterval: refreshMs,
      placeholderData: keepPreviousData,
    }),
};
