import { sql } from "drizzle-orm";
import { boolean, check, date, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";
import { stores } from "./stores";

/** Named dates with hours of their own, for many stores. */
export const calendars = pgTable("calendars", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull().unique(),
  /** As given: the rules from which the dates follow. */
  entries: jsonb("entries").$type<readonly unknown[]>().notNull(),
  changedAt: instant("changed_at")
    .notNull()
    .default(sql`now()`),
});

/**
 * The dates of a calendar with their hours; the row 0–0 closes the date. Written when the calendar is saved: those
 * before the first day of a change stay as they were.
 */
export const calendarDates = pgTable(
  "calendar_dates",
  {
    calendarId: integer("calendar_id")
      .notNull()
      .references(() => calendars.id, { onDelete: "cascade" }),
    localDate: date("local_date", { mode: "string" }).notNull(),
    startSecond: integer("start_second").notNull(),
    endSecond: integer("end_second").notNull(),
    /** The stores are closed from start to end; at other times their weekly hours apply. */
    isClosure: boolean("is_closure").notNull(),
    /** Of the entry. */
    name: text("name").notNull(),
  },
  (table) => [
    primaryKey({
      name: "calendar_dates_pk",
      columns: [table.calendarId, table.localDate, table.startSecond, table.endSecond],
    }),
    index("calendar_dates_of_date").on(table.localDate),
    check("calendar_dates_start", sql`${table.startSecond} between 0 and 86399`),
    check(
      "calendar_dates_end",
      sql`(${table.startSecond} = 0 and ${table.endSecond} = 0) or (${table.endSecond} > ${table.startSecond} and ${table.endSecond} <= ${table.startSecond} + 86400)`,
    ),
  ],
);

/** The brands and groups, or all stores, to which a calendar is given for dates from the first to before the last. */
export const calendarLabels = pgTable(
  "calendar_labels",
  {
    calendarId: integer("calendar_id")
      .notNull()
      .references(() => calendars.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["all", "brand", "group"] }).notNull(),
    /** Empty for all stores. */
    label: text("label").notNull(),
    firstDate: date("first_date", { mode: "string" }).notNull(),
    beforeDate: date("before_date", { mode: "string" }).notNull(),
  },
  (table) => [
    primaryKey({
      name: "calendar_labels_pk",
      columns: [table.calendarId, table.kind, table.label, table.firstDate],
    }),
    check("calendar_labels_dates", sql`${table.firstDate} < ${table.beforeDate}`),
  ],
);

/** The stores to which a calendar is given by themselves, in the same way. */
export const calendarStores = pgTable(
  "calendar_stores",
  {
    storeKey: integer("store_key")
      .notNull()
      .references(() => stores.storeKey, { onDelete: "cascade" }),
    calendarId: integer("calendar_id")
      .notNull()
      .references(() => calendars.id, { onDelete: "cascade" }),
    firstDate: date("first_date", { mode: "string" }).notNull(),
    beforeDate: date("before_date", { mode: "string" }).notNull(),
  },
  (table) => [
    primaryKey({ name: "calendar_stores_pk", columns: [table.storeKey, table.calendarId, table.firstDate] }),
    index("calendar_stores_of_calendar").on(table.calendarId),
    check("calendar_stores_dates", sql`${table.firstDate} < ${table.beforeDate}`),
  ],
);
