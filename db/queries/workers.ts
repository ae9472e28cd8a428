import type { SqlOrTx } from "@/db/client";
import type { EpochMs } from "@/lib/uptime/types";

/** Who was not heard of for so long is gone. */
const awayAfterSeconds = 30;

/** Says that a worker runs, and forgets those that have not for a day. */
export async function noteWorker(sql: SqlOrTx, name: string): Promise<void> {
  await sql`
    with gone as (delete from workers where seen_at < now() - interval '1 day' and name <> ${name})
    insert into workers (name) values (${name}) on conflict (name) do update set seen_at = now()`;
}

/** A worker that ends in order is not missed: it says so. */
export async function forgetWorker(sql: SqlOrTx, name: string): Promise<void> {
  await sql`delete from workers where name = ${name}`;
}

export interface ServiceState {
  /** Null before the first poll. */
  readonly newestPollAt: EpochMs | null;
  /** Whether any worker was heard of within half a minute, by the database's clock. */
  readonly workerRuns: boolean;
  /** When one was heard of last; null where none ever was, or the last ended in order. */
  readonly workerSeenAt: EpochMs | null;
}

export async function readServiceState(sql: SqlOrTx): Promise<ServiceState> {
  const [row] = await sql<{ newest: string | null; seen: string | null; runs: boolean | null }[]>`
    select f.newest_poll_at as newest, w.seen, w.seen > now() - make_interval(secs => ${awayAfterSeconds}) as runs
    from fleet_state f, (select max(seen_at) as seen from workers) w`;
  const at = (text: string | null | undefined): EpochMs | null => (text == null ? null : Date.parse(text));
  return { newestPollAt: at(row?.newest), workerRuns: row?.runs === true, workerSeenAt: at(row?.seen) };
}
