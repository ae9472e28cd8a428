import { bigint, doublePrecision, integer, pgTable } from "drizzle-orm/pg-core";

/** What the head of the fleet page says, one row a snapshot: adding it up anew would read every store's rows. */
export const fleetSummaries = pgTable("fleet_summaries", {
  reportId: bigint("report_id", { mode: "number" }).primaryKey(),
  online: integer("online").notNull(),
  offline: integer("offline").notNull(),
  closed: integer("closed").notNull(),
  noRecentCheck: integer("no_recent_check").notNull(),
  /** The sums over all stores of the 21 figures of `report_rows.figures`. */
  sums: bigint("sums", { mode: "number" }).array().notNull(),
  /** The middle store's uptime ratio of hour, day and week, among those that have one; null where none has. */
  medianUptime: doublePrecision("median_uptime").array().$type<(number | null)[]>(),
  /** Open, up, down and unknown ms of all stores in each hour of the week (whole hours of UTC, the first and last cut). */
  hourly: bigint("hourly", { mode: "number" }).array(),
  /** Start and end in turn, ms since 1970, of the stretches of the week without a poll of any store. */
  pollGaps: bigint("poll_gaps", { mode: "number" }).array(),
});
