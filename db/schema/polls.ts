import { boolean, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * The hot table: partitioned by week of `at` (Monday 00:00 UTC). The migration creates its key with `INCLUDE (active)`
 * so that a store's polls are read from the index alone. No foreign key: it would cost every row of a bulk load.
 */
export const polls = pgTable(
  "polls",
  {
    storeKey: integer("store_key").notNull(),
    at: instant("at").notNull(),
    active: boolean("active").notNull(),
  },
  (table) => [primaryKey({ name: "polls_pk", columns: [table.storeKey, table.at] })],
);

/** Instants of a store with polls of both statuses; `inactive` won. */
export const pollConflicts = pgTable(
  "poll_conflicts",
  {
    storeKey: integer("store_key").notNull(),
    at: instant("at").notNull(),
  },
  (table) => [primaryKey({ name: "poll_conflicts_pk", columns: [table.storeKey, table.at] })],
);
