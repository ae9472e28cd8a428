import { bigint, integer, pgTable } from "drizzle-orm/pg-core";

/** What the head of the fleet page says, one row a snapshot: adding it up anew would read every store's rows. */
export const fleetSummaries = pgTable("fleet_summaries", {
  reportId: bigint("report_id", { mode: "number" }).primaryKey(),
  online: integer("online").notNull(),
  offline: integer("offline").notNull(),
  closed: integer("closed").notNull(),
  noRecentCheck: integer("no_recent_check").notNull(),
  /** The sums over all stores of the 21 figures of `report_rows.figures`. */
  sums: bigint("sums", { mode: "number" }).array().notNull(),
});
