import { env } from "@/lib/server/env";
import type { SnapshotDelayTiming } from "./snapshot-delay";

/** When a worker does what; tests shorten it. Leases are judged by the database's clock alone. */
export interface WorkerTiming {
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
  readonly snapshotIntervalSeconds: number;
  readonly snapshotDelay: SnapshotDelayTiming;
  /** How often the queue is looked at where no notice comes; a notice makes it at once. */
  readonly pollMs: number;
  /** How often it is looked for imports that nobody works on or sends any more. */
  readonly sweepMs: number;
  /** The longest pause between two tries while the database is away. */
  readonly maxBackoffMs: number;
}

export function workerTiming(): WorkerTiming {
  const { LEASE_SECONDS, HEARTBEAT_SECONDS, SNAPSHOT_INTERVAL_SECONDS, SWEEP_SECONDS } = env();
  return {
    leaseSeconds: LEASE_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    snapshotIntervalSeconds: SNAPSHOT_INTERVAL_SECONDS,
    snapshotDelay: snapshotDelayOf(SNAPSHOT_INTERVAL_SECONDS),
    pollMs: 500,
    sweepMs: SWEEP_SECONDS * 1_000,
    maxBackoffMs: 5000,
  };
}

/** Who wants snapshots often does not want to wait for them. */
export function snapshotDelayOf(intervalSeconds: number): SnapshotDelayTiming {
  return {
    quietMs: Math.min(2, intervalSeconds) * 1000,
    maxDelayMs: Math.min(10, intervalSeconds) * 1000,
    maxImportDelayMs: intervalSeconds * 1000,
  };
}
