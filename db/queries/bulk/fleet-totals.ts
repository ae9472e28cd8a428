import type { Db } from "@/db/client";
import { as, readOneRow } from "@/db/rows";
import { fleetSummaries } from "@/db/schema/fleet-summaries";
import type { FleetSummary } from "@/db/queries/fleet-summaries";
import { matchingRows, type FleetFilter } from "./fleet-filter";

const countsRow = {
  ...{ online: as.number, offline: as.number, closed: as.number, noRecentCheck: as.number },
  ...{ paused: as.number, retired: as.number },
};
const totalsRow = { sums: as.bigintArray, medianUptime: fleetSummaries.medianUptime };

/** Figures of a store in a report. */
const figures = 21;

/** The sums of the figures of `report_rows as r`, as a list for a select. */
export const sumOfEachFigure = Array.from(
  { length: figures },
  (_, at) => `coalesce(sum(r.figures[${at + 1}]), 0)::int8`,
).join(",");

/**
 * The summary of the stores of a snapshot that match a filter, computed from its rows. Stores are counted by state
 * among those that match all conditions but the state. The week by the hour and the gaps are not in the rows.
 */
export async function summariseMatching({ sql }: Db, reportId: number, filter: FleetFilter): Promise<FleetSummary> {
  const counts = await readOneRow(
    sql`
    select (count(*) filter (where f.state = 'online'))::int as online,
      (count(*) filter (where f.state = 'offline'))::int as offline,
      (count(*) filter (where f.state = 'closed'))::int as closed,
      (count(*) filter (where f.state = 'no_recent_check'))::int as no_recent_check,
      (count(*) filter (where f.state = 'paused'))::int as paused,
      (count(*) filter (where f.state = 'retired'))::int as retired
    from ${matchingRows(sql, reportId, { ...filter, state: null }, "retired too")}`,
    countsRow,
  );
  const totals = await readOneRow(
    sql`
    select array[${sql.unsafe(sumOfEachFigure)}] as sums,
      array[percentile_cont(0.5) within group (order by f.uptime_hour),
        percentile_cont(0.5) within group (order by f.uptime_day),
        percentile_cont(0.5) within group (order by f.uptime_week)] as median_uptime
    from (select f.* from ${matchingRows(sql, reportId, filter)}) as f
    join report_rows r on r.report_id = f.report_id and r.store_key = f.store_key and r.store_id = f.store_id`,
    totalsRow,
  );
  const { sums, medianUptime } = totals;
  return { reportId, ...counts, sums, medianUptime, hourly: null, pollGaps: null, incidents: null };
}
