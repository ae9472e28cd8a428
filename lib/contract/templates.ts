import type { ImportKindName } from "./imports";

/** The template of each kind of file: its header, and example rows with ids, dates and times in the accepted form. */
export const templates: Readonly<Record<ImportKindName, `/templates/${string}.csv`>> = {
  polls: "/templates/polls.csv",
  hours: "/templates/business-hours.csv",
  timezones: "/templates/time-zones.csv",
  stores: "/templates/store-names.csv",
  exceptions: "/templates/special-hours.csv",
};
