import { CopyWriter } from "@/db/copy/copy-writer";
import type { SqlOrTx } from "@/db/client";
import type { EpochMs, PerWindow } from "@/lib/uptime/types";

/** What a store is doing, as `lib/uptime/store-state.ts` says it. */
export type FleetState = "online" | "offline" | "closed" | "no_recent_check";

export interface FleetRow {
  readonly storeKey: number;
  readonly storeId: string;
  readonly state: FleetState;
  readonly stateSince: EpochMs | null;
  readonly lastPollAt: EpochMs | null;
  readonly uptime: PerWindow<number | null>;
  readonly downMs: PerWindow<number>;
  readonly coverage: PerWindow<number | null>;
}

export async function writeFleetRows(tx: SqlOrTx, reportId: number, rows: Iterable<FleetRow>): Promise<void> {
  const copy = `
    copy fleet_rows (report_id, store_key, store_id, state, state_since, last_poll_at,
      uptime_hour, uptime_day, uptime_week, down_ms_hour, down_ms_day, down_ms_week,
      coverage_hour, coverage_day, coverage_week) from stdin (format binary)`;
  const writer = await CopyWriter.open(tx, copy, 15);
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

/** The columns that a list of stores is ordered by; ties are broken by the id, in the same direction. */
export type FleetOrder = "uptime_week" | "uptime_day" | "down_ms_week" | "store_id";

export interface FleetFilter {
  /** Part of an id or a name, in any case. */
  readonly text: string | null;
  readonly state: FleetState | null;
}

/** Where a page ended: the last row's value in the order's column (null where it has none) and its id. */
export interface FleetPosition {
  readonly value: number | null;
  readonly storeId: string;
}

export interface FleetPageRequest {
  readonly reportId: number;
  readonly order: FleetOrder;
  readonly descending: boolean;
  readonly after: FleetPosition | null;
  readonly limit: number;
}

export interface FleetListRow extends FleetRow {
  readonly name: string | null;
}

interface RawFleetRow {
  store_key: number;
  store_id: string;
  name: string | null;
  state: FleetState;
  state_since: string | null;
  last_poll_at: string | null;
  uptime_hour: number | null;
  uptime_day: number | null;
  uptime_week: number | null;
  down_ms_hour: number;
  down_ms_day: number;
  down_ms_week: number;
  coverage_hour: number | null;
  coverage_day: number | null;
  coverage_week: number | null;
}

const instantOf = (text: string | null): EpochMs | null => (text === null ? null : Date.parse(text));

function toRow(raw: RawFleetRow): FleetListRow {
  return {
    storeKey: raw.store_key,
    storeId: raw.store_id,
    name: raw.name,
    state: raw.state,
    stateSince: instantOf(raw.state_since),
    lastPollAt: instantOf(raw.last_poll_at),
    uptime: { hour: raw.uptime_hour, day: raw.uptime_day, week: raw.uptime_week },
    downMs: { hour: raw.down_ms_hour, day: raw.down_ms_day, week: raw.down_ms_week },
    coverage: { hour: raw.coverage_hour, day: raw.coverage_day, week: raw.coverage_week },
  };
}

/** A pattern that finds `text` itself, whatever signs are in it. */
function likePattern(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

const fleetColumns = [
  ...["store_key", "store_id", "state", "state_since", "last_poll_at", "uptime_hour", "uptime_day", "uptime_week"],
  ...["down_ms_hour", "down_ms_day", "down_ms_week", "coverage_hour", "coverage_day", "coverage_week"],
];

/**
 * One page of a snapshot's stores that match, and how many do, in one pass over the snapshot: text is in no index that
 * every server has. Stores without a value in the order's column come last in both directions.
 */
export async function searchFleetRows(
  sql: SqlOrTx,
  { text, state }: FleetFilter,
  { reportId, order, descending, after, limit }: FleetPageRequest,
): Promise<{ readonly rows: FleetListRow[]; readonly matching: number }> {
  const direction = descending ? sql`desc` : sql`asc`;
  const comparison = descending ? sql`<` : sql`>`;
  const pattern = text === null ? null : likePattern(text);
  const ofText =
    pattern === null
      ? sql``
      : sql`and (lower(f.store_id) like ${pattern.toLowerCase()} or s.name collate "und-x-icu" ilike ${pattern})`;
  const ofState = state === null ? sql`` : sql`and f.state = ${state}`;
  const column = sql(order);
  const byId = order === "store_id";
  const beyond =
    after === null
      ? sql``
      : byId || after.value === null
        ? sql`where ${byId ? sql`` : sql`${column} is null and`} store_id ${comparison} ${after.storeId}`
        : sql`where ${column} is null or (${column}, store_id) ${comparison} (${after.value}, ${after.storeId} collate "C")`;
  const by = byId ? sql`` : sql`${column} ${direction} nulls last,`;
  const found = await sql<((RawFleetRow | { store_key: null }) & { matching: number })[]>`
    with hits as materialized (
      select ${sql(fleetColumns.map((name) => `f.${name}`))}, s.name
      from fleet_rows as f join stores as s on s.store_key = f.store_key
      where f.report_id = ${reportId} ${ofState} ${ofText}
    ), page as (
      select * from hits ${beyond} order by ${by} store_id ${direction} limit ${limit}
    )
    select page.*, (select count(*)::int from hits) as matching
    from (select 1) as one left join page on true order by ${by} store_id ${direction}`;
  // Where no store is on the page there is one row, which holds the count alone.
  const rows = found.flatMap((row) => (row.store_key === null ? [] : toRow(row)));
  return { rows, matching: found[0]?.matching ?? 0 };
}

/**
 * One page of a snapshot's stores by the order's index. Stores without a value in the order's column come last in both
 * directions: they are read by a second query, once those with a value are through.
 */
export async function listFleetRows(sql: SqlOrTx, request: FleetPageRequest): Promise<FleetListRow[]> {
  const { reportId, order, descending, after, limit } = request;
  const column = sql.unsafe(`f.${order}`);
  const direction = descending ? sql`desc` : sql`asc`;
  const comparison = descending ? sql`<` : sql`>`;
  const select = sql`
    select ${sql(fleetColumns.map((name) => `f.${name}`))}, s.name
    from fleet_rows as f join stores as s on s.store_key = f.store_key
    where f.report_id = ${reportId}`;

  if (order === "store_id") {
    const from = after === null ? sql`` : sql`and f.store_id ${comparison} ${after.storeId}`;
    return (await sql<RawFleetRow[]>`${select} ${from} order by f.store_id ${direction} limit ${limit}`).map(toRow);
  }
  const rows: FleetListRow[] = [];
  if (after === null || after.value !== null) {
    const from =
      after === null
        ? sql``
        : sql`and (${column}, f.store_id) ${comparison} (${after.value}, ${after.storeId} collate "C")`;
    const valued = await sql<RawFleetRow[]>`
      ${select} and ${column} is not null ${from}
      order by ${column} ${direction}, f.store_id ${direction} limit ${limit}`;
    rows.push(...valued.map(toRow));
  }
  if (rows.length < limit && order !== "down_ms_week") {
    const from = after?.value === null ? sql`and f.store_id ${comparison} ${after.storeId}` : sql``;
    const others = await sql<RawFleetRow[]>`
      ${select} and ${column} is null ${from} order by f.store_id ${direction} limit ${limit - rows.length}`;
    rows.push(...others.map(toRow));
  }
  return rows;
}
