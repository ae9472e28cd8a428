/** How much is taken in at a time. */
export interface ShedderLimits {
  /** Requests that may be worked on at a time; a page counts as several. */
  readonly maxInFlight: number;
  /** Above this delay of the event loop, in ms, only a few may. */
  readonly maxLagMs: number;
}

/** What the process can do at a time while its loop lags. */
const shareWhileLagging = 0.5;

/**
 * Refuses at the door what would only wait: where more comes than is got done, every request that waits makes all the
 * others late, and in the end nobody is served in time.
 */
export class LoadShedder {
  #inFlight = 0;
  #lagMs = 0;

  constructor(private readonly limits: ShedderLimits) {}

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether a request of that weight may come in; it is not counted yet. */
  hasRoom(weight: number): boolean {
    const { maxInFlight, maxLagMs } = this.limits;
    const most = this.#lagMs > maxLagMs ? maxInFlight * shareWhileLagging : maxInFlight;
    // One that is heavier than all that may be is still served when it is alone.
    return this.#inFlight === 0 || this.#inFlight + weight <= most;
  }

  /** Counts a request. @returns what ends it; a second call does nothing */
  enter(weight: number): () => void {
    this.#inFlight += weight;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inFlight -= weight;
    };
  }

  /** @param lagMs by how much a timer of the process was late just now */
  recordLag(lagMs: number): void {
    this.#lagMs = lagMs;
  }
}

const lookMs = 100;

/** Tells `shedder` how late the event loop is, for as long as the process lives; keeps it from nothing. */
export function watchLag(shedder: LoadShedder): void {
  let dueMs = performance.now() + lookMs;
  setInterval(() => {
    const nowMs = performance.now();
    shedder.recordLag(Math.max(0, nowMs - dueMs));
    dueMs = nowMs + lookMs;
  }, lookMs).unref();
}
