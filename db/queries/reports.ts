import { advisoryLocks } from "@/db/advisory-locks";
import type { PendingQuery, Row } from "postgres";
import { and, desc, eq, getTableColumns, isNull, lt, sql as fragment } from "drizzle-orm";
import type { Database, Db, Sql } from "@/db/client";
import { reports } from "@/db/schema/reports";
import { stores } from "@/db/schema/stores";
import type { EpochMs, Method } from "@/lib/uptime/types";
import { newestPoll } from "./fleet-state";

export type ReportRow = typeof reports.$inferSelect & {
  /** Of a report of one store. */
  readonly storeId: string | null;
  /** What the person or key is called who asked; null where that is nobody in particular, or gone. */
  readonly requestedByName: string | null;
  /** Reports that wait before it; null where it does not wait. */
  readonly queuedBefore: number | null;
  /** Since it was started, while it runs. */
  readonly runningSeconds: number | null;
};

export interface NewReport {
  readonly scope: "store" | "stores" | "fleet";
  /** Ascending; null for the fleet. */
  readonly storeKeys: readonly number[] | null;
  readonly method: Method;
  readonly asOf: EpochMs;
  /** Equal for requests that would compute the same thing. */
  readonly dedupeKey: string;
}

/** Reports that somebody sees who does not see all: their own, of stores that they see. */
export interface OwnReports {
  readonly account: string;
  readonly stores: readonly number[];
}

/** Who asks for a report, and how many may be under way when another is queued. */
export interface ReportAllowance {
  /** The account that it is for. */
  readonly requestedBy: string;
  /** null: any number. */
  readonly maxPerAccount: number | null;
  readonly maxOverall: number | null;
}

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
export async function lockReportPlaces({ sql }: Db): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.reportPlaces})`;
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
  const [row] = await sql<{ id: string }[]>`
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
    returning id, pg_notify('report_queued', '')`;
  return row === undefined ? null : Number(row.id);
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

const withStoreId = {
  ...getTableColumns(reports),
  storeId: stores.storeId,
  requestedByName: fragment<string | null>`account_name(${reports.requestedBy})`,
  queuedBefore: fragment<number | null>`case when ${reports.state} = 'queued' then (
    select count(*)::int from reports as other
    where other.state = 'queued' and (other.turn, other.created_at, other.id) < (${reports.turn}, ${reports.createdAt}, ${reports.id})) end`,
  runningSeconds: fragment<number | null>`case when ${reports.state} = 'running' then
    extract(epoch from clock_timestamp() - ${reports.startedAt})::float8 end`,
};

function selectReports(db: Db) {
  return db
    .select(withStoreId)
    .from(reports)
    .leftJoin(stores, and(eq(reports.scope, "store"), eq(stores.storeKey, fragment`${reports.storeKeys}[1]`)));
}

function isOwn(own: OwnReports | null) {
  if (own === null) return undefined;
  return and(
    eq(reports.requestedBy, own.account),
    fragment`${reports.storeKeys} <@ ${`{${own.stores.join(",")}}`}::int[]`,
  );
}

/** @param own null: whosever it is */
export async function findReport(db: Db, id: number, own: OwnReports | null = null): Promise<ReportRow | null> {
  const [row] = await selectReports(db).where(and(eq(reports.id, id), isOwn(own)));
  return row ?? null;
}

/** What was asked for, newest first. @param before only reports with smaller ids */
export function listRequestedReports(
  db: Db,
  before: number | null,
  limit: number,
  own: OwnReports | null = null,
): Promise<ReportRow[]> {
  return selectReports(db)
    .where(
      and(
        eq(reports.origin, "request"),
        isNull(reports.expiredAt),
        before === null ? undefined : lt(reports.id, before),
        isOwn(own),
      ),
    )
    .orderBy(desc(reports.id))
    .limit(limit);
}

/** A complete snapshot of the fleet. */
export interface Snapshot {
  readonly id: number;
  readonly asOf: EpochMs;
  readonly finishedAt: EpochMs | null;
  /** Stores that it says something of: all that were known then. */
  readonly stores: number;
  /** Release of the tz database that it was computed with; null where none was noted. */
  readonly tzRelease: string | null;
}

export interface RawSnapshot {
  readonly id: string;
  readonly as_of: string;
  readonly finished_at: string | null;
  readonly stores: number;
  readonly tz_release: string | null;
}

/** The statement of `findSnapshot`. */
export function selectSnapshot(sql: Sql, id: number | null) {
  return sql<RawSnapshot[]>`
    select id, as_of, finished_at, stores_done as stores, tz_release from reports
    where origin = 'snapshot' and state = 'complete' ${id === null ? sql`` : sql`and id = ${id}`}
    order by id desc limit 1`;
}

export function toSnapshot({ id, as_of, finished_at, stores, tz_release: tzRelease }: RawSnapshot): Snapshot {
  const finishedAt = finished_at === null ? null : Date.parse(finished_at);
  return { id: Number(id), asOf: Date.parse(as_of), finishedAt, stores, tzRelease };
}

/** The newest complete snapshot; or the one with `id`, if it is still kept. */
export async function findSnapshot({ sql }: Db, id: number | null): Promise<Snapshot | null> {
  const [row] = await selectSnapshot(sql, id);
  return row === undefined ? null : toSnapshot(row);
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
