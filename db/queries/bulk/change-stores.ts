import type { Db, Sql } from "@/db/client";
import { as, readRows } from "@/db/rows";
import { stores } from "@/db/schema/stores";
import { isStoreRow } from "@/db/queries/store-lifecycle";

/** What is changed of stores; what is undefined stays as it is. */
export interface StoreChange {
  readonly brand?: string | null | undefined;
  readonly groupName?: string | null | undefined;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
  readonly lifecycle?: "active" | "paused" | "retired" | undefined;
}

const plannedRow = {
  storeKey: stores.storeKey,
  lifecycle: stores.lifecycle,
  isChange: as.boolean,
  tagCount: as.number,
};

/** A store before its change. */
export interface PlannedStore {
  readonly storeKey: number;
  readonly lifecycle: typeof stores.$inferSelect.lifecycle;
  /** Whether the change makes a difference. */
  readonly isChange: boolean;
  /** How many tags it has afterwards. */
  readonly tagCount: number;
}

/** The values of `stores as s` after a change. */
function valuesAfter(sql: Sql, { brand, groupName, addTags, removeTags, lifecycle }: StoreChange) {
  const hasTags = addTags.length + removeTags.length > 0;
  return {
    brand: brand === undefined ? sql`s.brand` : sql`${brand}::text`,
    groupName: groupName === undefined ? sql`s.group_name` : sql`${groupName}::text`,
    lifecycle: lifecycle === undefined ? sql`s.lifecycle` : sql`${lifecycle}::text`,
    tags: hasTags
      ? sql`(select coalesce(array_agg(distinct t.tag collate "C" order by t.tag collate "C"), '{}')
          from unnest(s.tags || ${[...addTags]}::text[]) as t (tag) where t.tag <> all(${[...removeTags]}::text[]))`
      : sql`s.tags`,
  };
}

/**
 * Locks stores until the transaction ends, in order of their keys, and says what a change would do to each of them.
 * Those that are no longer stores once they are locked are left out.
 */
export function planChange(
  { sql }: Db,
  storeKeys: readonly number[],
  change: StoreChange,
): Promise<readonly PlannedStore[]> {
  const after = valuesAfter(sql, change);
  return readRows(
    sql`
    select s.store_key, s.lifecycle,
      (s.brand, s.group_name, s.lifecycle, s.tags) is distinct from
        (${after.brand}, ${after.groupName}, ${after.lifecycle}, ${after.tags}) as is_change,
      cardinality(${after.tags}) as tag_count
    from stores s where s.store_key = any(${[...storeKeys]}::int[]) and ${sql.unsafe(isStoreRow)}
    order by s.store_key for no key update`,
    plannedRow,
  );
}

/** Changes stores that the transaction has locked. */
export async function applyChange({ sql }: Db, storeKeys: readonly number[], change: StoreChange): Promise<void> {
  const after = valuesAfter(sql, change);
  await sql`
    update stores s set brand = ${after.brand}, group_name = ${after.groupName}, tags = ${after.tags},
      lifecycle = ${after.lifecycle},
      lifecycle_since = case when s.lifecycle = ${after.lifecycle} then s.lifecycle_since else now() end
    where s.store_key = any(${[...storeKeys]}::int[])`;
}
