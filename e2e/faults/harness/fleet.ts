import type { Database } from "@/db/client";
import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import { withTransaction } from "@/db/transaction";
import { isoInstant } from "@/lib/server/wire/instants";
import type { EpochMs } from "@/lib/uptime/types";

/** The newest poll of a generated fleet, and so the as-of instant of its reports. */
export const fleetAsOf: EpochMs = Date.UTC(2023, 0, 25, 18, 13, 22, 479);
const hourMs = 3_600_000;

/**
 * Fills an empty database with stores `store-1` to `store-N`, with one poll per hour. The version of the data stays 0,
 * so that no worker makes a snapshot by itself.
 */
export async function makeFleet(database: Database, stores: number, pollHours = 200): Promise<void> {
  const weeks = new Set<EpochMs>();
  for (let hour = 0; hour <= pollHours; hour++) weeks.add(weekStart(fleetAsOf - hour * hourMs));
  await ensurePollPartitions(database, weeks);
  await database.sql`insert into stores (store_id) select 'store-' || n from generate_series(1, ${stores}) as n`;
  await database.sql`
    insert into polls (store_key, at, active)
    select store_key, ${isoInstant(fleetAsOf)}::timestamptz - make_interval(hours => hour), (store_key + hour) % 4 <> 0
    from stores, generate_series(0, ${pollHours}) as hour`;
  await database.sql`update fleet_state set newest_poll_at = ${isoInstant(fleetAsOf)}`;
}

/** Empties every table that work changes, except the audit log, from which nothing can be deleted. */
export async function clearAll(database: Database): Promise<void> {
  const tables = await database.sql<{ name: string }[]>`
    select relname as name from pg_class join pg_namespace n on n.oid = relnamespace
    where n.nspname = 'public' and relkind in ('r', 'p') and not relispartition and relname not in ('fleet_state', 'audit_entries')`;
  // Retried when it deadlocks with a worker, which locks the same tables in another order.
  await withTransaction(database, async ({ sql: tx }) => {
    await tx`truncate ${tx(tables.map(({ name }) => name))} restart identity cascade`;
    await tx`update fleet_state set newest_poll_at = null, data_version = 0`;
  });
}
