import type { StoreFilters } from "@/lib/client/store-filters";
import { stateText } from "./state-text";

/** Why a list of stores is empty: "No store is offline and matches the other filters." */
export function noMatchText({ q, state, preset, brand, group, storeZone, tag }: StoreFilters): string {
  const named = q === "" ? "" : ` with “${q}” in its ID or name`;
  const others = [preset, brand, group, storeZone, tag].some((value) => value !== null)
    ? " and matches the other filters"
    : "";
  if (state !== null) return `No store${named} is ${stateText[state].toLowerCase()}${others}.`;
  if (named === "") return "No store matches these filters.";
  return others === "" ? `No store${named}.` : `No store${named} matches the other filters.`;
}
