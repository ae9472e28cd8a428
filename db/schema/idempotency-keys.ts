import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { instant } from "./columns";

/**
 * The stored response to a request with an Idempotency-Key, written in the transaction of its effect. While that is
 * open an advisory lock marks the key as in progress: it ends with its holder, so there is no state to clean up.
 */
export const idempotencyKeys = pgTable(
  "idempotency_keys",
  {
    /** Owner of the key. */
    principal: text("principal").notNull(),
    key: text("key").notNull(),
    /** SHA-256 of the method, the address and the input. */
    fingerprint: text("fingerprint").notNull(),
    status: smallint("status").notNull(),
    headers: jsonb("headers").$type<Readonly<Record<string, string>>>().notNull(),
    body: text("body").notNull(),
    expiresAt: instant("expires_at")
      .notNull()
      .default(sql`now() + interval '24 hours'`),
  },
  (table) => [
    primaryKey({ name: "idempotency_keys_pk", columns: [table.principal, table.key] }),
    index("idempotency_keys_expires_at").on(table.expiresAt),
  ],
);
