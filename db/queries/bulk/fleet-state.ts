import type { PendingQuery, Row } from "postgres";
import type { Database, Db, Sql } from "@/db/client";
import { instantText } from "@/db/instant-text";
import { as, orNull, readOneRow } from "@/db/rows";
import { fleetState } from "@/db/schema/fleet-state";
import { withTransaction } from "@/db/transaction";
import type { EpochMs } from "@/lib/uptime/types";
import { clockToleranceMs } from "@/lib/uptime/windows";

const stateRow = { asOf: as.instant, newestPollAt: orNull(as.instant), dataVersion: fleetState.dataVersion };

export interface FleetState {
  /** The newest poll of the fleet that is not ahead of the clock. Before the first poll: the database's clock. */
  readonly asOf: EpochMs;
  /** The same; null before the first poll. */
  readonly newestPollAt: EpochMs | null;
  /** Increases with every change of polls, hours, zones or exceptions. */
  readonly dataVersion: number;
}

/** The instant up to which polls count, as ISO text. @param now the clock's ms */
export function latestCounted(now: EpochMs): string {
  return instantText(now + clockToleranceMs);
}

/**
 * The newest poll of the fleet that is not ahead of the clock, as an expression for a statement that reads
 * `fleet_state`; null before the first. The function is called only when polls are ahead.
 * @param now the clock's ms: of the calling process, as when polls are accepted
 */
export function newestPoll(sql: Sql, now: EpochMs): PendingQuery<Row[]> {
  const bound = sql`${latestCounted(now)}::timestamptz`;
  return sql`case when fleet_state.newest_poll_at <= ${bound} then fleet_state.newest_poll_at
    when fleet_state.newest_poll_at is not null then newest_poll(${bound}) end`;
}

export async function readFleetState({ sql }: Db, now: EpochMs = Date.now()): Promise<FleetState> {
  return readOneRow(
    sql`
    select coalesce(newest, now()::timestamptz(3)) as as_of, newest as newest_poll_at, data_version
    from (select ${newestPoll(sql, now)} as newest, data_version from fleet_state) as state`,
    stateRow,
  );
}

/** The newest poll of the fleet that is not ahead of the clock; null before the first. */
export async function readNewestPollAt(db: Db, now: EpochMs = Date.now()): Promise<EpochMs | null> {
  return (await readFleetState(db, now)).newestPollAt;
}

/**
 * Records that polls, hours, zones or exceptions changed. It is the last statement of every transaction that changes
 * them, because all such transactions wait for each other here.
 * @param newestPollAt the newest of the new polls; null if none
 */
export async function recordFleetChange({ sql }: Db, newestPollAt: EpochMs | null): Promise<void> {
  const newest = newestPollAt === null ? null : instantText(newestPollAt);
  await sql`select note_fleet_change(${newest}::timestamptz)`;
}

/**
 * Records the last poll before and the first after the clock, when some are ahead of it and that is not yet recorded:
 * otherwise every read would search for them. Waits for concurrent changes of polls, which wait for it.
 * @returns whether it was recorded
 */
export async function advanceNewestPoll(pool: Database, now: EpochMs = Date.now()): Promise<boolean> {
  const bound = latestCounted(now);
  const unknown = (sql: Sql) => sql`
    newest_poll_at > ${bound}::timestamptz and (current_version is distinct from data_version
      or current_poll_at is null or current_poll_at > ${bound}::timestamptz or later_poll_at <= ${bound}::timestamptz)`;
  const [before] = await pool.sql`select from fleet_state where ${unknown(pool.sql)}`;
  if (before === undefined) return false;
  return withTransaction(pool, async ({ sql }) => {
    const [locked] = await sql`select from fleet_state where ${unknown(sql)} for update`;
    if (locked === undefined) return false;
    const { count } = await sql`
      update fleet_state set current_poll_at = found.newest, later_poll_at = search_poll_after(${bound}),
        current_version = data_version
      from (select search_newest_poll(${bound}) as newest) as found where found.newest is not null`;
    return count > 0;
  });
}

/**
 * Records that polls were removed: the last statement of a transaction, like `recordFleetChange`. Searches for the
 * newest poll again.
 */
export async function recordFewerPolls({ sql }: Db): Promise<void> {
  await sql`select note_fewer_polls()`;
}

/** Wakes the workers that create snapshots: call it after the commit. */
export async function announceFleetChange({ sql }: Db): Promise<void> {
  await sql`select pg_notify('fleet_changed', '')`;
}
