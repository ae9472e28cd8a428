import { date, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { bytea } from "./columns";
import { stores } from "./stores";

/**
 * The weekly hours that applied before a local date of the store, from the date of the row before it on. The latest
 * hours are in `business_hours`.
 */
export const earlierHours = pgTable(
  "earlier_hours",
  {
    storeKey: integer("store_key")
      .notNull()
      .references(() => stores.storeKey, { onDelete: "cascade" }),
    validBefore: date("valid_before", { mode: "string" }).notNull(),
    /** Packed like `packedHours.weekly`. Null: no hours were given, the store was always open. */
    hours: bytea("hours"),
  },
  (table) => [primaryKey({ name: "earlier_hours_pk", columns: [table.storeKey, table.validBefore] })],
);
