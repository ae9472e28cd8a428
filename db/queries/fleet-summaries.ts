import type { SqlOrTx } from "@/db/client";
import type { fleetSummaries } from "@/db/schema/fleet-summaries";
import type { EpochMs } from "@/lib/uptime/types";

export type FleetSummary = typeof fleetSummaries.$inferSelect;

export async function writeFleetSummary(tx: SqlOrTx, summary: FleetSummary): Promise<void> {
  await tx`
    insert into fleet_summaries (report_id, online, offline, closed, no_recent_check, sums, median_uptime, hourly, poll_gaps)
    values (${summary.reportId}, ${summary.online}, ${summary.offline}, ${summary.closed}, ${summary.noRecentCheck},
      ${summary.sums}::bigint[], ${summary.medianUptime}::float8[], ${summary.hourly}::bigint[],
      ${summary.pollGaps}::bigint[])`;
}

export async function findFleetSummary(sql: SqlOrTx, reportId: number): Promise<FleetSummary | null> {
  type Raw = Pick<FleetSummary, "online" | "offline" | "closed" | "noRecentCheck" | "medianUptime"> &
    Record<"sums", string[]> &
    Record<"hourly" | "pollGaps", string[] | null>;
  const [row] = await sql<Raw[]>`
    select online, offline, closed, no_recent_check as "noRecentCheck", sums, median_uptime as "medianUptime", hourly,
      poll_gaps as "pollGaps"
    from fleet_summaries where report_id = ${reportId}`;
  if (row === undefined) return null;
  const { sums, hourly, pollGaps } = row;
  return {
    ...row,
    reportId,
    sums: sums.map(Number),
    hourly: hourly?.map(Number) ?? null,
    pollGaps: pollGaps?.map(Number) ?? null,
  };
}

/** Starts and ends in turn of the stretches in which nobody looked at any store, as of the newest snapshot. */
export async function readPollGaps(sql: SqlOrTx): Promise<readonly EpochMs[]> {
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
  sql: SqlOrTx,
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
