import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, smallint } from "drizzle-orm/pg-core";
import { stores } from "./stores";

/**
 * Weekly rows in wall-time seconds; an end past 86400 is on the next day. The row 0–0 closes the store on its day. No
 * row at all: always open.
 */
export const businessHours = pgTable(
  "business_hours",
  {
    storeKey: integer("store_key")
      .notNull()
      .references(() => stores.storeKey, { onDelete: "cascade" }),
    /** 0 = Monday … 6 = Sunday. */
    day: smallint("day").notNull(),
    startSecond: integer("start_second").notNull(),
    endSecond: integer("end_second").notNull(),
  },
  (table) => [
    primaryKey({
      name: "business_hours_pk",
      columns: [table.storeKey, table.day, table.startSecond, table.endSecond],
    }),
    check("business_hours_day", sql`${table.day} between 0 and 6`),
    check("business_hours_start", sql`${table.startSecond} between 0 and 86399`),
    check(
      "business_hours_end",
      sql`(${table.startSecond} = 0 and ${table.endSecond} = 0) or (${table.endSecond} > ${table.startSecond} and ${table.endSecond} <= ${table.startSecond} + 86400)`,
    ),
  ],
);
