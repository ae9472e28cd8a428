import type { SqlOrTx } from "@/db/client";
import type { EpochMs, Poll } from "@/lib/uptime/types";

/** The newest poll before an instant, of each of the stores that has one. */
export async function newestPollsBefore(
  sql: SqlOrTx,
  storeKeys: readonly number[],
  before: EpochMs,
): Promise<ReadonlyMap<number, Poll>> {
  if (storeKeys.length === 0) return new Map();
  const rows = await sql<{ store_key: number; at: string; active: boolean }[]>`
    select asked.store_key, newest.at, newest.active
    from unnest(${storeKeys as number[]}::int[]) as asked(store_key)
    cross join lateral (
      select at, active from polls
      where store_key = asked.store_key and at < ${new Date(before).toISOString()} order by at desc limit 1
    ) as newest`;
  return new Map(
    rows.map((row) => [row.store_key, { at: Date.parse(row.at), status: row.active ? "active" : "inactive" }]),
  );
}
