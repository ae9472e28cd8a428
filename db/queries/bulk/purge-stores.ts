import type { Db } from "@/db/client";

/** Deletes the polls of stores, and all that was kept about them, in the open transaction. @returns the number of polls */
export async function purgePolls({ sql }: Db, storeKeys: readonly number[]): Promise<number> {
  const keys = sql`any(${[...storeKeys]}::int[])`;
  const { count } = await sql`delete from polls where store_key = ${keys}`;
  await sql`delete from poll_conflicts where store_key = ${keys}`;
  await sql`delete from removed_polls where store_key = ${keys}`;
  await sql`delete from poll_removals where store_key = ${keys}`;
  await sql`delete from import_poll_changes where store_key = ${keys}`;
  // Earlier ids are deleted with their store. An undo would fail for all stores of a file if it restored one that is gone.
  await sql`
    delete from import_store_changes
    where store_key = ${keys} or store_key in (select store_key from stores where merged_into = ${keys})`;
  await sql`delete from merged_polls where store_key = ${keys}`;
  await sql`delete from store_merges where target_key = ${keys} or source_key = ${keys}`;
  return count;
}
