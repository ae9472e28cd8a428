import type { SnapshotNeed } from "@/db/queries/bulk/snapshot-need";

export interface SnapshotDelayTiming {
  /** A snapshot waits until no data has arrived for this long, */
  readonly quietMs: number;
  /** or until this long after the first of them, because live polls arrive all the time. */
  readonly maxDelayMs: number;
  /** During imports it waits for their end, for at most this long. */
  readonly maxImportDelayMs: number;
}

/**
 * Decides when new data are worth a snapshot: not between two files of one import, because the next snapshot is an
 * interval away, and until then the page would show half of the data.
 */
export class SnapshotDelay {
  private version: number | null = null;
  /** When data without a snapshot were first seen, first seen since the last import, and last seen. */
  private pending: { readonly firstMs: number; readonly sinceMs: number; readonly changedMs: number } | null = null;

  constructor(private readonly timing: SnapshotDelayTiming) {}

  /** @param nowMs of a monotonic clock   @returns whether a snapshot may be made now */
  isOver({ dataVersion, snapshotVersion, isImporting }: SnapshotNeed, nowMs: number): boolean {
    if (dataVersion === 0 || dataVersion === snapshotVersion) {
      this.pending = null;
      return false;
    }
    const before = this.pending ?? { firstMs: nowMs, sinceMs: nowMs, changedMs: nowMs };
    const changedMs = dataVersion === this.version ? before.changedMs : nowMs;
    this.version = dataVersion;
    this.pending = isImporting ? { ...before, sinceMs: nowMs, changedMs: nowMs } : { ...before, changedMs };
    const { quietMs, maxDelayMs, maxImportDelayMs } = this.timing;
    if (isImporting) return nowMs - before.firstMs >= maxImportDelayMs;
    return nowMs - changedMs >= quietMs || nowMs - before.sinceMs >= maxDelayMs;
  }
}
