import type { Database, Db } from "@/db/client";
import { as, oneOf, orNull, readOneRow, readRows } from "@/db/rows";
import type { EpochMs } from "@/lib/uptime/types";
import { latestCounted, newestPoll } from "./fleet-state";

/** A worker without a heartbeat for this long counts as gone. */
const awayAfterSeconds = 30;

const jobsRow = {
  kind: oneOf("report", "snapshot", "import", "webhook"),
  state: as.text,
  jobs: as.number,
  oldestSeconds: orNull(as.number),
};
const sessionsRow = { pool: as.text, total: as.number, idle: as.number };
const stateRow = {
  newestPollAt: orNull(as.instant),
  newestFuturePollAt: orNull(as.instant),
  workerSeenAt: orNull(as.instant),
  workerRuns: orNull(as.boolean),
  workerTzReleases: orNull(as.textArray),
};

/** Jobs of one kind in one state. */
export interface JobCount {
  readonly kind: "report" | "snapshot" | "import" | "webhook";
  readonly state: string;
  readonly jobs: number;
  /** For queued ones, the age of the oldest; null for other states. */
  readonly oldestSeconds: number | null;
}

/** Jobs in progress, and those that ended within the last day. */
export async function countJobs({ sql }: Database): Promise<JobCount[]> {
  return readRows(
    sql`
    select case origin when 'snapshot' then 'snapshot' else 'report' end as kind, state, count(*)::int as jobs,
      case state when 'queued' then extract(epoch from now() - min(created_at))::float8 end as oldest_seconds
    from reports where state in ('queued', 'running') group by 1, 2
    union all
    select 'import', state, count(*)::int,
      case state when 'queued' then extract(epoch from now() - min(created_at))::float8 end
    from imports where state in ('receiving', 'queued', 'running', 'undoing') group by 2
    union all
    select 'webhook', 'queued', count(*)::int, extract(epoch from greatest(now() - min(next_attempt_at), interval '0'))::float8
    from webhook_deliveries where state = 'pending' group by 2`,
    jobsRow,
  );
}

/** Open connections of one of our pools, over all replicas. */
export interface PoolSessions {
  /** `web`, `worker`, … */
  readonly pool: string;
  readonly total: number;
  readonly idle: number;
}

/** @param prefix of our application names */
export async function countSessions({ sql }: Database, prefix: string): Promise<PoolSessions[]> {
  return readRows(
    sql`
    select substr(application_name, ${prefix.length + 1}::int) as pool, count(*)::int as total,
      count(*) filter (where state = 'idle')::int as idle
    from pg_stat_activity
    where datname = current_database() and starts_with(application_name, ${prefix}) group by 1 order by 1`,
    sessionsRow,
  );
}

export interface ServiceState {
  /** The newest poll that is not ahead of the clock. Null before the first poll. */
  readonly newestPollAt: EpochMs | null;
  /** The newest of the polls that are ahead of the clock, which do not count yet; null if there are none. */
  readonly newestFuturePollAt: EpochMs | null;
  /** Whether any worker had a heartbeat within half a minute, by the database's clock. */
  readonly workerRuns: boolean;
  /** The last heartbeat of any worker; null if there never was one, or the last worker ended in order. */
  readonly workerSeenAt: EpochMs | null;
  /** Releases of the tz database in use by running workers, ascending. */
  readonly workerTzReleases: readonly string[];
}

export async function readServiceState({ sql }: Db, now: EpochMs = Date.now()): Promise<ServiceState> {
  const { workerRuns, workerTzReleases, ...state } = await readOneRow(
    sql`
    select ${newestPoll(sql, now)} as newest_poll_at,
      case when newest_poll_at > ${latestCounted(now)}::timestamptz then newest_poll_at end as newest_future_poll_at,
      w.seen as worker_seen_at, w.seen > now() - make_interval(secs => ${awayAfterSeconds}) as worker_runs,
      w.releases as worker_tz_releases
    from fleet_state, (
      select max(seen_at) as seen,
        array_agg(distinct tz_release) filter (
          where tz_release is not null and seen_at > now() - make_interval(secs => ${awayAfterSeconds})) as releases
      from workers
    ) w`,
    stateRow,
  );
  return { ...state, workerRuns: workerRuns === true, workerTzReleases: workerTzReleases ?? [] };
}
