import { sql } from "drizzle-orm";
import { pgTable, text } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";

/** Secrets that all replicas sign with, made by whoever needs one first. */
export const signingKeys = pgTable("signing_keys", {
  /** What is signed with it. */
  name: text("name").primaryKey(),
  key: bytea("key").notNull(),
  createdAt: instant("created_at")
    .notNull()
    .default(sql`now()`),
});
