import { sql } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";

/** Signing secrets shared by all replicas, created by the first that needs one. */
export const signingKeys = pgTable("signing_keys", {
  /** Purpose of the key. */
  name: text("name").primaryKey(),
  key: bytea("key").notNull(),
  createdAt: instant("created_at")
    .notNull()
    .default(sql`now()`),
});
