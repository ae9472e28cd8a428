import { AppError } from "@/lib/server/errors";

/** Where the client has gone, or was answered that it took too long. */
export function clientGone(): AppError {
  return new AppError("query_timeout", "The client no longer waits for the answer.");
}

/** Runs some work at a time. Callers who wait take turns; those beyond a number are refused. */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  /** What starts the work of each caller who waits, the caller whose turn is next first. */
  private readonly queues = new Map<string, (() => void)[]>();

  constructor(
    private readonly atATime: number,
    private readonly maxWaiting: number,
  ) {}

  /**
   * @param caller its work runs in the order in which it came
   * @param signal when it is aborted, work that waits is dropped; work that runs is not
   * @throws AppError overloaded where too many wait, query_timeout where the work was dropped, and what `work` throws
   */
  async run<T>(work: () => Promise<T>, caller: string, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted === true) throw clientGone();
    if (this.running < this.atATime) this.running++;
    else await this.wait(caller, signal);
    try {
      return await work();
    } finally {
      // Who is next takes the place over.
      if (!this.startNext()) this.running--;
    }
  }

  private wait(caller: string, signal: AbortSignal | undefined): Promise<void> {
    if (this.waiting === this.maxWaiting) {
      throw new AppError("overloaded", "Too many reads of very many polls are under way. Try again in a moment.", {
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

  /** @returns whether any work waited */
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
