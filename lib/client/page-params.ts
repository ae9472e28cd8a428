import { oneOf, storeSorts } from "@/lib/contract/enums";
import type { StoreListQuery, StoreSort } from "@/lib/contract/stores";
import { columnsText, fleetColumns, parseColumns, type FleetColumn } from "./fleet-layout";
import { first, unknownValue, type PageParams, type RawSearch } from "./raw-search";
import { filtersOf, noFilters, parseFilters, type StoreFilters } from "./store-filters";

/** On whose clock the fleet's times are: the reader's, UTC, or each store's own. */
export type FleetZone = "mine" | "UTC" | "store";

/** Which page of a list is shown. */
export interface ListPage {
  /** 1 for the first page. */
  readonly page: number;
  /** Cursors of the pages on the way here, the last being this page's; empty on the first page. */
  readonly trail: readonly string[];
}

export interface FleetParams extends StoreFilters, ListPage {
  readonly sort: StoreSort;
  readonly zone: FleetZone;
  /** Whether the address names the zone; links then keep it, because the reader may have another one remembered. */
  readonly isZoneNamed: boolean;
  readonly size: PageSize;
  /** The columns that the address names, as a saved view has them; null: those that the reader has chosen. */
  readonly columns: readonly FleetColumn[] | null;
}

export const fleetDefaults: FleetParams = {
  ...noFilters,
  sort: "uptime_week",
  zone: "mine",
  isZoneNamed: false,
  size: 50,
  columns: null,
  page: 1,
  trail: [],
};
/** Stores per page. */
export const pageSizes = [25, 50, 100, 200] as const;
type PageSize = (typeof pageSizes)[number];

/** Longer trails would outgrow what servers take as an address; from there "previous" leads to the first page. */
const longestTrail = 20;

/** Which page of a list an address names. Says so in `notices` where it names none. */
export function parsePage(raw: RawSearch, notices: string[]): ListPage {
  const cursors = raw["cursor"];
  const trail = (typeof cursors === "string" ? [cursors] : (cursors ?? [])).filter((one) => one !== "");
  const page = first(raw["page"]) ?? "";
  const number = /^[1-9][0-9]{0,5}$/.test(page) ? Number(page) : trail.length + 1;
  if (page !== "" && (!/^[1-9][0-9]{0,5}$/.test(page) || (number > 1 && trail.length === 0))) {
    notices.push(unknownValue(page, "Showing page 1."));
  }
  return { page: trail.length === 0 ? 1 : Math.max(number, 2), trail: trail.slice(-longestTrail) };
}

/** On whose clock an address says that times are; null where it does not say. */
export function parseFleetZone(raw: RawSearch, notices: string[]): FleetZone | null {
  const zone = first(raw["zone"]) ?? "";
  const known = oneOf(["mine", "UTC", "store"], zone === "utc" ? "UTC" : zone);
  if (zone !== "" && known === null) notices.push(unknownValue(zone, "Showing your local time."));
  return known;
}

/** Reads the address of the fleet page. Never throws. */
export function parseFleetParams(raw: RawSearch): PageParams<FleetParams> {
  const { params: filters, notices: ofFilters } = parseFilters(raw);
  const notices = [...ofFilters];
  const sort = first(raw["sort"]) ?? "";
  const knownSort = oneOf(storeSorts, sort);
  if (sort !== "" && knownSort === null) notices.push(unknownValue(sort, "Sorted by lowest 7-day uptime."));

  const knownZone = parseFleetZone(raw, notices);

  const size = first(raw["size"]) ?? "";
  const knownSize = pageSizes.find((one) => String(one) === size);
  if (size !== "" && knownSize === undefined) {
    notices.push(unknownValue(size, `Showing ${String(fleetDefaults.size)} stores per page.`));
  }

  const columns = first(raw["columns"]) ?? "";
  const knownColumns = parseColumns(columns);
  const unknownColumns = columns.split(" ").filter((one) => one !== "" && oneOf(fleetColumns, one) === null);
  // The address of a list without any of the columns names none.
  if (unknownColumns.length > 0 && knownColumns?.length !== 0) {
    const instead = knownColumns === null ? "Showing your own columns." : "Showing the other columns.";
    notices.push(unknownValue(unknownColumns.join(" "), instead));
  }

  return {
    params: {
      ...filters,
      sort: knownSort ?? fleetDefaults.sort,
      zone: knownZone ?? fleetDefaults.zone,
      isZoneNamed: knownZone !== null,
      size: knownSize ?? fleetDefaults.size,
      columns: knownColumns,
      ...parsePage(raw, notices),
    },
    notices,
  };
}

/** What downloads the stores of the filters, in the page's order. */
export function fleetCsvHref(params: FleetParams): string {
  return `/api/v1/stores.csv?${new URLSearchParams({ ...filtersOf(params), sort: params.sort }).toString()}`;
}

/** The address of the fleet page. What is at its default is left out, unless it is a zone that was named. */
export function fleetHref(params: FleetParams): `/?${string}` | "/" {
  const { sort, zone, isZoneNamed, size, columns, page, trail } = params;
  const search = new URLSearchParams(filtersOf(params));
  if (sort !== fleetDefaults.sort) search.set("sort", sort);
  if (isZoneNamed || zone !== fleetDefaults.zone) search.set("zone", zone);
  if (size !== fleetDefaults.size) search.set("size", String(size));
  if (columns !== null) search.set("columns", columnsText(columns));
  if (trail.length > 0) search.set("page", String(page));
  for (const cursor of trail) search.append("cursor", cursor);
  const text = search.toString();
  return text === "" ? "/" : `/?${text}`;
}

/** The address after a change of filter or order: it starts at the first page. */
export function filteredHref(params: FleetParams, change: Partial<Omit<FleetParams, "page" | "trail">>) {
  return fleetHref({ ...params, ...change, page: 1, trail: [] });
}

export function nextPage<P extends ListPage>(params: P, cursor: string): P {
  return { ...params, page: params.page + 1, trail: [...params.trail, cursor].slice(-longestTrail) };
}

export function previousPage<P extends ListPage>(params: P): P {
  const trail = params.trail.slice(0, -1);
  return { ...params, page: trail.length === 0 ? 1 : params.page - 1, trail };
}

/** Rows before the ones on this page. */
export function rowsBefore({ page, size }: FleetParams): number {
  return (page - 1) * size;
}

export function toStoreListQuery(params: FleetParams): StoreListQuery {
  const cursor = params.trail.at(-1);
  return {
    ...filtersOf(params),
    sort: params.sort,
    ...(cursor === undefined ? {} : { cursor }),
    limit: params.size,
  };
}

/** A report's id as it stands in an address; null where it is none. */
export function parseReportId(text: string): number | null {
  return /^[1-9][0-9]{0,9}$/.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : null;
}

/** The cursor in the address of a list; null on its first page. */
export function parseListCursor(raw: RawSearch): string | null {
  const cursor = first(raw["cursor"]) ?? "";
  return cursor === "" ? null : cursor;
}

/** The address of the form for a report, about the stores of a filter. */
export function newReportHref(filters: StoreFilters): `/reports?${string}` {
  return `/reports?${new URLSearchParams(filtersOf(filters)).toString()}`;
}

/** The address of a page of the list of reports after the first. */
export function reportsHref(cursor: string): `/reports?${string}` {
  return `/reports?${new URLSearchParams({ cursor }).toString()}`;
}
