import { Gauge, type Registry } from "prom-client";

/** What is read from the database at each scrape. */
export interface DatabaseGauges {
  readonly up: Gauge;
  readonly jobs: Gauge<"kind" | "state">;
  readonly oldest: Gauge<"kind">;
  readonly total: Gauge<"pool">;
  readonly idle: Gauge<"pool">;
  readonly waiting: Gauge<"pool">;
  readonly newestPoll: Gauge;
  readonly freeBytes: Gauge;
}

export function makeDatabaseGauges(registers: Registry[]): DatabaseGauges {
  const one = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const by = <L extends string>(name: string, help: string, ...labelNames: L[]): Gauge<L> => {
    return new Gauge({ name, help, labelNames, registers });
  };
  return {
    up: one("database_up", "1 if the database responded to this scrape within a second."),
    jobs: by("jobs", "Jobs that are queued or running.", "kind", "state"),
    oldest: by("job_oldest_queued_seconds", "How long the oldest job has been queued; 0 without any.", "kind"),
    total: by("db_pool_total", "Open sessions of a pool, over all replicas.", "pool"),
    idle: by("db_pool_idle", "The idle ones among them.", "pool"),
    waiting: by("db_pool_waiting", "Requests that wait to learn whether the pool has a free session.", "pool"),
    newestPoll: one("data_latest_poll_timestamp_seconds", "The instant of the newest poll; none before the first."),
    freeBytes: one("database_disk_free_bytes", "Free space on the disk of the database's files, if on this machine."),
  };
}
