import { sql } from "drizzle-orm";
import { bigint, boolean, check, pgTable } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * One row. Every transaction that changes polls, hours, zones or exceptions ends by updating it, so the newest poll is
 * known without reading polls and a snapshot knows whether anything changed.
 */
export const fleetState = pgTable(
  "fleet_state",
  {
    only: boolean("only").primaryKey().default(true),
    /**
     * The newest poll of the whole fleet, however far ahead of the clock: read it through `newest_poll(bound)`. Null before
     * the first poll.
     */
    newestPollAt: instant("newest_poll_at"),
    /**
     * Two neighbouring instants of polls, as of `currentVersion` of the data: the newest poll that was not ahead of the
     * clock, and the oldest that was. Kept only while polls are ahead of the clock, so that they are not searched for
     * on every read.
     */
    currentPollAt: instant("current_poll_at"),
    laterPollAt: instant("later_poll_at"),
    currentVersion: bigint("current_version", { mode: "number" }),
    dataVersion: bigint("data_version", { mode: "number" }).notNull().default(0),
  },
  (table) => [check("fleet_state_only", sql`${table.only}`)],
);
