import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { RollupKind } from "@/lib/contract/enums";
import type { FleetIncidentsQuery } from "@/lib/contract/fleet-incidents";
import type { FleetQuery } from "@/lib/contract/fleet";
import type { StoreListQuery } from "@/lib/contract/stores";
import type { WindowName } from "@/lib/uptime/types";
import { fetchJson } from "./fetch-json";
import { bucketOf, periodQuery, type StorePeriod } from "./store-period";

const refreshMs = 60_000;
/** While the first snapshot of the fleet is being computed there is nothing to look at: ask often. */
const firstSnapshotMs = 2_000;

/** Stores that a field offers while one types. */
const offeredStores = 8;

/** What the wallboard lists: the stores that have been offline the longest. */
export const offlineStores: StoreListQuery = { state: "offline", sort: "state_since", limit: 24 };

/** Dates with hours of their own that the page of a store shows. */
export const shownExceptions = 5;

const listSchema = async () => (await import("@/lib/contract/stores")).StoreListSchema;
const detailSchema = async () => (await import("@/lib/contract/stores")).StoreDetailSchema;
const uptimeSchema = async () => (await import("@/lib/contract/uptime")).StoreUptimeSchema;

const fleetSchema = async () => (await import("@/lib/contract/fleet")).FleetSchema;
const fleetIncidentsSchema = async () => (await import("@/lib/contract/fleet-incidents")).FleetIncidentsSchema;
const rollupsSchema = async () => (await import("@/lib/contract/fleet")).RollupsSchema;
const labelsSchema = async () => (await import("@/lib/contract/fleet")).FleetLabelsSchema;
const exceptionsSchema = async () => (await import("@/lib/contract/store-edit")).ScheduleExceptionListSchema;
const hoursSchema = async () => (await import("@/lib/contract/store-hours")).StoreHoursSchema;
const rangeSchema = async () => (await import("@/lib/contract/store-history")).StoreRangeUptimeSchema;
const timelineSchema = async () => (await import("@/lib/contract/store-history")).StoreTimelineSchema;
const incidentsSchema = async () => (await import("@/lib/contract/store-history")).StoreIncidentsSchema;
const heatmapSchema = async () => (await import("@/lib/contract/store-history")).StoreHeatmapSchema;

function listSearch(query: StoreListQuery | FleetQuery | FleetIncidentsQuery): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) search.set(name, String(value));
  return search.toString();
}

const ofPage = (cursor: string | null): { readonly cursor?: string } => (cursor === null ? {} : { cursor });

function rangeSearch(period: StorePeriod): string {
  return new URLSearchParams({ ...periodQuery(period), bucket: bucketOf(period) }).toString();
}

/** What downloads a store's uptime in a period, in the parts that the page shows. */
export function uptimeCsvHref(storeId: string, period: StorePeriod): string {
  return `/api/v1/stores/${storeId}/uptime.csv?${rangeSearch(period)}`;
}

