import { and, eq, not, notExists, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { advisoryLocks, lockForTransaction } from "@/db/advisory-locks";
import type { Database, Db } from "@/db/client";
import { imports, type StoredCounts, type StoredWarning } from "@/db/schema/imports";
import { withTransaction } from "@/db/transaction";
import type { ImportRow } from "./imports";
import {
  claimable,
  heldBy,
  isFree,
  isLost,
  maxAttempts,
  nextAttempt,
  selectForUpdate,
  returnToQueueValues,
  secondsFromNow,
  type ClaimToken,
  type Failure,
} from "./lease";
import { notify } from "@/db/queries/bulk/notifications";

type QueueColumn = "id" | "state" | "attempts" | "leaseUntil" | "handedBack";

const queueIn = ({ id, state, attempts, leaseUntil, handedBack }: Readonly<Record<QueueColumn, PgColumn>>) => ({
  ...{ id, attempts, leaseUntil, handedBack },
  isOpen: sql`${state} in ('queued', 'running', 'undoing')`,
  isHeld: sql`${state} in ('running', 'undoing')`,
});
const queue = queueIn(imports);
const others = alias(imports, "other");
const otherQueue = queueIn(others);

const isUndoing = sql`${imports.state} = 'undoing'`;

/**
 * Claims the oldest import (or undo of one) that is queued, or whose worker let its lease expire. Files of one kind are
 * imported one after the other, in the order in which their uploads started, with any number of workers.
 */
export async function claimImport(database: Database, worker: string, leaseSeconds: number): Promise<ImportRow | null> {
  return withTransaction(database, async (db) => {
    await lockForTransaction(db, advisoryLocks.importClaims);
    const ofSameKind = and(eq(others.kind, imports.kind), otherQueue.isHeld, not(isFree(otherQueue)));
    const [claimed] = await db
      .update(imports)
      .set({
        state: sql`case ${imports.state} when 'queued' then 'running' else ${imports.state} end`,
        attempts: nextAttempt(queue),
        worker,
        leaseUntil: secondsFromNow(leaseSeconds),
        startedAt: sql`coalesce(${imports.startedAt}, now())`,
        phase: sql`case when ${isUndoing} then null else 'reading' end`,
        rowsRead: sql`case when ${isUndoing} then ${imports.rowsRead} else 0 end`,
        bytesRead: sql`case when ${isUndoing} then ${imports.bytesRead} else 0 end`,
        secondsLeft: null,
      })
      .where(
        // Not skipped when another transaction has it locked: the next of its kind must not be claimed before it.
        claimable(queue, notExists(db.select({ id: others.id }).from(others).where(ofSameKind)), {
          order: [imports.id],
          limit: 1,
          locked: "wait",
        }),
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

/** Extends the lease and records the progress. @returns false when the claim no longer holds the import */
export async function heartbeatImport(
  db: Db,
  claim: ClaimToken,
  leaseSeconds: number,
  step: ImportStep,
): Promise<boolean> {
  const { count } = await db
    .update(imports)
    .set({ leaseUntil: secondsFromNow(leaseSeconds), ...step })
    .where(heldBy(queue, claim));
  return count > 0;
}

export interface ImportEnd {
  readonly state: "complete" | "complete_with_rejects" | "failed";
  readonly counts: StoredCounts;
  readonly warnings: readonly StoredWarning[];
  readonly error: { readonly code: string; readonly detail: string; readonly line?: number } | null;
}

/** How many stores an import changed, as recorded for its undo; null for polls. */
const storesChanged = sql`case when ${imports.kind} <> 'polls' then
  (select count(distinct c.store_key)::int from import_store_changes c where c.import_id = ${imports.id}) end`;

/**
 * Completes an import, in the transaction that writes its rows.
 * @returns false when the claim no longer holds the import
 */
export async function settleImport(db: Db, claim: ClaimToken, end: ImportEnd): Promise<boolean> {
  const { state, counts, warnings, error } = end;
  const { count } = await db
    .update(imports)
    .set({
      state,
      finishedAt: sql`clock_timestamp()`,
      leaseUntil: null,
      phase: null,
      secondsLeft: null,
      rowsRead: counts.rows,
      bytesRead: imports.bytesTotal,
      counts,
      warnings,
      storesChanged: state === "failed" ? null : storesChanged,
      errorCode: error?.code ?? null,
      errorDetail: error?.detail ?? null,
      errorLine: error?.line ?? null,
    })
    .where(and(heldBy(queue, claim), eq(imports.state, "running")));
  return count > 0;
}

/**
 * Completes an undo, in its transaction.
 * @param polls how many were removed and restored; null for other kinds
 * @returns false when the claim no longer holds the import */
export async function settleUndo(
  db: Db,
  claim: ClaimToken,
  polls: { readonly removed: number; readonly restored: number } | null,
): Promise<boolean> {
  const { count } = await db
    .update(imports)
    .set({
      state: "undone",
      undoneAt: sql`clock_timestamp()`,
      leaseUntil: null,
      pollsRemoved: polls?.removed ?? null,
      pollsRestored: polls?.restored ?? null,
    })
    .where(and(heldBy(queue, claim), isUndoing));
  return count > 0;
}

/** An import that failed. */
export interface FailedImport {
  readonly id: number;
  readonly kind: ImportRow["kind"];
  readonly dryRun: boolean;
  readonly error: { readonly code: string; readonly detail: string };
}

/** Only those that failed: an undo that cannot continue leaves the import complete. */
function failedOf(rows: readonly Pick<ImportRow, "id" | "kind" | "state" | "dryRun">[], failure: Failure) {
  return rows
    .filter(({ state }) => state === "failed")
    .map(({ id, kind, dryRun }): FailedImport => {
      return { id, kind, dryRun, error: { code: failure.code, detail: failure.reason } };
    });
}

const failedColumns = { id: imports.id, kind: imports.kind, state: imports.state, dryRun: imports.dryRun };

/** The final values of a job that cannot continue. */
const failed = ({ code, reason }: Failure) => ({
  state: sql`case when ${imports.state} <> 'undoing' then 'failed'
    when (${imports.counts} ->> 'rejected')::bigint > 0 then 'complete_with_rejects' else 'complete' end`,
  finishedAt: sql`coalesce(${imports.finishedAt}, now())`,
  leaseUntil: null,
  phase: null,
  secondsLeft: null,
  errorCode: code,
  errorDetail: reason,
});

/**
 * Fails an import; one that was being undone is complete again, with the reason.
 * @returns the import if this failed it; `lost` when the claim no longer holds it
 */
export async function failImport(
  db: Db,
  claim: ClaimToken,
  failure: Failure,
): Promise<{ readonly lost: boolean; readonly failed: readonly FailedImport[] }> {
  const rows = await db.update(imports).set(failed(failure)).where(heldBy(queue, claim)).returning(failedColumns);
  return { lost: rows.length === 0, failed: failedOf(rows, failure) };
}

/**
 * Returns the import to the queue.
 * @param counts whether the attempt failed; false when the worker was told to stop
 */
export async function returnImport(db: Db, claim: ClaimToken, counts: boolean): Promise<boolean> {
  const rows = await db
    .update(imports)
    .set({
      state: sql`case ${imports.state} when 'running' then 'queued' else ${imports.state} end`,
      phase: null,
      secondsLeft: null,
      ...returnToQueueValues(queue, counts),
    })
    .where(heldBy(queue, claim))
    .returning({ notified: notify("import_queued") });
  return rows.length > 0;
}

/**
 * Ends the imports that have used all of their attempts, and those whose upload stopped.
 * @returns those that failed
 */
export async function failLostImports(db: Db): Promise<FailedImport[]> {
  const workerLost = {
    code: "worker_lost",
    reason: `The worker was lost ${maxAttempts} times while it worked on this import. Nothing was changed.`,
  };
  const cutOff = {
    code: "incomplete_upload",
    reason: "The upload stopped before its end. Nothing was kept; send the file again.",
  };
  const isCutOff = selectForUpdate(queue, and(eq(imports.state, "receiving"), isFree(queue)), {
    order: [imports.id],
    limit: null,
    locked: "skip",
  });
  const lostRows = await db.update(imports).set(failed(workerLost)).where(isLost(queue)).returning(failedColumns);
  const cutOffRows = await db.update(imports).set(failed(cutOff)).where(isCutOff).returning(failedColumns);
  return [...failedOf(lostRows, workerLost), ...failedOf(cutOffRows, cutOff)];
}
