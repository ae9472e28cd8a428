import type { SqlOrTx } from "@/db/client";
import { among } from "@/db/store-set";
import type { EpochMs } from "@/lib/uptime/types";
import type { FleetRow, FleetState } from "./fleet-rows";

/** What a list of stores is ordered by; ties are broken by the id, in the same direction. */
export type FleetOrder =
  | "uptime_hour"
  | "uptime_day"
  | "uptime_week"
  | "down_ms_week"
  | "coverage_week"
  | "state"
  | "state_since"
  | "name"
  | "store_id";

/** Orders that have an index: a page of the whole fleet costs the same in any fleet. */
const indexed: ReadonlySet<FleetOrder> = new Set(["uptime_day", "uptime_week", "down_ms_week", "name", "store_id"]);

/** Of the stores of a snapshot those for which all holds that is not null. */
export interface FleetFilter {
  /** Keys of the stores that may be listed; null: all. */
  readonly stores: readonly number[] | null;
  /** Part of an id or a name, in any case. */
  readonly text: string | null;
  readonly state: FleetState | null;
  readonly brand: string | null;
  readonly group: string | null;
  /** Stores that are offline, or whose day's uptime ratio is below `uptimeBelow`; or stores of which neither is so. */
  readonly preset: { readonly name: "needs_attention" | "on_track"; readonly uptimeBelow: number } | null;
}

/** Where a page ended: the last row's value in the order (null where it has none) and its id. */
export interface FleetPosition {
  readonly value: number | string | null;
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
  readonly brand: string | null;
  readonly group: string | null;
  /** IANA id; null where none was given. */
  readonly timeZone: string | null;
  /** What the row is ordered by, as a position holds it. */
  readonly position: FleetPosition;
}

interface RawFleetRow {
  store_key: number;
  store_id: string;
  name: string | null;
  brand: string | null;
  group_name: string | null;
  time_zone: string | null;
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
  sort_value: number | string | null;
}

const instantOf = (text: string | null): EpochMs | null => (text === null ? null : Date.parse(text));

function toRow(raw: RawFleetRow): FleetListRow {
  return {
    storeKey: raw.store_key,
    storeId: raw.store_id,
    name: raw.name,
    brand: raw.brand,
    group: raw.group_name,
    timeZone: raw.time_zone,
    state: raw.state,
    stateSince: instantOf(raw.state_since),
    lastPollAt: instantOf(raw.last_poll_at),
    uptime: { hour: raw.uptime_hour, day: raw.uptime_day, week: raw.uptime_week },
    downMs: { hour: raw.down_ms_hour, day: raw.down_ms_day, week: raw.down_ms_week },
    coverage: { hour: raw.coverage_hour, day: raw.coverage_day, week: raw.coverage_week },
    position: { value: raw.sort_value, storeId: raw.store_id },
  };
}

const columns = [
  ...["store_key", "store_id", "state", "state_since", "last_poll_at", "uptime_hour", "uptime_day", "uptime_week"],
  ...["down_ms_hour", "down_ms_day", "down_ms_week", "coverage_hour", "coverage_day", "coverage_week"],
].map((name) => `f.${name}`);
const labels = ["s.name", "s.brand", "s.group_name", "s.time_zone"];

/** What a row is ordered by. States go from the one that wants somebody most to the one that wants nobody. */
function sortValue(sql: SqlOrTx, order: FleetOrder) {
  switch (order) {
    case "state":
      return sql`array_position(array['offline', 'no_recent_check', 'online', 'closed'], f.state)`;
    case "name":
      return sql`s.name collate "und-x-icu"`;
    case "store_id":
      return sql`null::text`;
    default:
      return sql`f.${sql(order)}`;
  }
}

/** The value of a position, in the type and the collation of the column that it is compared with. */
function positionValue(sql: SqlOrTx, order: FleetOrder, value: number | string) {
  if (order === "name") return sql`${value}::text collate "und-x-icu"`;
  if (order === "state_since") return sql`${value}::timestamptz`;
  if (order === "down_ms_week") return sql`${value}::int4`;
  return sql`${value}::float8`;
}

function whereMatches(sql: SqlOrTx, { stores, text, state, brand, group, preset }: FleetFilter) {
  const ofText =
    text === null
      ? sql``
      : // A comparison of which the planner expects many rows: with LIKE it expects few, and looks each of many up.
        sql`and strpos(s.search_text, lower(${text}::text collate "und-x-icu") collate "C") > 0`;
  const ofPreset =
    preset === null
      ? sql``
      : preset.name === "needs_attention"
        ? sql`and (f.state = 'offline' or f.uptime_day < ${preset.uptimeBelow})`
        : sql`and f.state in ('online', 'closed') and (f.uptime_day is null or f.uptime_day >= ${preset.uptimeBelow})`;
  return sql`${ofText} ${ofPreset}
    ${stores === null ? sql`` : sql`and ${among(sql, sql`f.store_key`, stores)}`}
    ${state === null ? sql`` : sql`and f.state = ${state}`}
    ${brand === null ? sql`` : sql`and s.brand = ${brand}`}
    ${group === null ? sql`` : sql`and s.group_name = ${group}`}`;
}

