import type { Route } from "next";
import { incidentSorts, oneOf, windowNames, type IncidentSort } from "@/lib/contract/enums";
import type { FleetIncidentsQuery } from "@/lib/contract/fleet-incidents";
import type { WindowName } from "@/lib/uptime/types";
import { parseFleetZone, parsePage, type FleetZone, type ListPage } from "./page-params";
import { first, unknownValue, type PageParams, type RawSearch } from "./raw-search";
import { filtersOf, noFilters, parseFilters, type StoreFilters } from "./store-filters";

/** What the address of the list of incidents says. */
export interface IncidentParams extends StoreFilters, ListPage {
  readonly window: WindowName;
  readonly sort: IncidentSort;
  readonly zone: FleetZone;
  /** Whether the address names the zone; links then keep it, because the reader may have another one remembered. */
  readonly isZoneNamed: boolean;
}

export const incidentDefaults: IncidentParams = {
  ...noFilters,
  window: "day",
  sort: "start",
  zone: "mine",
  isZoneNamed: false,
  page: 1,
  trail: [],
};

export const incidentsPerPage = 50;

/** Reads the address of the list of incidents. Never throws. */
export function parseIncidentParams(raw: RawSearch): PageParams<IncidentParams> {
  const { params: filters, notices: ofFilters } = parseFilters(raw);
  const notices = [...ofFilters];
  const window = first(raw["window"]) ?? "";
  const knownWindow = oneOf(windowNames, window);
  if (window !== "" && knownWindow === null) notices.push(unknownValue(window, "Showing the last 24 hours."));
  const sort = first(raw["sort"]) ?? "";
  const knownSort = oneOf(incidentSorts, sort);
  if (sort !== "" && knownSort === null) notices.push(unknownValue(sort, "Showing the newest first."));
  const zone = parseFleetZone(raw, notices);
  const params = {
    ...filters,
    window: knownWindow ?? incidentDefaults.window,
    sort: knownSort ?? incidentDefaults.sort,
    zone: zone ?? incidentDefaults.zone,
    isZoneNamed: zone !== null,
    ...parsePage(raw, notices),
  };
  return { params, notices };
}

function selectionOf(params: IncidentParams) {
  return { ...filtersOf(params), window: params.window, sort: params.sort };
}

/** The address of the list of incidents. What is at its default is left out, unless it is a zone that was named. */
export function incidentsHref(params: IncidentParams): Route {
  const { window, sort, zone, isZoneNamed, page, trail } = params;
  const search = new URLSearchParams(filtersOf(params));
  if (window !== incidentDefaults.window) search.set("window", window);
  if (sort !== incidentDefaults.sort) search.set("sort", sort);
  if (isZoneNamed || zone !== incidentDefaults.zone) search.set("zone", zone);
  if (trail.length > 0) search.set("page", String(page));
  for (const cursor of trail) search.append("cursor", cursor);
  const text = search.toString();
  return text === "" ? "/incidents" : `/incidents?${text}`;
}

/** The address after a change of filter, window or order: it starts at the first page. */
export function changedIncidentsHref(
  params: IncidentParams,
  change: Partial<Omit<IncidentParams, "page" | "trail">>,
): Route {
  return incidentsHref({ ...params, ...change, page: 1, trail: [] });
}

/** What downloads the incidents that the page lists, in its order. */
export function incidentsCsvHref(params: IncidentParams): string {
  return `/api/v1/incidents.csv?${new URLSearchParams(selectionOf(params)).toString()}`;
}

export function toIncidentsQuery(params: IncidentParams): FleetIncidentsQuery {
  const cursor = params.trail.at(-1);
  return { ...selectionOf(params), ...(cursor === undefined ? {} : { cursor }), limit: incidentsPerPage };
}
