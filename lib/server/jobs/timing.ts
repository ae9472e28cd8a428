import { env } from "@/lib/server/env";
import type { SnapshotDelayTiming } from "./snapshot-delay";

/** Intervals of a worker; tests shorten them. Leases use only the database's clock. */
export interface WorkerTiming {
  readonly leaseSeconds: number;
  readonly heartbeatSeconds: number;
  readonly snapshotIntervalSeconds: number;
  readonly snapshotDelay: SnapshotDelayTiming;
  /** Polling interval of the queue; a notification triggers it at once. */
  readonly pollMs: number;
  /** Interval of the search for imports whose worker or sender is gone. */
  readonly sweepMs: number;
  /** The longest pause between two attempts while the database is unavailable. */
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

/** A short interval means that snapshots should not be delayed. */
export function snapshotDelayOf(intervalSeconds: number): SnapshotDelayTiming {
  return {
    quietMs: Math.min(2, intervalSeconds) * 1000,
    maxDelayMs: Math.min(10, intervalSeconds) * 1000,
    maxImportDelayMs: intervalSeconds * 1000,
  };
}
