import { sql } from "drizzle-orm";
import { check, date, integer, pgTable, primaryKey } from "drizzle-orm/pg-core";
import { stores } from "./stores";

/** Hours of one local date that replace the weekly rows on it. The row 0–0 closes the store on that date. */
export const scheduleExceptions = pgTable(
  "schedule_exceptions",
  {
    storeKey: integer("store_key")
      .notNull()
      .references(() => stores.storeKey, { onDelete: "cascade" }),
    localDate: date("local_date", { mode: "string" }).notNull(),
    startSecond: integer("start_second").notNull(),
    endSecond: integer("end_second").notNull(),
  },
  (table) => [
    primaryKey({
      name: "schedule_exceptions_pk",
      columns: [table.storeKey, table.localDate, table.startSecond, table.endSecond],
    }),
    check("schedule_exceptions_start", sql`${table.startSecond} between 0 and 86399`),
    check(
      "schedule_exceptions_end",
      sql`(${table.startSecond} = 0 and ${table.endSecond} = 0) or (${table.endSecond} > ${table.startSecond} and ${table.endSecond} <= ${table.startSecond} + 86400)`,
    ),
  ],
);
