import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { bytea, instant } from "./columns";
import { stores } from "./stores";

/** What an invitation will grant. */
export type StoredGrant =
  { readonly storeId: string; readonly manage: boolean } | { readonly group: string; readonly manage: boolean };

const createdAt = () =>
  instant("created_at")
    .notNull()
    .default(sql`now()`);

/** Who can sign in. An operator sees the fleet; an owner what `person_stores` and `person_groups` list. */
export const people = pgTable(
  "people",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    /** In lower case. */
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: text("role", { enum: ["operator", "owner"] }).notNull(),
    /** scrypt, with its salt. */
    passwordHash: text("password_hash").notNull(),
    createdAt: createdAt(),
  },
  (table) => [check("people_email", sql`${table.email} = lower(${table.email})`)],
);

const personId = () =>
  bigint("person_id", { mode: "number" })
    .notNull()
    .references(() => people.id, { onDelete: "cascade" });

/** Stores granted to an owner. */
export const personStores = pgTable(
  "person_stores",
  {
    personId: personId(),
    storeKey: integer("store_key")
      .notNull()
      .references(() => stores.storeKey, { onDelete: "cascade" }),
    manage: boolean("manage").notNull(),
  },
  (table) => [primaryKey({ name: "person_stores_pk", columns: [table.personId, table.storeKey] })],
);

/** Groups of stores granted to an owner, whichever stores are in them at the time. */
export const personGroups = pgTable(
  "person_groups",
  { personId: personId(), groupName: text("group_name").notNull(), manage: boolean("manage").notNull() },
  (table) => [primaryKey({ name: "person_groups_pk", columns: [table.personId, table.groupName] })],
);

/**
 * Sessions of signed-in people. Only the SHA-256 of a token is stored, so reading this table does not allow signing in.
 */
export const sessions = pgTable(
  "sessions",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tokenHash: bytea("token_hash").notNull().unique(),
    personId: personId(),
    userAgent: text("user_agent").notNull(),
    address: text("address").notNull(),
    createdAt: createdAt(),
    /** Accurate to five minutes. */
    lastSeenAt: instant("last_seen_at")
      .notNull()
      .default(sql`now()`),
    /** Absolute expiry; an unused session ends sooner. */
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("sessions_person").on(table.personId), index("sessions_expires_at").on(table.expiresAt)],
);

/** One-time links: an invitation, or (without an address) the one that creates the first operator. */
export const invitations = pgTable("invitations", {
  id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
  tokenHash: bytea("token_hash").notNull().unique(),
  /** Null: the setup link. */
  email: text("email"),
  role: text("role", { enum: ["operator", "owner"] }).notNull(),
  grants: jsonb("grants").$type<readonly StoredGrant[]>().notNull(),
  createdBy: text("created_by").notNull(),
  createdAt: createdAt(),
  expiresAt: instant("expires_at").notNull(),
});
