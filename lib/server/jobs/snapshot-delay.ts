import type { SnapshotNeed } from "@/db/queries/snapshot-need";

export interface SnapshotDelayTiming {
  /** A snapshot waits until no data came in for so long, */
  readonly quietMs: number;
  /** or until so long after the first of them: live polls come all the time. */
  readonly maxDelayMs: number;
  /** While files are imported it waits for their end, for so long at the most. */
  readonly maxImportDelayMs: number;
}

/**
 * Decides when data that came in are worth a snapshot: not between two files of one import, since the next snapshot is
 * an interval away, and nobody should look at half of the data for so long.
 */
export class SnapshotDelay {
  private version: number | null = null;
  /** When data that no snapshot has were seen first, first since the last import, and last. */
  private pending: { readonly firstMs: number; readonly sinceMs: number; readonly changedMs: number } | null = null;

  constructor(private readonly timing: SnapshotDelayTiming) {}

  /** @param nowMs of a clock that only goes forward   @returns whether a snapshot may be made now */
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
