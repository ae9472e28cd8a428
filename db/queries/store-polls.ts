import type { SqlOrTx } from "@/db/client";
import type { EpochMs, PackedPolls, Poll } from "@/lib/uptime/types";
import { PollDecoder } from "./poll-stream";

/** The polls of one store, both ends included, through its covering key. */
export async function pollsOfStore(sql: SqlOrTx, storeKey: number, from: EpochMs, to: EpochMs): Promise<PackedPolls> {
  const [row] = await sql<{ packed: Buffer | null }[]>`
    select string_agg(timestamptz_send(at) || boolsend(active), '' order by at) as packed from polls
    where store_key = ${storeKey} and at >= ${new Date(from).toISOString()} and at <= ${new Date(to).toISOString()}`;
  const packed = row?.packed ?? Buffer.alloc(0);
  return new PollDecoder().decode(packed, 0, packed.length);
}

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

/** The oldest poll of a store after one instant, up to another, itself included. */
export async function oldestPollAfter(
  sql: SqlOrTx,
  storeKey: number,
  after: EpochMs,
  upTo: EpochMs,
): Promise<Poll | null> {
  const [row] = await sql<{ at: string; active: boolean }[]>`
    select at, active from polls
    where store_key = ${storeKey} and at > ${new Date(after).toISOString()} and at <= ${new Date(upTo).toISOString()}
    order by at limit 1`;
  return row === undefined ? null : { at: Date.parse(row.at), status: row.active ? "active" : "inactive" };
}
