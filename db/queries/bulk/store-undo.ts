import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";
import { lockStoreValues, recordedDetails, storeValues, type StoreFileKind } from "./store-values";

/** An import whose changes are recorded in `import_store_changes`. */
export interface RecordedImport {
  readonly id: number;
  readonly kind: StoreFileKind;
}

/** Stores whose values are no longer those that an import left. */
export interface LaterChanges {
  readonly count: number;
  /** The first few, in order of their ids. */
  readonly storeIds: readonly string[];
}

const laterRow = { count: as.number, storeIds: as.textArray };
/** How many stores an error names. */
export const namedStores = 5;

const changedStores = (id: number): string =>
  `select distinct store_key from import_store_changes where import_id = ${id.toFixed(0)}`;

/** Waits for other changes of the values that an import changed, and prevents them until the transaction ends. */
export function lockChangedStores(tx: Db, { id, kind }: RecordedImport): Promise<void> {
  return lockStoreValues(tx, kind, changedStores(id));
}

/** The stores of an import that were changed after it: what it changed now has another value. */
export function readLaterChanges({ sql }: Db, { id, kind }: RecordedImport): Promise<LaterChanges> {
  return readOneRow(
    sql`
    select count(*)::int as count, coalesce((array_agg(store_id::text order by store_id))[1:${namedStores}], '{}') as store_ids
    from (
      select distinct t.store_id
      from import_store_changes c
      join stores t on t.store_key = c.store_key
      left join (${sql.unsafe(storeValues(kind, changedStores(id)))}) as now
        on now.store_key = c.store_key and now.field = c.field
      where c.import_id = ${id} and now.value is distinct from c.after) as later`,
    laterRow,
  );
}

/** Gives stores back the values that an import changed. Call it with them locked, and without later changes. */
export async function undoStoreChanges(tx: Db, { id, kind }: RecordedImport): Promise<void> {
  await restore[kind](tx, id);
  await tx.sql`delete from import_store_changes where import_id = ${id}`;
}

const restore: Record<StoreFileKind, (tx: Db, id: number) => Promise<void>> = {
  hours: async ({ sql }, id) => {
    await sql`delete from hours_warnings where import_id = ${id}`;
    for (const table of ["business_hours", "earlier_hours"]) {
      await sql`delete from ${sql(table)} where store_key in (${sql.unsafe(changedStores(id))})`;
    }
    await sql`
      insert into business_hours (store_key, day, start_second, end_second)
      select store_key, (row ->> 0)::smallint, (row ->> 1)::int, (row ->> 2)::int
      from import_store_changes cross join lateral jsonb_array_elements(before -> 'weekly') as row
      where import_id = ${id}`;
    await sql`
      insert into earlier_hours (store_key, valid_before, hours)
      select store_key, (row ->> 0)::date, decode(row ->> 1, 'hex')
      from import_store_changes cross join lateral jsonb_array_elements(before -> 'earlier') as row
      where import_id = ${id}`;
  },

  exceptions: async ({ sql }, id) => {
    await sql`
      delete from schedule_exceptions e using import_store_changes c
      where c.import_id = ${id} and e.store_key = c.store_key and e.local_date = c.field::date`;
    await sql`
      insert into schedule_exceptions (store_key, local_date, start_second, end_second)
      select store_key, field::date, (row ->> 0)::int, (row ->> 1)::int
      from import_store_changes cross join lateral jsonb_array_elements(before) as row
      where import_id = ${id}`;
  },

  timezones: (tx, id) => restoreColumn(tx, id, "time_zone"),

  stores: async (tx, id) => {
    for (const column of recordedDetails) await restoreColumn(tx, id, column);
  },
};

type RestoredColumn = (typeof recordedDetails)[number];

/** The earlier value of a column; a store that the file added is active and has no tags. */
function earlierValue(column: RestoredColumn): string {
  if (column === "tags") {
    return `(select coalesce(array_agg(tag order by place), '{}')
      from jsonb_array_elements_text(c.before) with ordinality as tags (tag, place))`;
  }
  if (column === "lifecycle_since") return "(c.before #>> '{}')::timestamptz";
  return column === "lifecycle" ? "coalesce(c.before #>> '{}', 'active')" : "c.before #>> '{}'";
}

async function restoreColumn({ sql }: Db, id: number, column: RestoredColumn): Promise<void> {
  await sql`
    update stores t set ${sql(column)} = ${sql.unsafe(earlierValue(column))} from import_store_changes c
    where c.import_id = ${id} and c.field = ${column} and t.store_key = c.store_key`;
}
