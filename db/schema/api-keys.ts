import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { people } from "./people";

/** Keys of programs. A secret has 256 random bits, so its SHA-256 is enough to know it by and to tell nothing. */
export const apiKeys = pgTable(
  "api_keys",
  {
    /** Stands in the key itself; found by it. */
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    secretHash: bytea("secret_hash").notNull(),
    scopes: text("scopes").array().notNull(),
    /** Stores it is narrowed to; null: all that its person sees, or all. */
    storeKeys: integer("store_keys").array(),
    /** An owner's key sees what its owner sees, and goes with them. Null: an operator made it, for the fleet. */
    personId: bigint("person_id", { mode: "number" }).references(() => people.id, { onDelete: "cascade" }),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    /** Exact to five minutes. */
    lastUsedAt: instant("last_used_at"),
    /** When it was found in an address. */
    exposedAt: instant("exposed_at"),
  },
  (table) => [
    index("api_keys_person").on(table.personId),
    check("api_keys_id", sql`${table.id} ~ '^[a-z2-7]{8}$'`),
    check("api_keys_secret", sql`octet_length(${table.secretHash}) = 32`),
  ],
);
