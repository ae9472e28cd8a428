import { eq, sql as fragment } from "drizzle-orm";
import type { Db } from "@/db/client";
import { reports } from "@/db/schema/reports";

/** A report as its worker holds it. `attempts` is the fencing token: a later claim has a greater one. */
export type ClaimedReport = typeof reports.$inferSelect;

export type ClaimToken = Pick<ClaimedReport, "id" | "attempts">;

/** A report whose workers died this often is given up. */
export const maxDeaths = 3;

export interface ClaimOptions {
  readonly worker: string;
  readonly leaseSeconds: number;
  /** Only reports of at most so many stores; null: any. */
  readonly maxStores: number | null;
  /** Only what was asked for, or only snapshots; both unless given. */
  readonly origin?: "request" | "snapshot";
}

/**
 * Takes a report that waits, or whose worker let its lease run out: of each account the oldest first, and one of each
 * before another of any, so that nobody waits for all that somebody else has asked for. Times are the database's alone.
 */
export async function claimReport(db: Db, options: ClaimOptions): Promise<ClaimedReport | null> {
  const small = options.maxStores === null ? fragment`true` : fragment`cardinality(store_keys) <= ${options.maxStores}`;
  const ofOrigin = options.origin === undefined ? fragment`true` : fragment`origin = ${options.origin}`;
  const [claimed] = await db
    .update(reports)
    .set({
      state: "running",
      attempts: fragment`${reports.attempts} + 1`,
      worker: options.worker,
      leaseUntil: fragment`now() + make_interval(secs => ${options.leaseSeconds})`,
      startedAt: fragment`coalesce(${reports.startedAt}, now())`,
      storesDone: 0,
    })
    .where(
      eq(
        reports.id,
        fragment`(
          select id from reports
          where (state = 'queued' or (state = 'running' and lease_until < now()))
            and attempts - handed_back < ${maxDeaths} and ${small} and ${ofOrigin}
          order by turn, created_at, id for update skip locked limit 1)`,
      ),
    )
    .returning();
  return claimed ?? null;
}

/** Prolongs the lease and tells how far the work is. @returns false where the report is no longer the caller's */
export async function heartbeat(
  { sql }: Db,
  { id, attempts }: ClaimToken,
  leaseSeconds: number,
  progress: { readonly storesDone: number; readonly storesTotal: number | null },
): Promise<boolean> {
  const rows = await sql`
    update reports set lease_until = now() + make_interval(secs => ${leaseSeconds}),
      stores_done = ${progress.storesDone}, stores_total = ${progress.storesTotal}
    where id = ${id} and attempts = ${attempts} and state = 'running' returning 1`;
  return rows.length > 0;
}

export interface CompletedReport {
  readonly stores: number;
  /** Release of the tz database that it was computed with. */
  readonly tzRelease: string;
}

/** Ends the report as complete, in the transaction that writes its rows. @returns false where it is another's by now */
export async function completeReport(
  { sql }: Db,
  { id, attempts }: ClaimToken,
  { stores, tzRelease }: CompletedReport,
): Promise<boolean> {
  const rows = await sql`
    update reports set state = 'complete', finished_at = clock_timestamp(), lease_until = null,
      stores_done = ${stores}, stores_total = ${stores}, tz_release = ${tzRelease}
    where id = ${id} and attempts = ${attempts} and state = 'running' returning 1`;
  return rows.length > 0;
}

export interface Failure {
  readonly code: string;
  /** Shown to people. */
  readonly reason: string;
}

/** Ends the report as failed. @returns false where it is another's by now */
export async function failReport({ sql }: Db, { id, attempts }: ClaimToken, failure: Failure): Promise<boolean> {
  const rows = await sql`
    update reports set state = 'failed', finished_at = now(), lease_until = null,
      failure_code = ${failure.code}, failure_reason = ${failure.reason}
    where id = ${id} and attempts = ${attempts} and state = 'running' returning 1`;
  return rows.length > 0;
}

/**
 * Ends a report that was asked for, whoever works on it: at the next beat that worker finds it gone.
 * @returns false where it had ended, or nobody asked for it
 */
export async function cancelReport({ sql }: Db, id: number, failure: Failure): Promise<boolean> {
  const rows = await sql`
    update reports set state = 'failed', finished_at = now(), lease_until = null,
      failure_code = ${failure.code}, failure_reason = ${failure.reason}
    where id = ${id} and origin = 'request' and state in ('queued', 'running') returning 1`;
  return rows.length > 0;
}

/**
 * Puts the report back for whoever is next. `attempts` stays, because a token must never be given twice; a worker that
 * was told to stop is counted in `handed_back` instead, so that three deployments do not end a report.
 * @param counts whether this attempt counts towards giving up: it failed, rather than being told to stop
 */
export async function returnReport({ sql }: Db, { id, attempts }: ClaimToken, counts: boolean): Promise<boolean> {
  const rows = await sql`
    update reports set state = 'queued', worker = null, lease_until = null, stores_done = 0,
      handed_back = handed_back + ${counts ? 0 : 1}
    where id = ${id} and attempts = ${attempts} and state = 'running'
    returning pg_notify('report_queued', '')`;
  return rows.length > 0;
}

/** Ends the reports whose workers died thrice. @returns their ids */
export async function failLostReports({ sql }: Db): Promise<number[]> {
  const rows = await sql<{ id: string }[]>`
    update reports set state = 'failed', finished_at = now(), lease_until = null, failure_code = 'worker_lost',
      failure_reason = ${`The worker was lost ${String(maxDeaths)} times while it computed this report.`}
    where id in (
      select id from reports
      where attempts - handed_back >= ${maxDeaths} and (state = 'queued' or (state = 'running' and lease_until < now()))
      for update skip locked)
    returning id`;
  return rows.map(({ id }) => Number(id));
}
