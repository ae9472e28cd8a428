import { env } from "@/lib/server/env";

/** When a worker does what; tests shorten it. Leases are judged by the database's clock alone. */
export interface WorkerTiming {
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
  readonly snapshotIntervalSeconds: number;
  /** How often the queue is looked at where no notice comes; a notice makes it at once. */
  readonly pollMs: number;
  /** The longest pause between two tries while the database is away. */
  readonly maxBackoffMs: number;
}

export function workerTiming(): WorkerTiming {
  const { LEASE_SECONDS, HEARTBEAT_SECONDS, SNAPSHOT_INTERVAL_SECONDS } = env();
  return {
    leaseSeconds: LEASE_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    snapshotIntervalSeconds: SNAPSHOT_INTERVAL_SECONDS,
    pollMs: 500,
    maxBackoffMs: 5000,
  };
}
