import { bigint, integer, pgTable, varchar } from "drizzle-orm/pg-core";

/** Counters that all replicas share, as `RateLimiterPostgres` keeps them; unlogged, since a crash may forget them. */
export const rateLimits = pgTable("rate_limits", {
  key: varchar("key", { length: 255 }).primaryKey(),
  points: integer("points").notNull().default(0),
  /** Ms since 1970. */
  expire: bigint("expire", { mode: "number" }),
});
