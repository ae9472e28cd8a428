import { sql } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/** Running workers, with a heartbeat every few seconds; unlogged, because after a crash the heartbeats restore it. */
export const workers = pgTable("workers", {
  name: text("name").primaryKey(),
  seenAt: instant("seen_at")
    .notNull()
    .default(sql`now()`),
  /** Release of the tz database that it uses. */
  tzRelease: text("tz_release"),
});
