import { bigint, doublePrecision, integer, pgTable } from "drizzle-orm/pg-core";

/**
 * The totals at the top of the fleet page, one row per snapshot: computing them again would read every store's rows.
 */
export const fleetSummaries = pgTable("fleet_summaries", {
  reportId: bigint("report_id", { mode: "number" }).primaryKey(),
  online: integer("online").notNull(),
  offline: integer("offline").notNull(),
  closed: integer("closed").notNull(),
  noRecentCheck: integer("no_recent_check").notNull(),
  /** Stores that the snapshot lists without counting them. */
  paused: integer("paused").notNull().default(0),
  retired: integer("retired").notNull().default(0),
  /** The sums over all stores of the 21 figures of `report_rows.figures`. */
  sums: bigint("sums", { mode: "number" }).array().notNull(),
  /** The median uptime ratio of hour, day and week, among stores that have one; null without any. */
  medianUptime: doublePrecision("median_uptime").array().$type<(number | null)[]>(),
  /** Open, up, down and unknown ms of all stores in each hour of the week (whole hours of UTC, the first and last cut). */
  hourly: bigint("hourly", { mode: "number" }).array(),
  /** Alternating starts and ends, ms since 1970, of the week's gaps without a poll of any store. */
  pollGaps: bigint("poll_gaps", { mode: "number" }).array(),
  /** Rows of the snapshot in `fleet_incidents`; null for snapshots made before there were any. */
  incidents: integer("incidents"),
});
