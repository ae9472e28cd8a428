import { sql } from "drizzle-orm";
import { check, date, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import type { CalendarDate } from "@/lib/uptime/calendar";
import { calendars } from "./calendars";
import { instant } from "./columns";

/** An event that was left out, with its line. */
export interface FeedWarning {
  readonly line: number;
  readonly title: string;
  readonly reason: string;
}

/**
 * The iCalendar file or address from which dates of a calendar come. The row is a job: it is due at `next_read_at`, and
 * a worker claims it by its lease. A file is read again, too, because time goes on and only the next years are read.
 */
export const calendarFeeds = pgTable(
  "calendar_feeds",
  {
    calendarId: integer("calendar_id")
      .primaryKey()
      .references(() => calendars.id, { onDelete: "cascade" }),
    /** Null: a file. */
    url: text("url"),
    /** The newest text that could be read; null before the first one. */
    content: text("content"),
    meaning: text("meaning", { enum: ["closed", "open"] }).notNull(),
    /** The clock on which timed events are read; null: that of the calendar. */
    timeZone: text("time_zone"),
    /** The first date to which it applies. */
    firstDate: date("first_date", { mode: "string" }).notNull(),
    /** Of the newest text, ascending. They stay while the address gives no calendar. */
    dates: jsonb("dates")
      .$type<readonly CalendarDate[]>()
      .notNull()
      .default(sql`'[]'`),
    warnings: jsonb("warnings")
      .$type<readonly FeedWarning[]>()
      .notNull()
      .default(sql`'[]'`),
    warningCount: integer("warning_count").notNull().default(0),
    etag: text("etag"),
    lastModified: text("last_modified"),
    nextReadAt: instant("next_read_at")
      .notNull()
      .default(sql`now()`),
    leaseUntil: instant("lease_until"),
    attempts: integer("attempts").notNull().default(0),
    /** Failed attempts since the last one that succeeded. */
    failures: integer("failures").notNull().default(0),
    /** The last attempt that succeeded, also where nothing had changed. */
    lastReadAt: instant("last_read_at"),
    /** When the text last changed. */
    lastChangedAt: instant("last_changed_at"),
    /** Of the last attempt; null when it succeeded. */
    lastError: text("last_error"),
    lastErrorAt: instant("last_error_at"),
  },
  (table) => [
    index("calendar_feeds_due").on(table.nextReadAt),
    check("calendar_feeds_source", sql`${table.url} is not null or ${table.content} is not null`),
  ],
);
