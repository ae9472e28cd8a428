import type { StoreSort } from "@/lib/contract/stores";

/** The orders of the list of stores, as a choice names them. */
export const sortText: Record<StoreSort, string> = {
  uptime_week: "Lowest 7-day uptime",
  "-uptime_week": "Best week first",
  uptime_day: "Worst day first",
  "-uptime_day": "Best day first",
  uptime_hour: "Worst hour first",
  "-uptime_hour": "Best hour first",
  "-down_week": "Longest downtime first",
  down_week: "Shortest downtime first",
  coverage_week: "Least checked first",
  "-coverage_week": "Most checked first",
  state: "Offline first",
  "-state": "Closed first",
  state_since: "Longest in its state first",
  "-state_since": "Most recently changed",
  name: "By name",
  "-name": "Name Z–A",
  store_id: "By id",
  "-store_id": "By id, backwards",
};
