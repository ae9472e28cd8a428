import type { Db, Sql } from "@/db/client";
import { as, orNull, readOneRow, readRows, type ColumnType, type RowOf } from "@/db/rows";
import { fleetRows } from "@/db/schema/fleet-rows";
import { stores } from "@/db/schema/stores";
import {
  isEveryStore,
  isListed,
  matchingRows,
  stateRank,
  whereRows,
  whereStores,
  type FleetFilter,
  type Fragment,
  type Those,
} from "./fleet-filter";
import type { FleetRow } from "./fleet-rows";

/** What a list of stores is sorted by; ties are broken by the id, in the same direction. */
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

/** Orders in which some stores may have no value: these come last in both directions. */
const withoutValues: ReadonlySet<FleetOrder> = new Set([
  ...(["uptime_hour", "uptime_day", "uptime_week", "coverage_week", "state", "state_since", "name"] as const),
]);

/** The last row of a page: its value in the order (null if it has none) and its id. */
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
  /** Whether retired stores match too, without being asked for by their state. Default: listed. */
  readonly those?: Those;
}

export interface FleetListRow extends FleetRow {
  readonly name: string | null;
  readonly brand: string | null;
  readonly group: string | null;
  readonly tags: readonly string[];
  /** IANA id; null when none was given. */
  readonly timeZone: string | null;
  /** As of now, not of the snapshot. */
  readonly lifecycle: string;
  /** The value that the row is sorted by, as a cursor contains it. */
  readonly position: FleetPosition;
}

/** The type of `sort_value`: int4, text, float8 or timestamptz, null for no value. */
const sortValueType: ColumnType<number | string | null> = orNull({
  oids: [23, 25, 701, 1184],
  nullable: false,
  read: (value) => (typeof value === "number" ? value : String(value)),
});

const { storeKey, storeId, state, stateSince, lastPollAt, uptimeHour, uptimeDay, uptimeWeek } = fleetRows;
const { downMsHour, downMsDay, downMsWeek, coverageHour, coverageDay, coverageWeek } = fleetRows;
const { name, brand, groupName, tags, timeZone, lifecycle } = stores;

const listRow = {
  ...{ storeKey, storeId, state, stateSince, lastPollAt, uptimeHour, uptimeDay, uptimeWeek },
  ...{ downMsHour, downMsDay, downMsWeek, coverageHour, coverageDay, coverageWeek },
  ...{ name, brand, groupName, tags, timeZone, lifecycle },
  sortValue: sortValueType,
};
const matchingRow = { matching: as.number, keys: orNull(as.numberArray) };

function toRow({ sortValue, groupName: group, ...row }: RowOf<typeof listRow>): FleetListRow {
  return {
    storeKey: row.storeKey,
    storeId: row.storeId,
    name: row.name,
    brand: row.brand,
    group,
    tags: row.tags,
    timeZone: row.timeZone,
    lifecycle: row.lifecycle,
    state: row.state,
    stateSince: row.stateSince,
    lastPollAt: row.lastPollAt,
    uptime: { hour: row.uptimeHour, day: row.uptimeDay, week: row.uptimeWeek },
    downMs: { hour: row.downMsHour, day: row.downMsDay, week: row.downMsWeek },
    coverage: { hour: row.coverageHour, day: row.coverageDay, week: row.coverageWeek },
    position: { value: sortValue, storeId: row.storeId },
  };
}

const columns = [
  ...["store_key", "store_id", "state", "state_since", "last_poll_at", "uptime_hour", "uptime_day", "uptime_week"],
  ...["down_ms_hour", "down_ms_day", "down_ms_week", "coverage_hour", "coverage_day", "coverage_week"],
].map((column) => `f.${column}`);
const labels = ["s.name", "s.brand", "s.group_name", "s.tags", "s.time_zone", "s.lifecycle"];

