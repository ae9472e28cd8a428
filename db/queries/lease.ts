import { and, gte, lt, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/**
 * A table whose rows are jobs. A worker claims a row by a lease: until it expires the row belongs to the worker, which
 * extends it by heartbeats. Every claim increments `attempts`, the fencing token: a write of an earlier claim matches
 * no row. Only the database's clock counts.
 */
export interface Queue {
  readonly id: PgColumn;
  readonly attempts: PgColumn;
  /** Null or past: any worker may claim the row. */
  readonly leaseUntil: PgColumn;
  /** The number of attempts that do not count towards `maxAttempts`; null when any number of attempts is allowed. */
  readonly handedBack: PgColumn | null;
  /** Whether the job has not ended. Its states are literals, as in the predicate of the index over open jobs. */
  readonly isOpen: SQL;
  /** Whether a claim may still write to the row. */
  readonly isHeld: SQL;
}

/** A claim: `attempts` is greater in each later claim of the job. */
export interface ClaimToken {
  readonly id: number;
  readonly attempts: number;
}

/** The reason of a job's failure. */
export interface Failure {
  readonly code: string;
  /** Shown to users. */
  readonly reason: string;
}

/** A job fails after this many counted attempts. */
export const maxAttempts = 3;

/** Whether a failed attempt may be followed by another. */
export const canRetry = (claim: { readonly attempts: number; readonly handedBack: number }): boolean =>
  claim.attempts - claim.handedBack < maxAttempts;

export const secondsFromNow = (seconds: number): SQL => sql`now() + make_interval(secs => ${seconds})`;

export const nextAttempt = ({ attempts }: Queue): SQL => sql`${attempts} + 1`;

/** The values that return a job to the queue. @param counts whether the attempt counts towards `maxAttempts` */
export const returnToQueueValues = (queue: Queue & { readonly handedBack: PgColumn }, counts: boolean) => ({
  worker: null,
  leaseUntil: null,
  handedBack: sql`${queue.handedBack} + ${counts ? 0 : 1}`,
});

/** Rows that the claim still holds: one, or none when another worker has the job or it has ended. */
export const heldBy = ({ isHeld, ...row }: Queue, { id, attempts }: ClaimToken): SQL =>
  sql`${row.id} = ${id} and ${row.attempts} = ${attempts} and ${isHeld}`;

/** Whether no worker holds the row. */
export function isFree({ leaseUntil }: Queue): SQL {
  // Instants are rounded to the ms, so an instant that is now may appear to be half a ms ahead.
  const isOver = sql`${leaseUntil} <= now() + interval '1 ms'`;
  return leaseUntil.notNull ? isOver : sql`(${leaseUntil} is null or ${isOver})`;
}

/** The rows that a statement selects, and locks until its transaction ends. */
export interface RowSelection {
  readonly order: readonly SQLWrapper[];
  /** null: all. */
  readonly limit: number | null;
  /** What to do with a row that another transaction has locked. */
  readonly locked: "skip" | "wait";
}

/** The first free jobs that match `where`. */
export function claimable(queue: Queue, where: SQL | undefined, selection: RowSelection): SQL {
  const mayTry = queue.handedBack === null ? undefined : lt(countedAttempts(queue, queue.handedBack), maxAttempts);
  return selectForUpdate(queue, and(queue.isOpen, isFree(queue), mayTry, where), selection);
}

/** The free jobs that have used all of their attempts. */
export function isLost(queue: Queue & { readonly handedBack: PgColumn }): SQL {
  const where = and(queue.isOpen, isFree(queue), gte(countedAttempts(queue, queue.handedBack), maxAttempts));
  return selectForUpdate(queue, where, { order: [queue.id], limit: null, locked: "skip" });
}

const countedAttempts = ({ attempts }: Queue, handedBack: PgColumn): SQL => sql`${attempts} - ${handedBack}`;

/**
 * Whether a row is among those that a select locks. They are selected once, before the update: with `id in (select …)` a plan may run the select again and select more than
 * `limit`.
 */
export function selectForUpdate({ id }: Queue, where: SQL | undefined, { order, limit, locked }: RowSelection): SQL {
  const rows = sql`select ${id} from ${id.table} where ${where} order by ${sql.join([...order], sql`, `)} limit ${limit}`;
  return sql`${id} = any(array(${rows} for update ${locked === "skip" ? sql`skip locked` : undefined}))`;
}
