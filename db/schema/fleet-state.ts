import { sql } from "drizzle-orm";
import { bigint, boolean, check, pgTable } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * One row. Every transaction that changes polls, hours, zones or exceptions ends with an update of it, so the newest
 * poll is known without reading polls and a snapshot knows whether anything changed.
 */
export const fleetState = pgTable(
  "fleet_state",
  {
    only: boolean("only").primaryKey().default(true),
    /** The newest poll of the whole fleet: the default as-of instant. Null before the first poll. */
    newestPollAt: instant("newest_poll_at"),
    dataVersion: bigint("data_version", { mode: "number" }).notNull().default(0),
  },
  (table) => [check("fleet_state_only", sql`${table.only}`)],
);
