import type { PendingQuery, Row } from "postgres";
import { CopyWriter } from "@/db/copy-streams/copy-writer";
import type { Db, Sql } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, readOneRow, readRows, type RowOf } from "@/db/rows";
import { fleetIncidents } from "@/db/schema/fleet-incidents";
import { stores } from "@/db/schema/stores";
import type { EpochMs } from "@/lib/uptime/types";
import { isEveryStore, matchingRows, type FleetFilter } from "./fleet-filter";

/** An incident as it is written, without the snapshot it belongs to. */
export interface FleetIncident {
  readonly storeKey: number;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly downMs: number;
  readonly polls: number;
  readonly ongoing: boolean;
  readonly startKnown: boolean;
}

/** Writes incidents of a snapshot into `fleet_incidents` or a table like it. */
export async function writeFleetIncidents(
  { sql }: Db,
  table: string,
  reportId: number,
  incidents: readonly FleetIncident[],
): Promise<void> {
  const copy = `copy ${table} (report_id, store_key, started_at, ended_at, down_ms, polls, ongoing, start_known)
    from stdin (format binary)`;
  const writer = await CopyWriter.open(sql, copy, 8);
  for (const incident of incidents) {
    await writer.row();
    writer.int8(reportId);
    writer.int4(incident.storeKey);
    writer.instant(incident.start);
    writer.instant(incident.end);
    writer.int4(incident.downMs);
    writer.int4(incident.polls);
    writer.boolean(incident.ongoing);
    writer.boolean(incident.startKnown);
  }
  await writer.end();
}

/** What a list of incidents is sorted by, descending; ties are broken by the start, then by the key of the store. */
export type IncidentOrder = "start" | "down";

/** The last incident of a page. */
export interface IncidentPosition {
  readonly start: EpochMs;
  readonly downMs: number;
  readonly storeKey: number;
}

const { storeKey, startedAt, endedAt, downMs, polls, ongoing, startKnown } = fleetIncidents;
const { storeId, name, brand, groupName, timeZone } = stores;

const incidentRow = {
  ...{ storeKey, startedAt, endedAt, downMs, polls, ongoing, startKnown },
  ...{ storeId, name, brand, groupName, timeZone },
};
const countRow = { matching: as.number };

export type ListedIncident = RowOf<typeof incidentRow>;

/** Which incidents of a snapshot are listed: those of matching stores that end after an instant. */
export interface IncidentSelection {
  readonly reportId: number;
  readonly endsAfter: EpochMs;
  readonly stores: FleetFilter;
}

type Fragment = PendingQuery<Row[]>;

/**
 * The condition that the store of `fleet_incidents as i` is among `keys`. Each incident is looked up in a hash table.
 * Without `is true` it would be a join, for which the planner expects few stores, and which compares every incident
 * with every store.
 */
const isOf = (sql: Sql, keys: Fragment): Fragment => sql`and (i.store_key in (${keys})) is true`;

/** What follows `from`: `fleet_incidents as i` with the conditions of a selection. */
export function selectedIncidents(sql: Sql, { reportId, endsAfter, stores: filter }: IncidentSelection): Fragment {
  const { stores: visible } = filter;
  const others: FleetFilter = { ...filter, stores: null };
  const ofVisible = visible === null ? sql`` : isOf(sql, sql`select unnest(${[...visible]}::int[])`);
  const ofOthers = isEveryStore(others)
    ? sql``
    : isOf(sql, sql`select f.store_key from ${matchingRows(sql, reportId, others)}`);
  return sql`
    fleet_incidents as i where i.report_id = ${reportId} and i.ended_at > ${instantText(endsAfter)}::timestamptz
    ${ofVisible} ${ofOthers}`;
}

/** How many incidents a selection has. */
export async function countIncidents({ sql }: Db, selection: IncidentSelection): Promise<number> {
  const { matching } = await readOneRow(
    sql`select count(*)::int as matching from ${selectedIncidents(sql, selection)}`,
    countRow,
  );
  return matching;
}

/** A page of a selection, after the incident before it. */
interface IncidentPageRequest {
  readonly order: IncidentOrder;
  readonly after: IncidentPosition | null;
  readonly limit: number;
}

/** The statement that reads a page: the page is found before its stores are read. */
export function selectIncidents(
  sql: Sql,
  selection: IncidentSelection,
  { order, after, limit }: IncidentPageRequest,
): Fragment {
  const key = order === "down" ? sql`i.down_ms, i.started_at, i.store_key` : sql`i.started_at, i.store_key`;
  const reverse =
    order === "down"
      ? sql`i.down_ms desc, i.started_at desc, i.store_key desc`
      : sql`i.started_at desc, i.store_key desc`;
  const position = ({ start, downMs: down, storeKey: last }: IncidentPosition) => {
    const byStart = sql`${instantText(start)}::timestamptz, ${last}::int4`;
    return order === "down" ? sql`${down}::int4, ${byStart}` : byStart;
  };
  return sql`
    select i.store_key, i.started_at, i.ended_at, i.down_ms, i.polls, i.ongoing, i.start_known,
      s.store_id, s.name, s.brand, s.group_name, s.time_zone
    from (
      select i.* from ${selectedIncidents(sql, selection)}
        ${after === null ? sql`` : sql`and (${key}) < (${position(after)})`}
      order by ${reverse} limit ${limit}
    ) as i
    join stores as s on s.store_key = i.store_key
    order by ${reverse}`;
}

/** A page of a selection, newest or longest first. */
export function listIncidents(
  { sql }: Db,
  selection: IncidentSelection,
  request: IncidentPageRequest,
): Promise<ListedIncident[]> {
  return readRows(selectIncidents(sql, selection, request), incidentRow);
}
