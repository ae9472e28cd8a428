import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import { instant, storeIdText } from "./columns";

/** A store is known as soon as any file or poll names it. `store_key` is internal, `store_id` is the public id. */
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
    /** The text that is searched: id and name in lower case, in byte order, which is the fastest to search. */
    searchText: storeIdText("search_text").generatedAlwaysAs(
      sql`lower(store_id || chr(10) || coalesce(name, '') collate "und-x-icu")`,
    ),
    createdAt: instant("created_at")
      .notNull()
      .default(sql`now()`),
  },
  (table) => [
    // Brands and groups are counted for every fleet page, and filtered by.
    index("stores_brand").on(table.brand),
    index("stores_group_name").on(table.groupName),
    // The fleet in the order of names, with stores without a name at its end.
    index("stores_name").on(sql`${table.name} collate "und-x-icu"`, table.storeId),
    check("stores_store_id_shape", sql`${table.storeId} ~ '^[A-Za-z0-9_-]{1,64}$'`),
  ],
);
