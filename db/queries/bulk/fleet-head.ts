import type { Db } from "@/db/client";
import { as, orNull, readOneRow, readRows } from "@/db/rows";
import { fleetState } from "@/db/schema/fleet-state";
import { fleetSummaries } from "@/db/schema/fleet-summaries";
import { reports } from "@/db/schema/reports";
import type { EpochMs } from "@/lib/uptime/types";
import type { FleetSummary } from "@/db/queries/fleet-summaries";
import type { Snapshot } from "@/db/queries/reports";
import { newestPoll, type FleetState } from "./fleet-state";

/** The header of the fleet's page, as of one instant. */
export interface FleetHead extends Pick<FleetState, "newestPollAt" | "dataVersion"> {
  /** The newest. */
  readonly snapshot: Snapshot | null;
  /** The snapshot's, of all stores. */
  readonly summary: FleetSummary | null;
}

const headRow = {
  newestPollAt: orNull(as.instant),
  dataVersion: fleetState.dataVersion,
  id: orNull(reports.id),
  asOf: orNull(reports.asOf),
  finishedAt: reports.finishedAt,
  stores: orNull(reports.storesDone),
  tzRelease: reports.tzRelease,
  online: orNull(fleetSummaries.online),
  offline: orNull(fleetSummaries.offline),
  closed: orNull(fleetSummaries.closed),
  noRecentCheck: orNull(fleetSummaries.noRecentCheck),
  paused: orNull(fleetSummaries.paused),
  retired: orNull(fleetSummaries.retired),
  sums: orNull(fleetSummaries.sums),
  medianUptime: fleetSummaries.medianUptime,
  hourly: fleetSummaries.hourly,
  pollGaps: fleetSummaries.pollGaps,
  incidents: fleetSummaries.incidents,
};

/** All in one statement, because it is read for every page of the fleet. */
export async function readFleetHead({ sql }: Db, now: EpochMs = Date.now()): Promise<FleetHead> {
  const row = await readOneRow(
    sql`
      select ${newestPoll(sql, now)} as newest_poll_at, fleet_state.data_version,
        r.id, r.as_of, r.finished_at, r.stores_done as stores, r.tz_release,
        f.online, f.offline, f.closed, f.no_recent_check, f.paused, f.retired, f.sums,
        array_replace(f.median_uptime, 'NaN'::float8, null) as median_uptime, f.hourly, f.poll_gaps, f.incidents
      from fleet_state
      left join (
        select * from reports where origin = 'snapshot' and state = 'complete' order by id desc limit 1) r on true
      left join fleet_summaries f on f.report_id = r.id`,
    headRow,
  );
  const { newestPollAt, dataVersion, id, asOf, finishedAt, stores, tzRelease } = row;
  const snapshot =
    id === null || asOf === null
      ? null
      : { id, asOf, finishedAt, stores: stores ?? 0, paused: row.paused ?? 0, tzRelease };
  return { newestPollAt, dataVersion, snapshot, summary: snapshot === null ? null : summaryOf(snapshot.id, row) };
}

type NullableSummary = { readonly [K in keyof Omit<FleetSummary, "reportId">]: FleetSummary[K] | null };

/** Null when the snapshot has none. */
function summaryOf(reportId: number, row: NullableSummary): FleetSummary | null {
  const { online, offline, closed, noRecentCheck, paused, retired, sums, medianUptime, hourly, pollGaps, incidents } =
    row;
  if (online === null || offline === null || closed === null || noRecentCheck === null || sums === null) return null;
  const counts = { online, offline, closed, noRecentCheck, paused: paused ?? 0, retired: retired ?? 0 };
  return { reportId, ...counts, sums, medianUptime, hourly, pollGaps, incidents };
}

const countsRow = {
  online: as.number,
  offline: as.number,
  closed: as.number,
  noRecentCheck: as.number,
  paused: as.number,
  retired: as.number,
  medianUptime: fleetSummaries.medianUptime,
};
const sumRow = { sum: as.bigint };

/**
 * The summary of some stores of a snapshot, computed from its rows; without stores, the sums are zero. Their week by
 * the hour and the gaps are not in the rows.
 */
export async function summariseStores(
  { sql }: Db,
  reportId: number,
  storeKeys: readonly number[],
): Promise<FleetSummary> {
  const counts = await readOneRow(
    sql`
    select (count(*) filter (where state = 'online'))::int as online,
      (count(*) filter (where state = 'offline'))::int as offline,
      (count(*) filter (where state = 'closed'))::int as closed,
      (count(*) filter (where state = 'no_recent_check'))::int as no_recent_check,
      (count(*) filter (where state = 'paused'))::int as paused,
      (count(*) filter (where state = 'retired'))::int as retired,
      array[percentile_cont(0.5) within group (order by uptime_hour),
        percentile_cont(0.5) within group (order by uptime_day),
        percentile_cont(0.5) within group (order by uptime_week)] as median_uptime
    from fleet_rows where report_id = ${reportId} and store_key = any(${[...storeKeys]}::int[])`,
    countsRow,
  );
  // Joined to rows found by key, because a report's rows are indexed by the store's id.
  const sums = await readRows(
    sql`
    select coalesce(sum(r.figures[n]), 0) as sum
    from generate_series(1, 21) as n
    left join (fleet_rows f join report_rows r
        on r.report_id = f.report_id and r.store_id = f.store_id and r.store_key = f.store_key)
      on f.report_id = ${reportId} and f.store_key = any(${[...storeKeys]}::int[])
    group by n order by n`,
    sumRow,
  );
  return { reportId, ...counts, sums: sums.map(({ sum }) => sum), hourly: null, pollGaps: null, incidents: null };
}
