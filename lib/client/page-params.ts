import { listedStates, oneOf, storePresets, storeSorts, tagLimits } from "@/lib/contract/enums";
import type { StoreListQuery, StoreSort } from "@/lib/contract/stores";
import type { ListedState } from "@/lib/contract/uptime";

/** What Next gives a page for its address. */
export type RawSearch = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Values read from an address. A value that made no sense is its default, and a notice says so. */
export interface PageParams<T> {
  readonly params: T;
  readonly notices: readonly string[];
}

/** On whose clock the fleet's times are: the reader's, UTC, or each store's own. */
export type FleetZone = "mine" | "UTC" | "store";
export type StorePreset = (typeof storePresets)[number];

export interface FleetParams {
  readonly q: string;
  readonly state: ListedState | null;
  readonly preset: StorePreset | null;
  readonly brand: string | null;
  readonly group: string | null;
  readonly tag: string | null;
  readonly sort: StoreSort;
  readonly zone: FleetZone;
  /** Whether the address names the zone; links then keep it, because the reader may have another one remembered. */
  readonly isZoneNamed: boolean;
  readonly size: PageSize;
  /** 1 for the first page. */
  readonly page: number;
  /** Cursors of the pages on the way here, the last being this page's; empty on the first page. */
  readonly trail: readonly string[];
}

export const fleetDefaults: FleetParams = {
  q: "",
  state: null,
  preset: null,
  brand: null,
  group: null,
  tag: null,
  sort: "uptime_week",
  zone: "mine",
  isZoneNamed: false,
  size: 50,
  page: 1,
  trail: [],
};
/** Stores per page. */
export const pageSizes = [25, 50, 100, 200] as const;
type PageSize = (typeof pageSizes)[number];

const longestSearch = 100;
const longestLabel = 200;
/** Longer trails would outgrow what servers take as an address; from there "previous" leads to the first page. */
const longestTrail = 20;

/** The first value of a name that may stand in an address more than once. */
export function first(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}

/** The notice of a value that is not known. @param instead what is shown in its place, a sentence */
export function unknownValue(value: string, instead: string): string {
  const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return `Unknown value “${shown}” in the URL. ${instead}`;
}

/** A brand, group or tag as it stands in an address. No label holds a NUL, and the database has no text with one. */
function labelOf(value: string | readonly string[] | undefined): string | null {
  return (first(value) ?? "").replaceAll("\0", "").trim().slice(0, longestLabel) || null;
}

/** A tag as it stands in an address, in lower case and without the characters that no tag has. */
function tagOf(value: string | readonly string[] | undefined): string | null {
  const text = (first(value) ?? "").toLowerCase().replace(/[\p{C}\p{Zl}\p{Zp},;"]/gu, "");
  return text.trim().slice(0, tagLimits.length).trim() || null;
}

/** Reads the address of the fleet page. Never throws. */
export function parseFleetParams(raw: RawSearch): PageParams<FleetParams> {
  const notices: string[] = [];
  const state = first(raw["state"]) ?? "";
  const knownState = oneOf(listedStates, state);
  if (state !== "" && knownState === null) notices.push(unknownValue(state, "Showing all states."));

  const sort = first(raw["sort"]) ?? "";
  const knownSort = oneOf(storeSorts, sort);
  if (sort !== "" && knownSort === null) notices.push(unknownValue(sort, "Sorted by lowest 7-day uptime."));

  const preset = first(raw["preset"]) ?? "";
  const knownPreset = oneOf(storePresets, preset);
  if (preset !== "" && knownPreset === null) notices.push(unknownValue(preset, "Showing all stores."));

  const zone = first(raw["zone"]) ?? "";
  const knownZone = oneOf(["mine", "UTC", "store"], zone === "utc" ? "UTC" : zone);
  if (zone !== "" && knownZone === null) notices.push(unknownValue(zone, "Showing your local time."));

  const size = first(raw["size"]) ?? "";
  const knownSize = pageSizes.find((one) => String(one) === size);
  if (size !== "" && knownSize === undefined) {
    notices.push(unknownValue(size, `Showing ${String(fleetDefaults.size)} stores per page.`));
  }

  // No id or name holds a NUL, and the database has no text with one.
  const q = (first(raw["q"]) ?? "").replaceAll("\0", "").trim();
  if (q.length > longestSearch) notices.push(`Searching the first ${String(longestSearch)} characters only.`);

  const cursors = raw["cursor"];
  const trail = (typeof cursors === "string" ? [cursors] : (cursors ?? [])).filter((one) => one !== "");
  const page = first(raw["page"]) ?? "";
  const number = /^[1-9][0-9]{0,5}$/.test(page) ? Number(page) : trail.length + 1;
  if (page !== "" && (!/^[1-9][0-9]{0,5}$/.test(page) || (number > 1 && trail.length === 0))) {
    notices.push(unknownValue(page, "Showing page 1."));
  }
  return {
    params: {
      q: q.slice(0, longestSearch),
      state: knownState,
      preset: knownPreset,
      brand: labelOf(raw["brand"]),
      group: labelOf(raw["group"]),
      tag: tagOf(raw["tag"]),
      sort: knownSort ?? fleetDefaults.sort,
      zone: knownZone ?? fleetDefaults.zone,
      isZoneNamed: knownZone !== null,
      size: knownSize ?? fleetDefaults.size,
      page: trail.length === 0 ? 1 : Math.max(number, 2),
      trail: trail.slice(-longestTrail),
    },
    notices,
  };
}

/** The filters that are set, as the page and the API call them. */
export function filtersOf({ q, state, preset, brand, group, tag }: FleetParams) {
  return {
    ...(q === "" ? {} : { q }),
    ...(state === null ? {} : { state }),
    ...(preset === null ? {} : { preset }),
    ...(brand === null ? {} : { brand }),
    ...(group === null ? {} : { group }),
    ...(tag === null ? {} : { tag }),
  };
}

/** What downloads the stores of the filters, in the page's order. */
export function fleetCsvHref(params: FleetParams): string {
  return `/api/v1/stores.csv?${new URLSearchParams({ ...filtersOf(params), sort: params.sort }).toString()}`;
}

/** The address of the fleet page. What is at its default is left out, unless it is a zone that was named. */
export function fleetHref(params: FleetParams): `/?${string}` | "/" {
  const { sort, zone, isZoneNamed, size, page, trail } = params;
  const search = new URLSearchParams(filtersOf(params));
  if (sort !== fleetDefaults.sort) search.set("sort", sort);
  if (isZoneNamed || zone !== fleetDefaults.zone) search.set("zone", zone);
  if (size !== fleetDefaults.size) search.set("size", String(size));
  if (trail.length > 0) search.set("page", String(page));
  for (const cursor of trail) search.append("cursor", cursor);
  const text = search.toString();
  return text === "" ? "/" : `/?${text}`;
}

/** The address after a change of filter or order: it starts at the first page. */
export function filteredHref(params: FleetParams, change: Partial<Omit<FleetParams, "page" | "trail">>) {
  return fleetHref({ ...params, ...change, page: 1, trail: [] });
}

export function nextPage(params: FleetParams, cursor: string): FleetParams {
  return { ...params, page: params.page + 1, trail: [...params.trail, cursor].slice(-longestTrail) };
}

export function previousPage(params: FleetParams): FleetParams {
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

/** The address of a page of the list of reports after the first. */
export function reportsHref(cursor: string): `/reports?${string}` {
  return `/reports?${new URLSearchParams({ cursor }).toString()}`;
}
