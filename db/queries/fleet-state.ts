import type { SqlOrTx } from "@/db/client";
import type { EpochMs } from "@/lib/uptime/types";

export interface FleetState {
  /** The newest poll of the fleet: what "now" is. Before the first poll: the clock of the database. */
  readonly asOf: EpochMs;
  /** Null before the first poll. */
  readonly newestPollAt: EpochMs | null;
  /** Grows with every change of polls, hours, zones or exceptions. */
  readonly dataVersion: number;
}

export interface RawFleetState {
  readonly as_of: string;
  readonly newest_poll_at: string | null;
  readonly data_version: string;
}

export async function readFleetState(sql: SqlOrTx): Promise<FleetState> {
  const [row] = await sql<RawFleetState[]>`
    select coalesce(newest_poll_at, now()::timestamptz(3)) as as_of, newest_poll_at, data_version from fleet_state`;
  if (row === undefined) throw new Error("fleet_state has no row.");
  const newestPollAt = row.newest_poll_at === null ? null : Date.parse(row.newest_poll_at);
  return { asOf: Date.parse(row.as_of), newestPollAt, dataVersion: Number(row.data_version) };
}

/** The newest poll of the fleet; null before the first. */
export async function readNewestPollAt(sql: SqlOrTx): Promise<EpochMs | null> {
  const [row] = await sql<{ newest: string | null }[]>`select newest_poll_at as newest from fleet_state`;
  return row?.newest == null ? null : Date.parse(row.newest);
}

/**
 * Says that polls, hours, zones or exceptions changed: the last statement of every transaction that changes them, since
 * all such transactions wait for each other here.
 * @param newestPollAt the newest of the polls that came in; null where none did
 */
export async function noteFleetChange(sql: SqlOrTx, newestPollAt: EpochMs | null): Promise<void> {
  const newest = newestPollAt === null ? null : new Date(newestPollAt).toISOString();
  await sql`
    update fleet_state
    set newest_poll_at = greatest(newest_poll_at, ${newest}::timestamptz), data_version = data_version + 1`;
}

/** Wakes whoever makes snapshots: call it once the change is committed. */
export async function announceFleetChange(sql: SqlOrTx): Promise<void> {
  await sql`select pg_notify('fleet_changed', '')`;
}
