/** What the replicas together have left after points were taken from them. */
export interface TakenPoints {
  /** Of the points asked for, those that the limit still had. */
  readonly granted: number;
  /** Of the limit, after that, at the shared place. */
  readonly remaining: number;
  /** Until the window ends. */
  readonly msBeforeNext: number;
}

/** What has become of one count. */
export interface CountedPoints {
  readonly taken: boolean;
  readonly remaining: number;
  readonly msBeforeNext: number;
}

interface Lease {
  left: number;
  /** Of what the shared place said last. */
  sharedLeft: number;
  /** By the clock of `performance`. */
  endsAtMs: number;
  taking: Promise<void> | null;
}

/** So many callers are remembered before those whose window is over are forgotten. */
const rememberedCallers = 1_000;

/**
 * The first line of a limit that replicas share: points are taken from the shared place some at a time and spent here,
 * so that few requests wait for it. All together never spend more than the limit; what a replica has taken and does not
 * spend in its window, others do not get.
 */
export class PointLeases {
  readonly #leases = new Map<string, Lease>();

  /**
   * @param share points that are taken at a time; 1: every request is counted at the shared place
   * @param take asks the shared place for points of a caller
   */
  constructor(
    private readonly share: number,
    private readonly take: (caller: string, points: number) => Promise<TakenPoints>,
  ) {}

  /** Counts `points` of a caller: all of them or none. @throws what `take` throws */
  async count(caller: string, points: number): Promise<CountedPoints> {
    const lease = this.#leaseOf(caller);
    // Whoever waited for points may find that others before it have spent them.
    while (lease.taking !== null) await lease.taking;
    if (performance.now() >= lease.endsAtMs) lease.left = 0;
    if (lease.left < points) {
      const taking = this.#renew(caller, lease, Math.max(points - lease.left, this.share));
      lease.taking = taking.finally(() => {
        lease.taking = null;
      });
      await lease.taking;
    }
    const taken = lease.left >= points;
    if (taken) lease.left -= points;
    const msBeforeNext = Math.max(0, lease.endsAtMs - performance.now());
    return { taken, remaining: lease.left + lease.sharedLeft, msBeforeNext };
  }

  async #renew(caller: string, lease: Lease, wanted: number): Promise<void> {
    const { granted, remaining, msBeforeNext } = await this.take(caller, wanted);
    // A window that has begun meanwhile has nothing to do with what was left of the one before.
    if (performance.now() >= lease.endsAtMs) lease.left = 0;
    lease.left += granted;
    lease.sharedLeft = remaining;
    lease.endsAtMs = performance.now() + msBeforeNext;
  }

  #leaseOf(caller: string): Lease {
    const known = this.#leases.get(caller);
    if (known !== undefined) return known;
    if (this.#leases.size >= rememberedCallers) this.#dropEnded();
    const lease: Lease = { left: 0, sharedLeft: 0, endsAtMs: -Infinity, taking: null };
    this.#leases.set(caller, lease);
    return lease;
  }

  #dropEnded(): void {
    const nowMs = performance.now();
    for (const [caller, { endsAtMs, taking }] of this.#leases) {
      if (taking === null && endsAtMs <= nowMs) this.#leases.delete(caller);
    }
  }
}
