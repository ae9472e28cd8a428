import type { Database } from "@/db/client";

/** Jobs of one kind in one state. */
export interface JobCount {
  readonly kind: "report" | "snapshot" | "import" | "webhook";
  readonly state: string;
  readonly jobs: number;
  /** Of those that wait, how long the oldest has; null of other states. */
  readonly oldestSeconds: number | null;
}

/** What is under way, and what ended within the last day. */
export async function countJobs({ sql }: Database): Promise<JobCount[]> {
  const rows = await sql<{ kind: JobCount["kind"]; state: string; jobs: number; oldest: number | null }[]>`
    select case origin when 'snapshot' then 'snapshot' else 'report' end as kind, state, count(*)::int as jobs,
      case state when 'queued' then extract(epoch from now() - min(created_at))::float8 end as oldest
    from reports where state in ('queued', 'running') group by 1, 2
    union all
    select 'import', state, count(*)::int,
      case state when 'queued' then extract(epoch from now() - min(created_at))::float8 end
    from imports where state in ('receiving', 'queued', 'running', 'undoing') group by 2
    union all
    select 'webhook', 'queued', count(*)::int, extract(epoch from greatest(now() - min(next_attempt_at), interval '0'))::float8
    from webhook_deliveries where state = 'pending' group by 2`;
  return rows.map(({ kind, state, jobs, oldest }) => ({ kind, state, jobs, oldestSeconds: oldest }));
}

/** Open sessions of one of our pools, of all replicas. */
export interface PoolSessions {
  /** `web`, `worker`, … */
  readonly pool: string;
  readonly total: number;
  readonly idle: number;
}

/** @param prefix of the application names that are ours */
export async function countSessions({ sql }: Database, prefix: string): Promise<PoolSessions[]> {
  return sql<PoolSessions[]>`
    select substr(application_name, ${prefix.length + 1}::int) as pool, count(*)::int as total,
      count(*) filter (where state = 'idle')::int as idle
    from pg_stat_activity
    where datname = current_database() and starts_with(application_name, ${prefix}) group by 1 order by 1`;
}
