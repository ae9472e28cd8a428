import type { Db } from "@/db/client";
import { lockStoreValues, storeValues, type StoreFileKind } from "./store-values";

/** The temporary table with a file's stores. */
const stageOf: Record<StoreFileKind, string> = {
  hours: "import_stores",
  exceptions: "import_stores",
  timezones: "import_zones",
  stores: "import_details",
};

/** The present stores of the file's ids: an earlier id gives its values to the store that has it. */
const storesOfFile =
  "select distinct coalesce(t.merged_into, t.store_key) as store_key from stores t join import_ids i on i.store_id = t.store_id";

/**
 * Runs the merge of a staged file in the open transaction, and records for the import which values of stores it
 * changed.
 */
export async function recordStoreChanges<T>(
  db: Db,
  importId: number,
  kind: StoreFileKind,
  merge: () => Promise<T>,
): Promise<T> {
  const { sql } = db;
  // A merge may take stores out of its stage, and may add stores.
  await sql.unsafe(`create temp table import_ids on commit drop as select store_id from ${stageOf[kind]}`);
  await sql`analyze import_ids`;
  await lockStoreValues(db, kind, storesOfFile);
  await sql.unsafe(`create temp table import_before on commit drop as ${storeValues(kind, storesOfFile)}`);
  await sql`analyze import_before`;
  const merged = await merge();
  await sql.unsafe(
    `insert into import_store_changes (import_id, store_key, field, before, after)
    select $1::bigint, store_key, field, before.value, after.value
    from import_before before full join (${storeValues(kind, storesOfFile)}) after using (store_key, field)
    where before.value is distinct from after.value`,
    [importId],
  );
  return merged;
}
