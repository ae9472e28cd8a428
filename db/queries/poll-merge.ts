import type { Sql } from "@/db/client";
import type { EpochMs } from "@/lib/uptime/types";
import { mergeStagedStores } from "./import-stage";
import { pollPartitionName } from "./poll-partitions";

export interface PollMerge {
  /** Polls that are new. */
  readonly accepted: number;
  /** Distinct (store, instant, status) whose status is not the one that was kept. */
  readonly conflicting: number;
  /** Whether anything at all is other than before. */
  readonly changed: boolean;
  readonly storesAdded: number;
}

/**
 * Merges `import_polls` into `polls`, in the transaction that is open. At most one poll a store and instant: where both
 * statuses are given, `inactive` is kept, whatever came first, and the instant is noted in `poll_conflicts`.
 * @param staged rows in `import_polls`, all of them in `[earliest, latest]`, for which partitions exist
 */
export async function mergeStagedPolls(
  sql: Sql,
  staged: number,
  earliest: EpochMs,
  latest: EpochMs,
): Promise<PollMerge> {
  const { added: storesAdded } = await mergeStagedStores(sql);
  await sql`set local work_mem = '64MB'`;
  // In key order, which the key's index takes fastest and in which concurrent imports never wait in a ring.
  const { count: accepted } = await sql`
    insert into polls (store_key, at, active)
    select distinct on (i.store_key, s.at) i.store_key, s.at, s.active
    from import_polls s join import_stores i on i.number = s.number
    order by i.store_key, s.at, s.active
    on conflict do nothing`;
  if (accepted === staged) return { accepted, conflicting: 0, changed: accepted + storesAdded > 0, storesAdded };

  // A statement of its own: it sees what others committed while the one above waited for them.
  await sql`
    create temp table import_conflicts on commit drop as
    select distinct p.store_key, p.at, s.active
    from import_polls s
    join import_stores i on i.number = s.number
    join polls p on p.store_key = i.store_key and p.at = s.at and p.active <> s.active
    where p.at between ${new Date(earliest).toISOString()} and ${new Date(latest).toISOString()}`;
  const [row] = await sql<{ count: string }[]>`select count(*) from import_conflicts`;
  const conflicting = Number(row?.count ?? 0);
  if (conflicting === 0) return { accepted, conflicting, changed: accepted + storesAdded > 0, storesAdded };

  const noted = await sql`
    insert into poll_conflicts (store_key, at)
    select distinct store_key, at from import_conflicts order by store_key, at
    on conflict do nothing`;
  const overruled = await sql`
    update polls p set active = false
    from import_conflicts c
    where p.store_key = c.store_key and p.at = c.at and p.active and not c.active
      and p.at between ${new Date(earliest).toISOString()} and ${new Date(latest).toISOString()}`;
  const changed = accepted + storesAdded + noted.count + overruled.count > 0;
  return { accepted, conflicting, changed, storesAdded };
}

/** The tables to vacuum after polls of these weeks were merged. */
export function pollTables(weeks: Iterable<EpochMs>): string[] {
  return [...weeks].sort((a, b) => a - b).map(pollPartitionName);
}
