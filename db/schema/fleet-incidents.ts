import { bigint, boolean, index, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * The incidents of every store that overlap the week of a snapshot, written with its other rows: finding them again would
 * read all polls of the week. Each order of the list has its index. The third one
 * finds the incidents of a viewer's stores, to which row-level security limits every list.
 */
export const fleetIncidents = pgTable(
  "fleet_incidents",
  {
    reportId: bigint("report_id", { mode: "number" }).notNull(),
    storeKey: integer("store_key").notNull(),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at").notNull(),
    downMs: integer("down_ms").notNull(),
    /** Inactive polls of it. */
    polls: integer("polls").notNull(),
    ongoing: boolean("ongoing").notNull(),
    /** False if it may have started before the polls that the snapshot reads. */
    startKnown: boolean("start_known").notNull(),
  },
  (table) => [
    primaryKey({ name: "fleet_incidents_pk", columns: [table.reportId, table.startedAt, table.storeKey] }),
    index("fleet_incidents_down").on(table.reportId, table.downMs, table.startedAt, table.storeKey),
    index("fleet_incidents_store").on(table.reportId, table.storeKey),
  ],
);
