/** Wakes any number of sleepers, including those that were busy when the signal came. */
export class WakeUp {
  private readonly sleepers = new Set<() => void>();
  private count = 0;

  /** Number of signals so far. Read before work starts, it tells `sleep` whether one came during the work. */
  get signals(): number {
    return this.count;
  }

  signal(): void {
    this.count++;
    for (const wake of this.sleepers) wake();
  }

  /**
   * Sleeps until the next signal, the timeout or the abort; returns at once if a signal came since `signals` was read.
   */
  sleep(signals: number, ms: number, signal: AbortSignal): Promise<void> {
    if (signals !== this.count || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", wake);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      signal.addEventListener("abort", wake);
      this.sleepers.add(wake);
    });
  }
}
