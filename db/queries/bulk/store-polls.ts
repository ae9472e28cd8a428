import type { Db } from "@/db/client";
import { as, readOneRow, readRows } from "@/db/rows";
import { polls } from "@/db/schema/polls";
import type { EpochMs, Poll } from "@/lib/uptime/types";

const newestRow = { storeKey: as.number, at: polls.at, active: polls.active };
const keyRow = { storeKey: as.number };
const foundRow = { found: as.boolean };

/** The newest poll before an instant, for each of the stores that has one. */
export async function newestPollsBefore(
  { sql }: Db,
  storeKeys: readonly number[],
  before: EpochMs,
): Promise<ReadonlyMap<number, Poll>> {
  if (storeKeys.length === 0) return new Map();
  const rows = await readRows(
    sql`
    select asked.store_key, newest.at, newest.active
    from unnest(${storeKeys as number[]}::int[]) as asked(store_key)
    cross join lateral (
      select at, active from polls
      where store_key = asked.store_key and at < ${new Date(before).toISOString()} order by at desc limit 1
    ) as newest`,
    newestRow,
  );
  return new Map(rows.map((row) => [row.storeKey, { at: row.at, status: row.active ? "active" : "inactive" }]));
}

/** Whether any store has a poll before an instant. */
export async function hasPollBefore({ sql }: Db, before: EpochMs): Promise<boolean> {
  const { found } = await readOneRow(
    sql`select exists (select from polls where at < ${new Date(before).toISOString()}) as found`,
    foundRow,
  );
  return found;
}

/** Those of the stores that have more than `most` polls in a range, both ends included, ascending. */
export async function storesWithMorePolls(
  { sql }: Db,
  storeKeys: readonly number[],
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  most: number,
): Promise<readonly number[]> {
  const rows = await readRows(
    sql`
    select asked.store_key from unnest(${storeKeys as number[]}::int[]) as asked(store_key)
    where exists (
      select 1 from polls
      where store_key = asked.store_key
        and at >= ${new Date(from).toISOString()} and at <= ${new Date(to).toISOString()}
      order by at offset ${most} limit 1)
    order by asked.store_key`,
    keyRow,
  );
  return rows.map((row) => row.storeKey);
}
