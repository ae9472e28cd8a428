import type { Database } from "@/db/client";
import type { ImportKind } from "@/lib/server/imports/csv-header";
import { importFile } from "@/lib/server/imports/import-file";
import type { ImportResult } from "@/lib/server/imports/import-result";
import { asSource, pieces, testNow } from "./read-bytes";

const headers: Record<ImportKind, string> = {
  polls: "store_id,status,timestamp_utc",
  hours: "store_id,day,start_time_local,end_time_local",
  timezones: "store_id,timezone_str",
  stores: "store_id,name,brand,group,address,url",
  exceptions: "store_id,date,start_time_local,end_time_local",
};

/** Imports rows under the header of their kind. */
export function importRows(database: Database, kind: ImportKind, rows: readonly string[]): Promise<ImportResult> {
  return importText(database, kind, `${[headers[kind], ...rows].join("\n")}\n`);
}

export function importText(database: Database, kind: ImportKind, text: string): Promise<ImportResult> {
  return importFile(database, { kind, source: asSource(pieces(Buffer.from(text), 10_000)), now: testNow });
}

/** accepted, duplicate, conflicting, rejected, blank. */
export function countsOf({ counts }: ImportResult): readonly number[] {
  return [counts.accepted, counts.duplicate, counts.conflicting, counts.rejected, counts.blank];
}

/** Everything that imports write, by store id, as one text. Store keys are left out, because they depend on order. */
export async function endState({ sql }: Database): Promise<string> {
  const [row] = await sql<{ state: string }[]>`
    select jsonb_build_object(
      'stores', (select jsonb_agg(jsonb_build_array(store_id, time_zone) order by store_id) from stores),
      'polls', (select jsonb_agg(jsonb_build_array(store_id, at, active) order by store_id, at)
                from polls join stores using (store_key)),
      'conflicts', (select jsonb_agg(jsonb_build_array(store_id, at) order by store_id, at)
                    from poll_conflicts join stores using (store_key)),
      'hours', (select jsonb_agg(jsonb_build_array(store_id, day, start_second, end_second)
                                 order by store_id, day, start_second, end_second)
                from business_hours join stores using (store_key)),
      'earlier', (select jsonb_agg(jsonb_build_array(store_id, valid_before, hours) order by store_id, valid_before)
                  from earlier_hours join stores using (store_key)),
      'newest', (select newest_poll_at from fleet_state))::text as state`;
  return row?.state ?? "";
}

/** What files of hours, special hours, time zones and names can change. */
export async function storeState({ sql }: Database): Promise<unknown> {
  const [row] = await sql`
    select
      (select jsonb_agg(to_jsonb(s) - 'created_at' order by store_id) from stores s) as stores,
      (select jsonb_agg(to_jsonb(b) order by b) from business_hours b) as hours,
      (select jsonb_agg(to_jsonb(e) order by e) from earlier_hours e) as earlier,
      (select jsonb_agg(to_jsonb(e) order by e) from schedule_exceptions e) as exceptions`;
  return row;
}

export async function dataVersion({ sql }: Database): Promise<number> {
  const [row] = await sql<{ version: string }[]>`select data_version as version from fleet_state`;
  return Number(row?.version);
}

/** Deletes everything that imports write. */
export async function clear({ sql }: Database): Promise<void> {
  await sql`truncate stores, polls, poll_conflicts, business_hours, schedule_exceptions cascade`;
  await sql`update fleet_state set newest_poll_at = null`;
}
