import type { PendingQuery, Row } from "postgres";
import type { Sql } from "./client";

/** The stores that a query is limited to: all, or those with these keys. */
export type StoreSet = "all" | readonly number[];

/** Whether a store is in the set. */
export function hasStore(stores: StoreSet, storeKey: number): boolean {
  return stores === "all" || stores.includes(storeKey);
}

type Fragment = PendingQuery<Row[]>;

/** The condition that a column holds the key of a store in the set. */
export function among(sql: Sql, column: Fragment, stores: StoreSet): Fragment {
  return stores === "all" ? sql`true` : sql`${column} = any(${[...stores]}::int[])`;
}