/** In a key, an id always follows a word that only ids follow, so that a store called `fleet` is not the fleet. */
export const storeQueries = {
  all: () => ["stores"] as const,
  list: (query: StoreListQuery) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "list", query],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores?${listSearch(query)}`, listSchema, { signal }),
      refetchInterval: ({ state }) => (state.data?.as_of === null ? firstSnapshotMs : refreshMs),
      placeholderData: keepPreviousData,
    }),
  /** Stores by a part of their name or id, as many as a field offers. */
  search: (text: string) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "search", text],
      queryFn: ({ signal }) => {
        const query = { q: text, limit: offeredStores, sort: "name" } as const;
        return fetchJson(`/api/v1/stores?${listSearch(query)}`, listSchema, { signal });
      },
      placeholderData: keepPreviousData,
    }),
  detail: (storeId: string) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "detail"],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}`, detailSchema, { signal }),
      refetchInterval: refreshMs,
    }),
  uptime: (storeId: string, window: WindowName) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "uptime", window],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}/uptime?window=${window}`, uptimeSchema, { signal }),
      refetchInterval: refreshMs,
      placeholderData: keepPreviousData,
    }),
  /** Any period, with the one before it. */
  range: (storeId: string, period: StorePeriod) => {
    const search = rangeSearch(period);
    return queryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "range", search],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}/uptime?${search}`, rangeSchema, { signal }),
      refetchInterval: refreshMs,
    });
  },
  /** A window with the pieces that its figures are sums of, as of the instant at which the page shows them. */
  explained: (storeId: string, window: WindowName, asOf: string) =>
    infiniteQueryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "explained", window, asOf],
      queryFn: ({ signal, pageParam }) => {
        const search = new URLSearchParams({ window, explain: "segments", as_of: asOf, ...ofPage(pageParam) });
        return fetchJson(`/api/v1/stores/${storeId}/uptime?${search.toString()}`, uptimeSchema, { signal });
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
    }),
  timeline: (storeId: string, period: StorePeriod) => {
    const search = new URLSearchParams(periodQuery(period)).toString();
    return queryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "timeline", search],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}/timeline?${search}`, timelineSchema, { signal }),
      refetchInterval: refreshMs,
    });
  },
  incidents: (storeId: string, period: StorePeriod) =>
    infiniteQueryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "incidents", periodQuery(period)],
      queryFn: ({ signal, pageParam }) => {
        const search = new URLSearchParams({ ...periodQuery(period), limit: "100", ...ofPage(pageParam) });
        return fetchJson(`/api/v1/stores/${storeId}/incidents?${search.toString()}`, incidentsSchema, { signal });
      },
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.next_cursor,
      refetchInterval: refreshMs,
    }),
  heatmap: (storeId: string) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "heatmap"],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}/heatmap`, heatmapSchema, { signal }),
      refetchInterval: refreshMs,
    }),
  /** What stores can be filtered by. */
  labels: () =>
    queryOptions({
      queryKey: [...storeQueries.all(), "labels"],
      queryFn: ({ signal }) => fetchJson("/api/v1/fleet/labels", labelsSchema, { signal }),
      staleTime: 5 * refreshMs,
    }),
  /** Incidents of all stores. */
  fleetIncidents: (query: FleetIncidentsQuery) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "incidents", query],
      queryFn: ({ signal }) => fetchJson(`/api/v1/incidents?${listSearch(query)}`, fleetIncidentsSchema, { signal }),
      refetchInterval: ({ state }) => (state.data?.as_of === null ? firstSnapshotMs : refreshMs),
      placeholderData: keepPreviousData,
    }),
  /** Stores by what they have in common. */
  rollups: (by: RollupKind) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "rollups", by],
      queryFn: ({ signal }) => fetchJson(`/api/v1/fleet/rollups?by=${by}`, rollupsSchema, { signal }),
      refetchInterval: ({ state }) => (state.data?.as_of === null ? firstSnapshotMs : refreshMs),
      placeholderData: keepPreviousData,
    }),
  /** The first dates from one on, a local date, on which the store has hours of its own: as many as a page shows. */
  exceptions: (storeId: string, from: string) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "exceptions", from],
      queryFn: ({ signal }) => {
        const search = new URLSearchParams({ from, limit: String(shownExceptions) });
        return fetchJson(`/api/v1/stores/${storeId}/exceptions?${search.toString()}`, exceptionsSchema, { signal });
      },
    }),
  /** The weekly hours and the time zone as given, and the hours that applied before. */
  hours: (storeId: string) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "store", storeId, "hours"],
      queryFn: ({ signal }) => fetchJson(`/api/v1/stores/${storeId}/hours`, hoursSchema, { signal }),
    }),
  /** When no store at all was polled, apart from the fleet's figures, so that a page need not carry those. */
  pollingGaps: () =>
    queryOptions({
      queryKey: [...storeQueries.all(), "fleet", "polling-gaps"],
      queryFn: async ({ signal }) => (await fetchJson("/api/v1/fleet", fleetSchema, { signal })).polling_gaps,
      refetchInterval: refreshMs,
    }),
  /** All stores together, or those that match a filter. */
  fleet: (query: FleetQuery = {}) =>
    queryOptions({
      queryKey: [...storeQueries.all(), "fleet", "figures", query],
      queryFn: ({ signal }) => {
        const search = listSearch(query);
        return fetchJson(search === "" ? "/api/v1/fleet" : `/api/v1/fleet?${search}`, fleetSchema, { signal });
      },
      refetchInterval: ({ state }) => (state.data?.as_of === null ? firstSnapshotMs : refreshMs),
      placeholderData: keepPreviousData,
    }),
};