/**
 * One page of a snapshot's stores that match, and how many do, in a pass or two over the snapshot: text is in no index
 * that every server has. Stores without a value in the order come last in both directions.
 * @returns `matching` null where the filter leaves out none: they are as many as the snapshot's stores
 */
export async function searchFleetRows(
  sql: SqlOrTx,
  filter: FleetFilter,
  { reportId, order, descending, after, limit }: FleetPageRequest,
): Promise<{ readonly rows: FleetListRow[]; readonly matching: number | null }> {
  const direction = descending ? sql`desc` : sql`asc`;
  const comparison = descending ? sql`<` : sql`>`;
  const byId = order === "store_id";
  const beyond =
    after === null
      ? sql``
      : byId || after.value === null
        ? sql`where ${byId ? sql`` : sql`sort_value is null and`} store_id ${comparison} ${after.storeId}`
        : sql`where sort_value is null or (sort_value, store_id)
            ${comparison} (${positionValue(sql, order, after.value)}, ${after.storeId} collate "C")`;
  const by = byId ? sql`` : sql`sort_value ${direction} nulls last,`;
  // Of what matches only what it takes to find the page is looked at; the rest is read for the page's rows alone.
  const needsStores = filter.text !== null || filter.brand !== null || filter.group !== null || order === "name";
  // To look through texts costs more than to keep what was found; to look at columns again, less.
  const kept = filter.text === null ? sql`not materialized` : sql`materialized`;
  const matching = isEmpty(filter) ? sql`null::int` : sql`(select count(*)::int from hits)`;
  const found = await sql<((RawFleetRow | { store_key: null }) & { matching: number | null })[]>`
    with hits as ${kept} (
      select f.store_key, f.store_id, ${sortValue(sql, order)} as sort_value
      from fleet_rows as f ${needsStores ? sql`join stores as s on s.store_key = f.store_key` : sql``}
      where f.report_id = ${reportId} ${whereMatches(sql, filter)}
    ), page as (
      select * from hits ${beyond} order by ${by} store_id ${direction} limit ${limit}
    ), shown as (
      select ${sql(columns)}, ${sql(labels)}, page.sort_value
      from page join fleet_rows as f on f.report_id = ${reportId} and f.store_key = page.store_key
      join stores as s on s.store_key = page.store_key
    )
    select shown.*, ${matching} as matching
    from (select 1) as one left join shown on true order by ${by} store_id ${direction}`;
  // Where no store is on the page there is one row, which holds the count alone.
  const rows = found.flatMap((row) => (row.store_key === null ? [] : toRow(row)));
  return { rows, matching: found[0]?.matching ?? null };
}

/** Whether a filter leaves out no store. */
export function isEmpty(filter: FleetFilter): boolean {
  return Object.values(filter).every((one) => one === null);
}

/** Whether `listFleetRows` can read the order from an index. */
export function isIndexed(order: FleetOrder): boolean {
  return indexed.has(order);
}

/** A page of the stores that have a value in an indexed order, or of the others, from where the page before ended. */
export function selectListed(sql: SqlOrTx, request: FleetPageRequest, those: "valued" | "others") {
  const { reportId, order, descending, after, limit } = request;
  const direction = descending ? sql`desc` : sql`asc`;
  const comparison = descending ? sql`<` : sql`>`;
  // Of the table that has the order's index. Names stay with the stores: they may change after the snapshot.
  const id = order === "name" ? sql`s.store_id` : sql`f.store_id`;
  const value = sortValue(sql, order);
  const which =
    order === "store_id" ? sql`` : those === "valued" ? sql`and ${value} is not null` : sql`and ${value} is null`;
  const from =
    after === null || (those === "others" && after.value !== null)
      ? sql``
      : after.value === null
        ? sql`and ${id} ${comparison} ${after.storeId}`
        : sql`and (${value}, ${id}) ${comparison} (${positionValue(sql, order, after.value)}, ${after.storeId} collate "C")`;
  // By the value also those that have none: they stand in the index, too, in order of their ids.
  const by = order === "store_id" ? sql`` : sql`${value} ${direction},`;
  return sql<RawFleetRow[]>`
    select ${sql(columns)}, ${sql(labels)}, ${value} as sort_value
    from fleet_rows as f join stores as s on s.store_key = f.store_key
    where f.report_id = ${reportId} ${which} ${from} order by ${by} ${id} ${direction} limit ${limit}`;
}

/**
 * One page of a snapshot's stores by the index of an order that has one. Stores without a value in the order's column
 * come last in both directions: they are read by a second query, once those with a value are through.
 */
export async function listFleetRows(sql: SqlOrTx, request: FleetPageRequest): Promise<FleetListRow[]> {
  const { order, after, limit } = request;
  const rows: FleetListRow[] = [];
  if (order === "store_id" || after === null || after.value !== null) {
    rows.push(...(await selectListed(sql, request, "valued")).map(toRow));
  }
  if (rows.length < limit && order !== "down_ms_week" && order !== "store_id") {
    const others = await selectListed(sql, { ...request, limit: limit - rows.length }, "others");
    rows.push(...others.map(toRow));
  }
  return rows;
}
