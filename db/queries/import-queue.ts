import { advisoryLocks } from "@/db/advisory-locks";
import { eq, sql as fragment } from "drizzle-orm";
import type { Database, Db, Sql } from "@/db/client";
import { imports, type StoredCounts, type StoredWarning } from "@/db/schema/imports";
import { withTransaction } from "@/db/transaction";
import type { ImportRow } from "./imports";

export type ImportToken = Pick<ImportRow, "id" | "attempts">;

/** An import whose workers died this often is given up. */
export const maxDeaths = 3;

/**
 * Takes the oldest import (or undoing) that waits, or whose worker let its lease run out. Files of one kind are taken
 * one after the other, in the order in which their uploads began, however many workers there are.
 */
export async function claimImport(
  database: Database,
  worker: string,
  leaseSeconds: number,
): Promise<ImportRow | null> {
  return withTransaction(database, async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(${advisoryLocks.importClaims})`;
    const [claimed] = await tx
      .update(imports)
      .set({
        state: fragment`case ${imports.state} when 'queued' then 'running' else ${imports.state} end`,
        attempts: fragment`${imports.attempts} + 1`,
        worker,
        leaseUntil: fragment`now() + make_interval(secs => ${leaseSeconds})`,
        startedAt: fragment`coalesce(${imports.startedAt}, now())`,
        phase: fragment`case ${imports.state} when 'undoing' then null else 'reading' end`,
        rowsRead: fragment`case ${imports.state} when 'undoing' then ${imports.rowsRead} else 0 end`,
        bytesRead: fragment`case ${imports.state} when 'undoing' then ${imports.bytesRead} else 0 end`,
        secondsLeft: null,
      })
      .where(
        eq(
          imports.id,
          fragment`(
            select i.id from imports i
            where i.state in ('queued', 'running', 'undoing') and (i.lease_until is null or i.lease_until < now())
              and i.attempts - i.handed_back < ${maxDeaths}
              and not exists (
                select from imports o
                where o.kind = i.kind and o.state in ('running', 'undoing') and o.lease_until >= now())
            order by i.id limit 1)`,
        ),
      )
      .returning();
    return claimed ?? null;
  });
}

export interface ImportStep {
  readonly phase: "reading" | "storing" | null;
  readonly rowsRead: number;
  readonly bytesRead: number;
  readonly secondsLeft: number | null;
}

/** Prolongs the lease and tells how far the work is. @returns false where the import is no longer the caller's */
export async function heartbeatImport(
  { sql }: Db,
  { id, attempts }: ImportToken,
  leaseSeconds: number,
  step: ImportStep,
): Promise<boolean> {
  const rows = await sql`
    update imports set lease_until = now() + make_interval(secs => ${leaseSeconds}), phase = ${step.phase},
      rows_read = ${step.rowsRead}, bytes_read = ${step.bytesRead}, seconds_left = ${step.secondsLeft}
    where id = ${id} and attempts = ${attempts} and state in ('running', 'undoing') returning 1`;
  return rows.length > 0;
}

export interface ImportEnd {
  readonly state: "complete" | "complete_with_rejects" | "failed";
  readonly counts: StoredCounts;
  readonly warnings: readonly StoredWarning[];
  readonly error: { readonly code: string; readonly detail: string; readonly line?: number } | null;
}

/** Ends an import, in the transaction that keeps its rows. @returns false where it is another's by now, or cancelled */
export async function settleImport({ sql }: Db, { id, attempts }: ImportToken, end: ImportEnd): Promise<boolean> {
  const rows = await sql`
    update imports set state = ${end.state}, finished_at = clock_timestamp(), lease_until = null, phase = null,
      seconds_left = null, rows_read = ${end.counts.rows}, bytes_read = bytes_total,
      counts = ${JSON.stringify(end.counts)}::text::jsonb, warnings = ${JSON.stringify(end.warnings)}::text::jsonb,
      error_code = ${end.error?.code ?? null}, error_detail = ${end.error?.detail ?? null},
      error_line = ${end.error?.line ?? null}
    where id = ${id} and attempts = ${attempts} and state = 'running' returning 1`;
  return rows.length > 0;
}

/** Ends an undoing, in the transaction that does it. @returns false where it is another's by now */
export async function settleUndo(
  { sql }: Db,
  { id, attempts }: ImportToken,
  { removed, restored }: { readonly removed: number; readonly restored: number },
): Promise<boolean> {
  const rows = await sql`
    update imports set state = 'undone', undone_at = clock_timestamp(), lease_until = null,
      polls_removed = ${removed}, polls_restored = ${restored}
    where id = ${id} and attempts = ${attempts} and state = 'undoing' returning 1`;
  return rows.length > 0;
}

/** An import that could not be brought to its end. */
export interface FailedImport {
  readonly id: number;
  readonly kind: string;
  readonly dryRun: boolean;
  readonly error: { readonly code: string; readonly detail: string };
}

interface FailedRow {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly dry_run: boolean;
  readonly error_code: string;
  readonly error_detail: string;
}

/** Those of the rows that are failed: one that was being undone is not. */
function failedOf(rows: readonly FailedRow[]): FailedImport[] {
  return rows
    .filter(({ state }) => state === "failed")
    .map(({ id, kind, dry_run: dryRun, error_code: code, error_detail: detail }) => {
      return { id: Number(id), kind, dryRun, error: { code, detail } };
    });
}

const failedColumns = (sql: Sql) => sql`id, kind, state, dry_run, error_code, error_detail`;

/**
 * Ends an import as failed; one that was being undone is as complete as before, and says why.
 * @returns the import where it failed by this; `lost` where it is another's by now
 */
export async function failImport(
  { sql }: Db,
  { id, attempts }: ImportToken,
  failure: { readonly code: string; readonly reason: string },
): Promise<{ readonly lost: boolean; readonly failed: readonly FailedImport[] }> {
  const rows = await sql<FailedRow[]>`
    update imports set ${endOf(sql)}, error_code = ${failure.code}, error_detail = ${failure.reason}
    where id = ${id} and attempts = ${attempts} and state in ('running', 'undoing') returning ${failedColumns(sql)}`;
  return { lost: rows.length === 0, failed: failedOf(rows) };
}

/** How a job that cannot go on ends. */
const endOf = (sql: Sql) => sql`
  state = case when state <> 'undoing' then 'failed'
    when (counts ->> 'rejected')::bigint > 0 then 'complete_with_rejects' else 'complete' end,
  finished_at = coalesce(finished_at, now()), lease_until = null, phase = null, seconds_left = null`;

/**
 * Puts the import back for whoever is next. `attempts` stays, because a token must never be given twice; a worker that
 * was told to stop is counted in `handed_back` instead.
 * @param counts whether this attempt counts towards giving up: it failed, rather than being told to stop
 */
export async function returnImport({ sql }: Db, { id, attempts }: ImportToken, counts: boolean): Promise<boolean> {
  const rows = await sql`
    update imports set state = case state when 'running' then 'queued' else state end, worker = null,
      lease_until = null, phase = null, seconds_left = null, handed_back = handed_back + ${counts ? 0 : 1}
    where id = ${id} and attempts = ${attempts} and state in ('running', 'undoing')
    returning pg_notify('import_queued', '')`;
  return rows.length > 0;
}

/** Ends the imports whose workers died thrice, and those whose upload nobody receives any more. @returns those that failed */
export async function failLostImports({ sql }: Db): Promise<FailedImport[]> {
  const lost = await sql<FailedRow[]>`
    update imports set ${endOf(sql)}, error_code = 'worker_lost',
      error_detail = ${`The worker was lost ${String(maxDeaths)} times while it worked on this import. Nothing was changed.`}
    where id in (
      select id from imports
      where state in ('queued', 'running', 'undoing') and attempts - handed_back >= ${maxDeaths}
        and (lease_until is null or lease_until < now())
      for update skip locked)
    returning ${failedColumns(sql)}`;
  const cutOff = await sql<FailedRow[]>`
    update imports set ${endOf(sql)}, error_code = 'incomplete_upload',
      error_detail = 'The upload stopped before its end. Nothing was kept; send the file again.'
    where id in (
      select id from imports where state = 'receiving' and lease_until < now() for update skip locked)
    returning ${failedColumns(sql)}`;
  return failedOf([...lost, ...cutOff]);
}
