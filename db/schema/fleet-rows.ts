import { sql } from "drizzle-orm";
import { bigint, doublePrecision, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant, storeIdText } from "./columns";

/**
 * The rows of the fleet page, one per store and snapshot, written with the snapshot's report rows. Ratios are null when
 * nothing is known. Each sort order of the page has its index, so a page costs the same in any fleet.
 */
export const fleetRows = pgTable(
  "fleet_rows",
  {
    reportId: bigint("report_id", { mode: "number" }).notNull(),
    storeKey: integer("store_key").notNull(),
    storeId: storeIdText("store_id").notNull(),
    /** Stores that are paused or retired have no figures: they are listed, and not counted. */
    state: text("state", { enum: ["online", "offline", "closed", "no_recent_check", "paused", "retired"] }).notNull(),
    stateSince: instant("state_since"),
    lastPollAt: instant("last_poll_at"),
    uptimeHour: doublePrecision("uptime_hour"),
    uptimeDay: doublePrecision("uptime_day"),
    uptimeWeek: doublePrecision("uptime_week"),
    downMsHour: integer("down_ms_hour").notNull(),
    downMsDay: integer("down_ms_day").notNull(),
    downMsWeek: integer("down_ms_week").notNull(),
    coverageHour: doublePrecision("coverage_hour"),
    coverageDay: doublePrecision("coverage_day"),
    coverageWeek: doublePrecision("coverage_week"),
  },
  (table) => [
    primaryKey({ name: "fleet_rows_pk", columns: [table.reportId, table.storeKey] }),
    index("fleet_rows_store_id").on(table.reportId, table.storeId),
    index("fleet_rows_state").on(
      table.reportId,
      sql`array_position(array['offline', 'no_recent_check', 'online', 'closed'], ${table.state})`,
      table.storeId,
    ),
    index("fleet_rows_state_since").on(table.reportId, table.stateSince, table.storeId),
    index("fleet_rows_uptime_hour").on(table.reportId, table.uptimeHour, table.storeId),
    index("fleet_rows_uptime_day").on(table.reportId, table.uptimeDay, table.storeId),
    index("fleet_rows_uptime_week").on(table.reportId, table.uptimeWeek, table.storeId),
    index("fleet_rows_down_week").on(table.reportId, table.downMsWeek, table.storeId),
    index("fleet_rows_coverage_week").on(table.reportId, table.coverageWeek, table.storeId),
  ],
);
