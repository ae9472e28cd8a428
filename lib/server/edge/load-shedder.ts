/** How much work is admitted at a time. */
export interface ShedderLimits {
  /** Requests in progress at a time; a page counts as several. */
  readonly maxInFlight: number;
  /** Above this delay of the event loop, in ms, only a share of them is admitted. */
  readonly maxLagMs: number;
}

/** The share of requests that is admitted while the event loop lags. */
const shareWhileLagging = 0.5;

/**
 * Rejects requests that would only wait. When requests arrive faster than they complete, each waiting request delays
 * all others until none is served in time.
 */
export class LoadShedder {
  #inFlight = 0;
  #lagMs = 0;

  constructor(private readonly limits: ShedderLimits) {}

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether a request of that weight may be admitted. It is not counted yet. */
  hasRoom(weight: number): boolean {
    const { maxInFlight, maxLagMs } = this.limits;
    const most = this.#lagMs > maxLagMs ? maxInFlight * shareWhileLagging : maxInFlight;
    // A request heavier than the limit is still served when it is alone.
    return this.#inFlight === 0 || this.#inFlight + weight <= most;
  }

  /** Counts a request. @returns ends it; a second call has no effect */
  enter(weight: number): () => void {
    this.#inFlight += weight;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inFlight -= weight;
    };
  }

  /** @param lagMs how late a timer of the process fired */
  recordLag(lagMs: number): void {
    this.#lagMs = lagMs;
  }
}

const lookMs = 100;

/** Reports the delay of the event loop to `shedder` for the life of the process; does not keep the process alive. */
export function watchLag(shedder: LoadShedder): void {
  let dueMs = performance.now() + lookMs;
  setInterval(() => {
    const nowMs = performance.now();
    shedder.recordLag(Math.max(0, nowMs - dueMs));
    dueMs = nowMs + lookMs;
  }, lookMs).unref();
}
