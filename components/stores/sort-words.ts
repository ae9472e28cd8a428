import type { StoreSort } from "@/lib/contract/stores";

/** The orders of the list of stores, as a choice names them. */
export const sortWords: Record<StoreSort, string> = {
  uptime_week: "Worst week first",
  "-uptime_week": "Best week first",
  uptime_day: "Worst day first",
  "-uptime_day": "Best day first",
  uptime_hour: "Worst hour first",
  "-uptime_hour": "Best hour first",
  "-down_week": "Longest down time first",
  down_week: "Shortest down time first",
  coverage_week: "Least checked first",
  "-coverage_week": "Most checked first",
  state: "Offline first",
  "-state": "Closed first",
  state_since: "Longest in its state first",
  "-state_since": "Newest in its state first",
  name: "By name",
  "-name": "By name, backwards",
  store_id: "By id",
  "-store_id": "By id, backwards",
};
