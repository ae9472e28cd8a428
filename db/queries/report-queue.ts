import { and, eq, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { reports } from "@/db/schema/reports";
import {
  claimable,
  heldBy,
  isLost,
  maxAttempts,
  nextAttempt,
  returnToQueueValues,
  secondsFromNow,
  type ClaimToken,
  type Failure,
} from "./lease";
import { notify } from "@/db/queries/bulk/notifications";

/** A report as its worker holds it. */
export type ClaimedReport = typeof reports.$inferSelect;

const queue = {
  ...{ id: reports.id, attempts: reports.attempts, leaseUntil: reports.leaseUntil, handedBack: reports.handedBack },
  isOpen: sql`${reports.state} in ('queued', 'running')`,
  isHeld: sql`${reports.state} = 'running'`,
};

export interface ClaimOptions {
  readonly worker: string;
  readonly leaseSeconds: number;
  /** Only reports of at most this many stores; null: any. */
  readonly maxStores: number | null;
  /** Only requested reports, or only snapshots; both unless given. */
  readonly origin?: "request" | "snapshot";
}

/**
 * Claims a report that is queued, or whose worker let its lease expire: the oldest of each account, and one of each
 * account before a second of any, so that one account's reports never wait for all of another's.
 */
export async function claimReport(db: Db, options: ClaimOptions): Promise<ClaimedReport | null> {
  const { worker, leaseSeconds, maxStores, origin } = options;
  const isSmall = maxStores === null ? undefined : sql`cardinality(${reports.storeKeys}) <= ${maxStores}`;
  const isOfOrigin = origin === undefined ? undefined : eq(reports.origin, origin);
  const [claimed] = await db
    .update(reports)
    .set({
      state: "running",
      attempts: nextAttempt(queue),
      worker,
      leaseUntil: secondsFromNow(leaseSeconds),
      startedAt: sql`coalesce(${reports.startedAt}, now())`,
      storesDone: 0,
    })
    .where(
      claimable(queue, and(isSmall, isOfOrigin), {
        order: [reports.turn, reports.createdAt, reports.id],
        limit: 1,
        locked: "skip",
      }),
    )
    .returning();
  return claimed ?? null;
}

/** Extends the lease and records the progress. @returns false when the claim no longer holds the report */
export async function heartbeatReport(
  db: Db,
  claim: ClaimToken,
  leaseSeconds: number,
  { storesDone, storesTotal }: { readonly storesDone: number; readonly storesTotal: number | null },
): Promise<boolean> {
  const { count } = await db
    .update(reports)
    .set({ leaseUntil: secondsFromNow(leaseSeconds), storesDone, storesTotal })
    .where(heldBy(queue, claim));
  return count > 0;
}

export interface CompletedReport {
  readonly stores: number;
  /** Release of the tz database that it was computed with. */
  readonly tzRelease: string;
}

/**
 * Completes the report, in the transaction that writes its rows.
 * @returns false when the claim no longer holds the report
 */
export async function completeReport(
  db: Db,
  claim: ClaimToken,
  { stores, tzRelease }: CompletedReport,
): Promise<boolean> {
  const { count } = await db
    .update(reports)
    .set({
      state: "complete",
      finishedAt: sql`clock_timestamp()`,
      leaseUntil: null,
      storesDone: stores,
      storesTotal: stores,
      tzRelease,
    })
    .where(heldBy(queue, claim));
  return count > 0;
}

const failed = ({ code, reason }: Failure) => ({
  state: "failed" as const,
  finishedAt: sql`now()`,
  leaseUntil: null,
  failureCode: code,
  failureReason: reason,
});

/** Fails the report. @returns false when the claim no longer holds the report */
export async function failReport(db: Db, claim: ClaimToken, failure: Failure): Promise<boolean> {
  const { count } = await db.update(reports).set(failed(failure)).where(heldBy(queue, claim));
  return count > 0;
}

/**
 * Cancels a requested report that has not ended; a worker that holds it notices at its next heartbeat.
 * @returns false when it had ended or was not requested
 */
export async function cancelReport(db: Db, id: number, failure: Failure): Promise<boolean> {
  const { count } = await db
    .update(reports)
    .set(failed(failure))
    .where(and(eq(reports.id, id), eq(reports.origin, "request"), queue.isOpen));
  return count > 0;
}

/**
 * Returns the report to the queue.
 * @param counts whether the attempt failed; false when the worker was told to stop: three deployments do not fail a
 *   report
 */
export async function returnReport(db: Db, claim: ClaimToken, counts: boolean): Promise<boolean> {
  const rows = await db
    .update(reports)
    .set({ state: "queued", storesDone: 0, ...returnToQueueValues(queue, counts) })
    .where(heldBy(queue, claim))
    .returning({ notified: notify("report_queued") });
  return rows.length > 0;
}

/** Fails the reports that have used all of their attempts. @returns their ids */
export async function failLostReports(db: Db): Promise<number[]> {
  const reason = `The worker was lost ${maxAttempts} times while it computed this report.`;
  const rows = await db
    .update(reports)
    .set(failed({ code: "worker_lost", reason }))
    .where(isLost(queue))
    .returning({ id: reports.id });
  return rows.map(({ id }) => id);
}
