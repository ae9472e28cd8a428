import type { Db } from "@/db/client";
import type { EpochMs } from "@/lib/uptime/types";
import { latestCounted, newestPoll } from "./fleet-state";

/** Who was not heard of for so long is gone. */
const awayAfterSeconds = 30;

/** Says that a worker runs, by which release of the tz database, and forgets those that have not for a day. */
export async function upsertWorker({ sql }: Db, name: string, tzRelease: string | null = null): Promise<void> {
  await sql`
    with gone as (delete from workers where seen_at < now() - interval '1 day' and name <> ${name})
    insert into workers (name, tz_release) values (${name}, ${tzRelease})
    on conflict (name) do update set seen_at = now(), tz_release = excluded.tz_release`;
}

/** A worker that ends in order is not missed: it says so. */
export async function deleteWorker({ sql }: Db, name: string): Promise<void> {
  await sql`delete from workers where name = ${name}`;
}

export interface ServiceState {
  /** The newest poll that is not ahead of the clock. Null before the first poll. */
  readonly newestPollAt: EpochMs | null;
  /** The newest of the polls that are ahead of the clock, which do not count yet; null where there are none. */
  readonly newestFuturePollAt: EpochMs | null;
  /** Whether any worker was heard of within half a minute, by the database's clock. */
  readonly workerRuns: boolean;
  /** When one was heard of last; null where none ever was, or the last ended in order. */
  readonly workerSeenAt: EpochMs | null;
  /** Releases of the tz database that the workers which run compute with, ascending. */
  readonly workerTzReleases: readonly string[];
}

export async function readServiceState({ sql }: Db, now: EpochMs = Date.now()): Promise<ServiceState> {
  interface Raw {
    newest: string | null;
    future: string | null;
    seen: string | null;
    runs: boolean | null;
    releases: string[] | null;
  }
  const [row] = await sql<Raw[]>`
    select ${newestPoll(sql, now)} as newest,
      case when newest_poll_at > ${latestCounted(now)}::timestamptz then newest_poll_at end as future,
      w.seen, w.seen > now() - make_interval(secs => ${awayAfterSeconds}) as runs, w.releases
    from fleet_state, (
      select max(seen_at) as seen,
        array_agg(distinct tz_release) filter (
          where tz_release is not null and seen_at > now() - make_interval(secs => ${awayAfterSeconds})) as releases
      from workers
    ) w`;
  const at = (text: string | null | undefined): EpochMs | null => (text == null ? null : Date.parse(text));
  const [newestPollAt, newestFuturePollAt] = [at(row?.newest), at(row?.future)];
  return {
    newestPollAt,
    newestFuturePollAt,
    workerRuns: row?.runs === true,
    workerSeenAt: at(row?.seen),
    workerTzReleases: row?.releases ?? [],
  };
}