/** The expression that a row is sorted by. */
function sortValue(sql: Sql, order: FleetOrder): Fragment {
  switch (order) {
    case "state":
      return stateRank(sql);
    case "name":
      return sql`s.name collate "und-x-icu"`;
    case "store_id":
      return sql`null::text`;
    default:
      return sql`f.${sql(order)}`;
  }
}

/** The value of a position, in the type and the collation of the column that it is compared with. */
function positionValue(sql: Sql, order: FleetOrder, value: number | string): Fragment {
  if (order === "name") return sql`${value}::text collate "und-x-icu"`;
  if (order === "state_since") return sql`${value}::timestamptz`;
  if (order === "down_ms_week" || order === "state") return sql`${value}::int4`;
  return sql`${value}::float8`;
}

/** The maximum number of matching stores that are looked up one by one. With more, a page is soon full in any order. */
const few = 1_000;

/** The number of stores of a snapshot that match, and their keys when they are few. */
async function findMatching(
  { sql }: Db,
  reportId: number,
  filter: FleetFilter,
  those: Those | undefined,
): Promise<{ readonly matching: number; readonly keys: readonly number[] | null }> {
  const found = await readOneRow(
    sql`
    select count(*)::int as matching, case when count(*) <= ${few} then array_agg(f.store_key) end as keys
    from ${matchingRows(sql, reportId, filter, those)}`,
    matchingRow,
  );
  return { ...found, keys: found.matching === 0 ? [] : found.keys };
}

/**
 * A page of the stores that have a value in the order, or of the others, after the previous page.
 * @param narrowed further conditions, each after an `and`
 */
export function selectListed(
  sql: Sql,
  { reportId, order, descending, after, limit }: FleetPageRequest,
  those: "valued" | "others",
  narrowed: Fragment,
) {
  const direction = descending ? sql`desc` : sql`asc`;
  const comparison = descending ? sql`<` : sql`>`;
  // From the table that has the order's index. Names are read from the stores: they may change after the snapshot.
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
  // Stores without a value are also read by the value: they are in the index, too, in order of their ids.
  const by = order === "store_id" ? sql`` : sql`${value} ${direction},`;
  return sql`
    select ${sql(columns)}, ${sql(labels)}, ${value} as sort_value
    from fleet_rows as f join stores as s on s.store_key = f.store_key
    where f.report_id = ${reportId} ${which} ${from} ${narrowed} order by ${by} ${id} ${direction} limit ${limit}`;
}

/**
 * One page of a snapshot's matching stores, and their number. Every order has an index along which the page is read;
 * when a filter leaves few stores they are read by their keys. Stores without a value in the order are read by a second
 * query, after those with a value.
 * @returns `matching` null when the filter excludes none: it is the number of stores that the snapshot lists
 */
export async function listFleetRows(
  db: Db,
  filter: FleetFilter,
  request: FleetPageRequest,
): Promise<{ readonly rows: FleetListRow[]; readonly matching: number | null }> {
  const { reportId, order, after, limit, those } = request;
  const everything = isEveryStore(filter);
  const { matching, keys } = everything
    ? { matching: null, keys: null }
    : await findMatching(db, reportId, filter, those);
  if (matching === 0) return { rows: [], matching };
  const narrowed = everything
    ? db.sql`and ${isListed(db.sql)}`
    : keys === null
      ? db.sql`${whereRows(db.sql, filter, those)} ${whereStores(db.sql, filter, "many")}`
      : db.sql`and f.store_key = any(${[...keys]}::int[])`;
  const rows: FleetListRow[] = [];
  if (after === null || after.value !== null || order === "store_id") {
    rows.push(...(await readRows(selectListed(db.sql, request, "valued", narrowed), listRow)).map(toRow));
  }
  if (rows.length < limit && rows.length !== matching && withoutValues.has(order)) {
    const others = { ...request, limit: limit - rows.length };
    rows.push(...(await readRows(selectListed(db.sql, others, "others", narrowed), listRow)).map(toRow));
  }
  return { rows, matching };
}
