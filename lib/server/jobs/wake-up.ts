/** A bell that any number of sleepers hear, also those that were busy while it rang. */
export class WakeUp {
  private readonly sleepers = new Set<() => void>();
  private count = 0;

  /** How often it rang. Noted before work begins, it tells `sleep` whether the work may have missed something. */
  get signals(): number {
    return this.count;
  }

  signal(): void {
    this.count++;
    for (const wake of this.sleepers) wake();
  }

  /** Sleeps until the bell, the time or the signal; not at all if the bell rang since `signals` was read. */
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
