import { bigint, integer, pgTable, varchar } from "drizzle-orm/pg-core";

/**
 * Counters shared by all replicas, in the format of `RateLimiterPostgres`; unlogged, because a crash may reset them.
 */
export const rateLimits = pgTable("rate_limits", {
  key: varchar("key", { length: 255 }).primaryKey(),
  points: integer("points").notNull().default(0),
  /** Ms since 1970. */
  expire: bigint("expire", { mode: "number" }),
});
