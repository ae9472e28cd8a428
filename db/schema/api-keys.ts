import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { people } from "./people";

/** API keys. A secret has 256 random bits, so its SHA-256 suffices to verify it and reveals nothing. */
export const apiKeys = pgTable(
  "api_keys",
  {
    /** Part of the key itself, which is looked up by it. */
    id: text("id").primaryKey(),
    name: text("name").notNull(),
    secretHash: bytea("secret_hash").notNull(),
    scopes: text("scopes").array().notNull(),
    /** Stores it is limited to; null: all that its person sees, or all. */
    storeKeys: integer("store_keys").array(),
    /**
     * An owner's key sees what its owner sees, and is deleted with them. Null: an operator created it, for the fleet.
     */
    personId: bigint("person_id", { mode: "number" }).references(() => people.id, { onDelete: "cascade" }),
    createdBy: text("created_by").notNull(),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
    /** Accurate to five minutes. */
    lastUsedAt: instant("last_used_at"),
    /** When it was found in a URL. */
    exposedAt: instant("exposed_at"),
  },
  (table) => [
    index("api_keys_person").on(table.personId),
    check("api_keys_id", sql`${table.id} ~ '^[a-z2-7]{8}$'`),
    check("api_keys_secret", sql`octet_length(${table.secretHash}) = 32`),
  ],
);
