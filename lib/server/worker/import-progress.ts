import type { ImportStep } from "@/db/queries/import-queue";
import type { ImportProgress } from "@/lib/server/imports/import-result";

/** What storing takes, as a multiple of what reading took: measured with 2 M polls into an empty and a full fleet. */
const storingShare = 1.2;

/** Keeps how far an import is, and guesses how long it will take. */
export class ImportClock {
  readonly #bytesTotal: number;
  readonly #startedMs: number;
  #now: ImportProgress = { phase: "reading", bytes: 0, rows: 0 };
  #readMs = 0;

  /** @param startedMs of a monotonic clock, as all times here */
  constructor(bytesTotal: number, startedMs: number) {
    this.#bytesTotal = bytesTotal;
    this.#startedMs = startedMs;
  }

  note(progress: ImportProgress, nowMs: number): void {
    if (progress.phase === "storing") this.#readMs = nowMs - this.#startedMs;
    this.#now = progress;
  }

  /** Where the import is; the time left is rounded up to whole seconds, null before anything can be said. */
  step(nowMs: number): ImportStep {
    const { phase, bytes, rows } = this.#now;
    const elapsedMs = nowMs - this.#startedMs;
    let leftMs: number | null = null;
    if (phase === "storing") leftMs = Math.max(0, this.#readMs * (1 + storingShare) - elapsedMs);
    else if (bytes > 0) leftMs = (elapsedMs * this.#bytesTotal * (1 + storingShare)) / bytes - elapsedMs;
    const secondsLeft = leftMs === null ? null : Math.max(1, Math.ceil(leftMs / 1_000));
    return { phase, rowsRead: rows, bytesRead: bytes, secondsLeft };
  }
}
