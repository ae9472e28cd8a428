import { AppError } from "@/lib/server/errors";

/** The client disconnected, or got a timeout. */
export function clientGone(): AppError {
  return new AppError("query_timeout", "The client no longer waits for the response.");
}

/** Limits concurrency. Waiting callers take turns; beyond a number they are rejected. */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  /** Starters of the waiting work of each caller; the next caller comes first. */
  private readonly queues = new Map<string, (() => void)[]>();

  constructor(
    private readonly atATime: number,
    private readonly maxWaiting: number,
  ) {}

  /**
   * @param caller its work runs in the order of its calls
   * @param signal aborting it drops work that waits, not work that runs
   * @throws AppError overloaded when too many wait, query_timeout when the work was dropped, and what `work` throws
   */
  async run<T>(work: () => Promise<T>, caller: string, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) throw clientGone();
    if (this.running < this.atATime) this.running++;
    else await this.wait(caller, signal);
    try {
      return await work();
    } finally {
      // The next work takes over the place.
      if (!this.startNext()) this.running--;
    }
  }

  private wait(caller: string, signal: AbortSignal | undefined): Promise<void> {
    if (this.waiting === this.maxWaiting) {
      throw new AppError("overloaded", "Too many large reads are in progress. Try again in a moment.", {
        headers: { "retry-after": "5" },
      });
    }
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener("abort", drop);
        resolve();
      };
      const drop = (): void => {
        this.remove(caller, start);
        reject(clientGone());
      };
      signal?.addEventListener("abort", drop, { once: true });
      const queue = this.queues.get(caller);
      if (queue === undefined) this.queues.set(caller, [start]);
      else queue.push(start);
      this.waiting++;
    });
  }

  private remove(caller: string, start: () => void): void {
    const queue = this.queues.get(caller)?.filter((one) => one !== start) ?? [];
    if (queue.length === 0) this.queues.delete(caller);
    else this.queues.set(caller, queue);
    this.waiting--;
  }

  /** @returns whether any work was waiting */
  private startNext(): boolean {
    for (const [caller, [start, ...rest]] of this.queues) {
      // The caller's next work comes after that of all others.
      this.queues.delete(caller);
      if (rest.length > 0) this.queues.set(caller, rest);
      if (start === undefined) continue;
      this.waiting--;
      start();
      return true;
    }
    return false;
  }
}
