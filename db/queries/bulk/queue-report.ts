import type { PendingQuery, Row } from "postgres";
import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Database, Db, Sql } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, readRow } from "@/db/rows";
import { reports } from "@/db/schema/reports";
import type { EpochMs, Method } from "@/lib/uptime/types";
import { newestPoll } from "./fleet-state";

export interface NewReport {
  readonly scope: "store" | "stores" | "fleet";
  /** Ascending; null for the fleet. */
  readonly storeKeys: readonly number[] | null;
  /** The filter that selected the stores. */
  readonly filter?: Readonly<Record<string, unknown>> | null;
  readonly method: Method;
  readonly asOf: EpochMs;
  /** Equal for requests that would compute the same result. */
  readonly dedupeKey: string;
}

/** The account that requests a report, and its maximum number of reports in progress. */
export interface ReportAllowance {
  /** The account of the report. */
  readonly requestedBy: string;
  /** null: any number. */
  readonly maxPerAccount: number | null;
  readonly maxOverall: number | null;
}

const queuedRow = { id: reports.id, pgNotify: as.nothing };

/** Queues a report, or joins the one with the same dedupe key that has not ended; wakes the workers. @returns its id */
export async function queueReport(db: Db, report: NewReport): Promise<number> {
  const id = await queueReportWithin(db, report, null);
  if (id === null) throw new Error("The report was neither queued nor joined.");
  return id;
}

/**
 * Locks the number of reports in progress until the transaction ends, so that two requests do not take the same last
 * place. Call it before the statement that counts.
 */
export async function lockReportPlaces(tx: Db): Promise<void> {
  await lockForTransaction(tx, advisoryLocks.reportPlaces);
}

/**
 * Like `queueReport`, unless too many are in progress. Without `lockReportPlaces`, concurrent requests may each find
 * the last place free.
 * @param allowance null: no maximum
 * @returns its id; null when too many are in progress
 */
export async function queueReportWithin(
  { sql }: Db,
  report: NewReport,
  allowance: ReportAllowance | null,
): Promise<number | null> {
  const { requestedBy = "open", maxPerAccount = null, maxOverall = null } = allowance ?? {};
  const row = await readRow(
    sql`
    with under_way as (
      select count(*) as of_account, count(*) filter (where dedupe_key = ${report.dedupeKey}) as same
      from reports where state in ('queued', 'running') and origin = 'request' and requested_by = ${requestedBy}
    )
    insert into reports (origin, scope, store_keys, filter, method, as_of, state, dedupe_key, requested_by, turn)
    select 'request', ${report.scope}, ${report.storeKeys === null ? null : [...report.storeKeys]}::integer[],
      ${report.filter == null ? null : JSON.stringify(report.filter)}::text::jsonb, ${report.method}, ${instantText(report.asOf)}::timestamptz, 'queued', ${report.dedupeKey},
      ${requestedBy}, next_turn(${requestedBy})
    from under_way
    where same > 0 or ((${maxPerAccount}::bigint is null or of_account < ${maxPerAccount}::bigint)
      and (${maxOverall}::bigint is null or reports_under_way() < ${maxOverall}::bigint))
    on conflict (dedupe_key) where state in ('queued', 'running') do update set dedupe_key = excluded.dedupe_key
    returning id, pg_notify('report_queued', '')`,
    queuedRow,
  );
  return row?.id ?? null;
}

/**
 * Whether the snapshot `last` was computed with other rules than `tzRelease`, and `tzRelease` is the one in use. Of
 * replicas with different releases only those with the one in use request a snapshot; otherwise they would replace each
 * other's.
 */
export function isOfOtherRules(sql: Sql, tzRelease: string | null): PendingQuery<Row[]> {
  return sql`(last.tz_release is distinct from ${tzRelease}::text
    and exists (select from zone_rules where release = ${tzRelease}::text))`;
}

/**
 * Queues a snapshot of the fleet if its data changed since the newest one, if polls that were ahead of the clock no
 * longer are, or if the time zone rules in use are `tzRelease` and the newest one was computed with others; and if that
 * one, or a failed one, was started at least an interval ago. Any number of workers may call it concurrently: one row
 * is the result. Its id has its own sequence, so that requested reports are numbered 1, 2, 3.
 * @param tzRelease of the calling worker; null: any rules
 */
export async function queueSnapshotIfDue(
  { sql }: Db,
  intervalSeconds: number,
  now: EpochMs = Date.now(),
  tzRelease: string | null = null,
): Promise<boolean> {
  const rows = await sql`
    insert into reports (id, origin, scope, method, as_of, state, dedupe_key, data_version)
    overriding system value
    select nextval('snapshot_ids'), 'snapshot', 'fleet', 'interpolated', coalesce(newest, now()), 'queued',
      'snapshot', data_version
    from (select ${newestPoll(sql, now)} as newest, data_version from fleet_state) as fleet
    where data_version > 0
      and not exists (
        select from (
          select data_version, as_of, tz_release from reports
          where origin = 'snapshot' and state = 'complete' order by id desc limit 1
        ) as last
        where last.data_version = fleet.data_version and last.as_of = coalesce(fleet.newest, last.as_of)
          and not ${isOfOtherRules(sql, tzRelease)})
      and not exists (
        select from reports
        where origin = 'snapshot'
          and (state in ('queued', 'running') or created_at > now() - make_interval(secs => ${intervalSeconds})))
    on conflict (dedupe_key) where state in ('queued', 'running') do nothing
    returning pg_notify('report_queued', '')`;
  return rows.length > 0;
}

/** Deletes all but the newest complete snapshots, and all failed ones but the newest, with their rows. */
export async function pruneSnapshots({ sql }: Database, keep: number): Promise<void> {
  await sql`
    with kept as (
      select id from reports where origin = 'snapshot' and state = 'complete' order by id desc limit ${keep}
    ), old as (
      delete from reports
      where origin = 'snapshot' and state in ('complete', 'failed') and id not in (select id from kept)
        and id < (select max(id) from reports where origin = 'snapshot')
      returning id
    ), summaries as (
      delete from fleet_summaries using old where report_id = old.id
    ), listed as (
      delete from fleet_rows using old where report_id = old.id
    ), incidents as (
      delete from fleet_incidents using old where report_id = old.id
    )
    delete from report_rows using old where report_id = old.id`;
}
