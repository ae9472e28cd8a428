import type { Db } from "@/db/client";

/** A store that went online or offline from one snapshot to the next. */
export interface FleetChange {
  readonly storeId: string;
  readonly state: "online" | "offline";
  /** ISO 8601, or null where it is not known since when. */
  readonly since: string | null;
  readonly lastPollAt: string | null;
  readonly asOf: string;
}

/**
 * What changed since the complete snapshot before this one; nothing where there is none. One as of a later instant was
 * made while the clock was wrong: what it says of the stores is passed over.
 */
export async function findFleetChanges({ sql }: Db, snapshotId: number): Promise<FleetChange[]> {
  const rows = await sql<FleetChange[]>`
    select n.store_id as "storeId", n.state, n.state_since as since, n.last_poll_at as "lastPollAt", r.as_of as "asOf"
    from fleet_rows n
    join reports r on r.id = n.report_id
    join fleet_rows o on o.store_key = n.store_key and o.report_id = (
      select id from reports
      where origin = 'snapshot' and state = 'complete' and id < ${snapshotId} and as_of <= r.as_of
      order by id desc limit 1)
    where n.report_id = ${snapshotId}
      and ((n.state = 'online' and o.state = 'offline') or (n.state = 'offline' and o.state = 'online'))
    order by n.store_id`;
  const iso = (text: string): string => new Date(text).toISOString();
  return rows.map((row) => ({
    ...row,
    since: row.since === null ? null : iso(row.since),
    lastPollAt: row.lastPollAt === null ? null : iso(row.lastPollAt),
    asOf: iso(row.asOf),
  }));
}
