import type { PendingQuery, Row } from "postgres";
import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Database, Db, Sql } from "@/db/client";
import { as, readRow } from "@/db/rows";
import { reports } from "@/db/schema/reports";
import type { EpochMs, Method } from "@/lib/uptime/types";
import { newestPoll } from "./fleet-state";

export interface NewReport {
  readonly scope: "store" | "stores" | "fleet";
  /** Ascending; null for the fleet. */
  readonly storeKeys: readonly number[] | null;
  readonly method: Method;
  readonly asOf: EpochMs;
  /** Equal for requests that would compute the same thing. */
  readonly dedupeKey: string;
}

/** Who asks for a report, and how many may be under way when another is queued. */
export interface ReportAllowance {
  /** The account that it is for. */
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
 * Held until the transaction ends by whoever takes one of the last places for reports, so that two do not find the same
 * one free. Taken before the statement that counts.
 */
export async function lockReportPlaces(tx: Db): Promise<void> {
  await lockForTransaction(tx, advisoryLocks.reportPlaces);
}

/**
 * As `queueReport`, unless too many are under way. Without `lockReportPlaces`, requests that come at the same instant may
 * each find the last place free.
 * @param allowance null: nobody is counted
 * @returns its id; null where too many are under way
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
    insert into reports (origin, scope, store_keys, method, as_of, state, dedupe_key, requested_by, turn)
    select 'request', ${report.scope}, ${report.storeKeys === null ? null : [...report.storeKeys]}::integer[],
      ${report.method}, ${new Date(report.asOf).toISOString()}::timestamptz, 'queued', ${report.dedupeKey},
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
 * Whether the snapshot `last` was computed with other rules than `tzRelease`, and these are the ones in use. Of replicas
 * with different releases only those with the one in use say so, or they would make snapshots against each other.
 */
export function isOfOtherRules(sql: Sql, tzRelease: string | null): PendingQuery<Row[]> {
  return sql`(last.tz_release is distinct from ${tzRelease}::text
    and exists (select from zone_rules where release = ${tzRelease}::text))`;
}

/**
 * Queues a snapshot of the fleet if its data changed since the newest one, polls that lay ahead of the clock do not any
 * more, or the time zone rules in use are `tzRelease` and the newest one was computed with others; and that, or one that
 * failed, was begun at least an interval ago. Any number of workers may ask at once: one row comes of it. Its id is of a
 * sequence of its own, so that the reports that people ask for are numbered 1, 2, 3.
 * @param tzRelease of the worker that asks; null: whatever the rules
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

/** Deletes all but the newest complete snapshots, and failed ones but the newest of all, with their rows. */
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
    )
    delete from report_rows using old where report_id = old.id`;
}
