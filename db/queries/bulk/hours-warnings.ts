import type { Db } from "@/db/client";

/** Ids of stores that an import of hours warned about. */
export interface HoursWarnings {
  /** They keep the hours they had, because a row was rejected. */
  readonly kept: readonly string[];
  /** Days outside 0 to 6 beside days inside. */
  readonly shifted: readonly string[];
}

/**
 * Replaces what imports said about the stores of a file of hours, in the transaction of the import. Unknown stores are
 * skipped.
 * @param importId null: an import by a command
 */
export async function recordHoursWarnings(
  { sql }: Db,
  { kept, shifted }: HoursWarnings,
  importId: number | null,
): Promise<void> {
  await sql`delete from hours_warnings w using import_stores i where w.store_key = i.store_key`;
  for (const [code, ids] of [["kept_hours", kept] as const, ["shifted_days", shifted] as const]) {
    if (ids.length === 0) continue;
    await sql`
      insert into hours_warnings (store_key, code, import_id, at)
      select distinct coalesce(s.merged_into, s.store_key), ${code}, ${importId}::bigint, now()
      from unnest(${[...ids]}::text[]) as given (store_id) join stores s on s.store_id = given.store_id collate "C"
      order by 1
      on conflict (store_key, code) do update set import_id = excluded.import_id, at = excluded.at`;
  }
}
