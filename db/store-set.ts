import { sql, type SQL } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { PendingQuery, Row } from "postgres";
import type { Sql } from "./client";

/** The stores that a query is limited to: all, or those with these keys. */
export type StoreSet = "all" | readonly number[];

/** Whether a store is in the set. */
export function hasStore(stores: StoreSet, storeKey: number): boolean {
  return stores === "all" || stores.includes(storeKey);
}

/** The condition that a column is the key of a store in the set. One parameter, for any number of stores. */
export function isAmong(column: AnyPgColumn, stores: StoreSet): SQL | undefined {
  return stores === "all" ? undefined : sql`${column} = any(${`{${stores.join()}}`}::int[])`;
}

type Fragment = PendingQuery<Row[]>;

/** Like `isAmong`, for raw SQL. */
export function among(tag: Sql, column: Fragment, stores: StoreSet): Fragment {
  return stores === "all" ? tag`true` : tag`${column} = any(${[...stores]}::int[])`;
}
