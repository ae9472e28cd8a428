import { sql } from "drizzle-orm";
import { type AnyPgColumn, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant, storeIdText } from "./columns";

/**
 * A store is known as soon as any file or poll names it. `store_key` is internal, `store_id` is the public id. A row whose
 * lifecycle is `merged` is no store: its id is an earlier id of the store `merged_into`.
 */
export const stores = pgTable(
  "stores",
  {
    storeKey: integer("store_key").primaryKey().generatedAlwaysAsIdentity(),
    storeId: storeIdText("store_id").notNull().unique(),
    name: text("name"),
    brand: text("brand"),
    /** `group` is a reserved word of SQL. */
    groupName: text("group_name"),
    address: text("address"),
    url: text("url"),
    /** Null: not given, America/Chicago is assumed. */
    timeZone: text("time_zone"),
    /** In lower case, ascending, each once. */
    tags: text("tags").array().notNull().default([]),
    /**
     * `paused`: not counted in figures of the fleet; `retired`: nor listed; `deleted`: hidden, until its data is removed
     * a day later.
     */
    lifecycle: text("lifecycle", { enum: ["active", "paused", "retired", "deleted", "merged"] })
      .notNull()
      .default("active"),
    /** When the lifecycle last changed; null: never. */
    lifecycleSince: instant("lifecycle_since"),
    /** The lifecycle that a deleted store had before; null: active, or it is not deleted. */
    deletedFrom: text("deleted_from", { enum: ["active", "paused", "retired"] }),
    mergedInto: integer("merged_into").references((): AnyPgColumn => stores.storeKey, { onDelete: "cascade" }),
    /** The text that is searched: id and name in lower case, in byte order, which is the fastest to search. */
    searchText: storeIdText("search_text").generatedAlwaysAs(
      sql`lower(store_id || chr(10) || coalesce(name, '') collate "und-x-icu")`,
    ),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    // Brands and groups are counted for every fleet page, among the stores that are listed, and filtered by.
    index("stores_brand").on(table.brand, table.lifecycle),
    index("stores_group_name").on(table.groupName, table.lifecycle),
    // The fleet in the order of names, with stores without a name at its end.
    index("stores_name").on(sql`${table.name} collate "und-x-icu"`, table.storeId),
    index("stores_tags").using("gin", table.tags),
    // For the list of all tags, which the other index cannot give.
    index("stores_tagged")
      .on(table.storeKey)
      .where(sql`${table.tags} <> '{}'`),
    // Nearly all stores are active, so these are few.
    index("stores_not_active")
      .on(table.storeKey)
      .where(sql`${table.lifecycle} <> 'active'`),
    index("stores_merged_into")
      .on(table.mergedInto)
      .where(sql`${table.mergedInto} is not null`),
    check("stores_merged", sql`(${table.lifecycle} = 'merged') = (${table.mergedInto} is not null)`),
    check("stores_store_id_shape", sql`${table.storeId} ~ '^[A-Za-z0-9_-]{1,64}$'`),
  ],
);
