import type { ImportKindName } from "./imports";

/** Where a file of each kind to start from is served: its header, and rows with ids, dates and times as they are taken. */
export const templates: Readonly<Record<ImportKindName, `/templates/${string}.csv`>> = {
  polls: "/templates/polls.csv",
  hours: "/templates/business-hours.csv",
  timezones: "/templates/time-zones.csv",
  stores: "/templates/store-names.csv",
  exceptions: "/templates/special-hours.csv",
};
