import type { Db, Sql } from "@/db/client";
import type { fleetSummaries } from "@/db/schema/fleet-summaries";
import type { EpochMs } from "@/lib/uptime/types";
import { newestPoll, type FleetState, type RawFleetState } from "./fleet-state";
import { selectSnapshot, toSnapshot, type RawSnapshot, type Snapshot } from "./reports";

export type FleetSummary = typeof fleetSummaries.$inferSelect;

export async function writeFleetSummary({ sql }: Db, summary: FleetSummary): Promise<void> {
  await sql`
    insert into fleet_summaries (report_id, online, offline, closed, no_recent_check, sums, median_uptime, hourly, poll_gaps)
    values (${summary.reportId}, ${summary.online}, ${summary.offline}, ${summary.closed}, ${summary.noRecentCheck},
      ${summary.sums}::bigint[], ${summary.medianUptime}::float8[], ${summary.hourly}::bigint[],
      ${summary.pollGaps}::bigint[])`;
}

interface RawSummary extends Pick<FleetSummary, "online" | "offline" | "closed" | "noRecentCheck" | "medianUptime"> {
  readonly sums: readonly string[];
  readonly hourly: readonly string[] | null;
  readonly pollGaps: readonly string[] | null;
}

/** Versions before wrote NaN for the median of a window without data. */
const summaryColumns = (sql: Sql) => sql`
  f.online, f.offline, f.closed, f.no_recent_check as "noRecentCheck", f.sums,
  array_replace(f.median_uptime, 'NaN'::float8, null) as "medianUptime",
  f.hourly, f.poll_gaps as "pollGaps"`;

function toSummary(reportId: number, raw: RawSummary): FleetSummary {
  const { online, offline, closed, noRecentCheck, medianUptime, sums, hourly, pollGaps } = raw;
  return {
    ...{ reportId, online, offline, closed, noRecentCheck, medianUptime },
    sums: sums.map(Number),
    hourly: hourly?.map(Number) ?? null,
    pollGaps: pollGaps?.map(Number) ?? null,
  };
}

export async function findFleetSummary({ sql }: Db, reportId: number): Promise<FleetSummary | null> {
  const [row] = await sql<
    RawSummary[]
  >`select ${summaryColumns(sql)} from fleet_summaries f where report_id = ${reportId}`;
  return row === undefined ? null : toSummary(reportId, row);
}

/** What the fleet's page begins with, of one instant. */
export interface FleetHead extends Pick<FleetState, "newestPollAt" | "dataVersion"> {
  /** The newest. */
  readonly snapshot: Snapshot | null;
  /** The snapshot's, of all stores. */
  readonly summary: FleetSummary | null;
}

/** All of it in one statement: it is read for every page of the fleet. */
export async function readFleetHead({ sql }: Db, now: EpochMs = Date.now()): Promise<FleetHead> {
  type Raw = Omit<RawFleetState, "as_of"> & (RawSnapshot | { id: null }) & (RawSummary | { sums: null });
  const [row] = await sql<Raw[]>`
    select ${newestPoll(sql, now)} as newest_poll_at, fleet_state.data_version, r.*, ${summaryColumns(sql)}
    from fleet_state left join (${selectSnapshot(sql, null)}) r on true left join fleet_summaries f on f.report_id = r.id`;
  if (row === undefined) throw new Error("fleet_state has no row.");
  const snapshot = row.id === null ? null : toSnapshot(row);
  return {
    newestPollAt: row.newest_poll_at === null ? null : Date.parse(row.newest_poll_at),
    dataVersion: Number(row.data_version),
    snapshot,
    summary: snapshot === null || row.sums === null ? null : toSummary(snapshot.id, row),
  };
}

/** Starts and ends in turn of the stretches in which nobody looked at any store, as of the newest snapshot. */
export async function readPollGaps({ sql }: Db): Promise<readonly EpochMs[]> {
  const [row] = await sql<{ gaps: readonly string[] | null }[]>`
    select poll_gaps as gaps from fleet_summaries
    where report_id = (
      select id from reports where origin = 'snapshot' and state = 'complete' order by id desc limit 1)`;
  return row?.gaps?.map(Number) ?? [];
}

/**
 * The summary of some stores of a snapshot, out of its rows; of no store sums of nothing. Their week by the hour and the
 * gaps are not in the rows.
 */
export async function summariseStores(
  { sql }: Db,
  reportId: number,
  storeKeys: readonly number[],
): Promise<FleetSummary> {
  const [counts] = await sql<Pick<FleetSummary, "online" | "offline" | "closed" | "noRecentCheck" | "medianUptime">[]>`
    select (count(*) filter (where state = 'online'))::int as online,
      (count(*) filter (where state = 'offline'))::int as offline,
      (count(*) filter (where state = 'closed'))::int as closed,
      (count(*) filter (where state = 'no_recent_check'))::int as "noRecentCheck",
      array[percentile_cont(0.5) within group (order by uptime_hour),
        percentile_cont(0.5) within group (order by uptime_day),
        percentile_cont(0.5) within group (order by uptime_week)] as "medianUptime"
    from fleet_rows where report_id = ${reportId} and store_key = any(${[...storeKeys]}::int[])`;
  // By way of the rows that are found by key: a report's rows are found by the store's id.
  const sums = await sql<{ sum: string }[]>`
    select coalesce(sum(r.figures[n]), 0) as sum
    from generate_series(1, 21) as n
    left join (fleet_rows f join report_rows r
        on r.report_id = f.report_id and r.store_id = f.store_id and r.store_key = f.store_key)
      on f.report_id = ${reportId} and f.store_key = any(${[...storeKeys]}::int[])
    group by n order by n`;
  if (counts === undefined) throw new Error("A count without a row.");
  return { reportId, ...counts, sums: sums.map(({ sum }) => Number(sum)), hourly: null, pollGaps: null };
}
