/** What the replicas together have left after points were taken. */
export interface LeasedPoints {
  /** How many of the requested points the limit still had. */
  readonly granted: number;
  /** Points left at the shared counter after that. */
  readonly remaining: number;
  /** Ms until the window ends. */
  readonly msBeforeNext: number;
}

/** The result of one count. */
export interface CountedPoints {
  readonly taken: boolean;
  readonly remaining: number;
  readonly msBeforeNext: number;
}

interface Lease {
  left: number;
  /** The last answer of the shared counter. */
  sharedLeft: number;
  /** By the clock of `performance`. */
  endsAtMs: number;
  taking: Promise<void> | null;
}

/** Above this many callers, those whose window is over are dropped. */
const rememberedCallers = 1_000;

/**
 * Leases points of a limit that replicas share: points are taken from the shared counter in batches and spent here, so
 * that few requests wait for it. All replicas together never exceed the limit. Points that a replica leases and does
 * not spend in their window are lost to the others.
 */
export class PointLeases {
  readonly #leases = new Map<string, Lease>();

  /**
   * @param share points that are taken at a time; 1: every request is counted at the shared counter
   * @param take takes points of a caller from the shared counter
   */
  constructor(
    private readonly share: number,
    private readonly take: (caller: string, points: number) => Promise<LeasedPoints>,
  ) {}

  /** Counts `points` of a caller: all of them or none. @throws what `take` throws */
  async count(caller: string, points: number): Promise<CountedPoints> {
    const lease = this.#leaseOf(caller);
    // Callers that waited for the same points may have spent them.
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
    // A window that started meanwhile has nothing to do with the rest of the one before.
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
