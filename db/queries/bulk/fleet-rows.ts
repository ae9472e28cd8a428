import { CopyWriter } from "@/db/copy-streams/copy-writer";
import type { Db } from "@/db/client";
import type { StoreState } from "@/lib/uptime/store-state";
import type { EpochMs, PerWindow } from "@/lib/uptime/types";

export interface FleetRow {
  readonly storeKey: number;
  readonly storeId: string;
  readonly state: StoreState;
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
