import { listedStates, oneOf, storePresets, tagLimits } from "@/lib/contract/enums";
import type { ListedState } from "@/lib/contract/uptime";
import { first, unknownValue, type PageParams, type RawSearch } from "./raw-search";

export type StorePreset = (typeof storePresets)[number];

/** What lists of stores and of their incidents are filtered by. */
export interface StoreFilters {
  readonly q: string;
  readonly state: ListedState | null;
  readonly preset: StorePreset | null;
  readonly brand: string | null;
  readonly group: string | null;
  readonly tag: string | null;
  readonly storeZone: string | null;
}

export const noFilters: StoreFilters = {
  q: "",
  state: null,
  preset: null,
  brand: null,
  group: null,
  tag: null,
  storeZone: null,
};

const longestSearch = 100;
const longestLabel = 200;
const longestZone = 100;

/** A label as it stands in an address. No label holds a NUL, and the database has no text with one. */
function labelOf(value: string | readonly string[] | undefined, longest = longestLabel): string | null {
  return (first(value) ?? "").replaceAll("\0", "").trim().slice(0, longest) || null;
}

/** A tag as it stands in an address, in lower case and without the characters that no tag has. */
function tagOf(value: string | readonly string[] | undefined): string | null {
  const text = (first(value) ?? "").toLowerCase().replace(/[\p{C}\p{Zl}\p{Zp},;"]/gu, "");
  return text.trim().slice(0, tagLimits.length).trim() || null;
}

/** Reads the filters of an address. Never throws. */
export function parseFilters(raw: RawSearch): PageParams<StoreFilters> {
  const notices: string[] = [];
  const state = first(raw["state"]) ?? "";
  const knownState = oneOf(listedStates, state);
  if (state !== "" && knownState === null) notices.push(unknownValue(state, "Showing all states."));

  const preset = first(raw["preset"]) ?? "";
  const knownPreset = oneOf(storePresets, preset);
  if (preset !== "" && knownPreset === null) notices.push(unknownValue(preset, "Showing all stores."));

  // No id or name holds a NUL, and the database has no text with one.
  const q = (first(raw["q"]) ?? "").replaceAll("\0", "").trim();
  if (q.length > longestSearch) notices.push(`Searching the first ${String(longestSearch)} characters only.`);
  return {
    params: {
      q: q.slice(0, longestSearch),
      state: knownState,
      preset: knownPreset,
      brand: labelOf(raw["brand"]),
      group: labelOf(raw["group"]),
      tag: tagOf(raw["tag"]),
      storeZone: labelOf(raw["time_zone"], longestZone),
    },
    notices,
  };
}

/** The filters that are set, as the page and the API call them. */
export function filtersOf({ q, state, preset, brand, group, tag, storeZone }: StoreFilters) {
  return {
    ...(q === "" ? {} : { q }),
    ...(state === null ? {} : { state }),
    ...(preset === null ? {} : { preset }),
    ...(brand === null ? {} : { brand }),
    ...(group === null ? {} : { group }),
    ...(tag === null ? {} : { tag }),
    ...(storeZone === null ? {} : { time_zone: storeZone }),
  };
}

/** Whether any filter is set. */
export function isFiltered(filters: StoreFilters): boolean {
  return Object.keys(filtersOf(filters)).length > 0;
}
