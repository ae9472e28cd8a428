import { CopyWriter } from "@/db/copy-streams/copy-writer";
import type { Db } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, readOneRow } from "@/db/rows";
import type { StoreState } from "@/lib/uptime/store-state";
import type { EpochMs, PerWindow } from "@/lib/uptime/types";

/** The state of a store in a list; paused and retired stores have no other. */
export type ListedState = StoreState | "paused" | "retired";

export interface FleetRow {
  readonly storeKey: number;
  readonly storeId: string;
  readonly state: ListedState;
  readonly stateSince: EpochMs | null;
  readonly lastPollAt: EpochMs | null;
  readonly uptime: PerWindow<number | null>;
  readonly downMs: PerWindow<number>;
  readonly coverage: PerWindow<number | null>;
}

/** Writes rows of a snapshot into `fleet_rows` or a table like it. */
export async function writeFleetRows(
  { sql }: Db,
  table: string,
  reportId: number,
  rows: Iterable<FleetRow>,
): Promise<void> {
  const copy = `
    copy ${table} (report_id, store_key, store_id, state, state_since, last_poll_at,
      uptime_hour, uptime_day, uptime_week, down_ms_hour, down_ms_day, down_ms_week,
      coverage_hour, coverage_day, coverage_week) from stdin (format binary)`;
  const writer = await CopyWriter.open(sql, copy, 15);
  for (const row of rows) {
    await writer.row();
    writer.int8(reportId);
    writer.int4(row.storeKey);
    writer.text(row.storeId);
    writer.text(row.state);
    writer.instant(row.stateSince);
    writer.instant(row.lastPollAt);
    for (const value of [row.uptime.hour, row.uptime.day, row.uptime.week]) writer.float8(value);
    for (const value of [row.downMs.hour, row.downMs.day, row.downMs.week]) writer.int4(value);
    for (const value of [row.coverage.hour, row.coverage.day, row.coverage.week]) writer.float8(value);
  }
  await writer.end();
}

const uncountedRow = { paused: as.number, retired: as.number };

/**
 * Adds the paused and the retired stores to a snapshot, without figures. A store whose lifecycle changes at this moment
 * may have been counted already. @returns their numbers
 */
export async function addUncountedRows(
  { sql }: Db,
  reportId: number,
  asOf: EpochMs,
): Promise<{ readonly paused: number; readonly retired: number }> {
  return readOneRow(
    sql`
    with added as (
      insert into fleet_rows (report_id, store_key, store_id, state, state_since, last_poll_at,
        down_ms_hour, down_ms_day, down_ms_week)
      select ${reportId}, s.store_key, s.store_id, s.lifecycle, s.lifecycle_since,
        (select p.at from polls p
          where p.store_key = s.store_key and p.at <= ${instantText(asOf)}::timestamptz order by p.at desc limit 1),
        0, 0, 0
      from stores s where s.lifecycle <> 'active' and s.lifecycle in ('paused', 'retired')
      order by s.store_key
      on conflict do nothing returning state)
    select (count(*) filter (where state = 'paused'))::int as paused,
      (count(*) filter (where state = 'retired'))::int as retired from added`,
    uncountedRow,
  );
}
