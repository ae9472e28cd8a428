import { sql } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Workers that run, each heard of every few seconds; unlogged, since after a crash they are heard of again. */
export const workers = pgTable("workers", {
  name: text("name").primaryKey(),
  seenAt: instant("seen_at")
    .notNull()
    .default(sql`now()`),
  /** Release of the tz database that it computes with. */
  tzRelease: text("tz_release"),
});
