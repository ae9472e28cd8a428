import type { StoreSort } from "@/lib/contract/stores";

/** The orders of the list of stores, as the select shows them. */
export const sortText: Record<StoreSort, string> = {
  uptime_week: "Lowest 7-day uptime",
  "-uptime_week": "Highest 7-day uptime",
  uptime_day: "Lowest 24-hour uptime",
  "-uptime_day": "Highest 24-hour uptime",
  uptime_hour: "Lowest 1-hour uptime",
  "-uptime_hour": "Highest 1-hour uptime",
  "-down_week": "Most downtime",
  down_week: "Least downtime",
  coverage_week: "Lowest coverage",
  "-coverage_week": "Highest coverage",
  state: "Offline first",
  "-state": "Closed first",
  state_since: "Longest in current state",
  "-state_since": "Most recently changed",
  name: "Name A–Z",
  "-name": "Name Z–A",
  store_id: "Store ID, ascending",
  "-store_id": "Store ID, descending",
};
