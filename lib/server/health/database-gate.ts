import type { Log } from "@/lib/server/log";
import { withTimeout } from "./timeout";

/** How long an answer of the database is trusted. */
const believedMs = 1_000;
/**
 * An answer this old is refreshed while it is still trusted: under load that takes time, and no request waits for it.
 */
const refreshMs = 500;
/** Timeout of the check. */
const timeoutMs = 1_500;
/** Minimum pause after a failure. */
const pauseMs = 200;

export interface GateOptions {
  /** Queries the database through the pool of the requests: when that is full, requests would wait just as long. */
  readonly ask: () => Promise<unknown>;
  readonly log: Log;
}

/** How long a connection error explains a failed page. */
const suspectedMs = 3_000;

declare global {
  // The request handlers are bundled separately from the server that owns the gate, but report their errors to it.
  var storeMonitoringDatabaseSuspectedAt: number | undefined;
  var storeMonitoringDatabaseGate: DatabaseGate | undefined;
}

/** Creates the gate of this process, which request handlers and metrics use as well. */
export function openDatabaseGate(options: GateOptions): DatabaseGate {
  return (globalThis.storeMonitoringDatabaseGate = new DatabaseGate(options));
}

/** Whether the pool has a free connection, known within 1.5 s; true without a gate. */
export function hasFreeConnection(): Promise<boolean> {
  return globalThis.storeMonitoringDatabaseGate?.isOpen() ?? Promise.resolve(true);
}

/** Requests that wait at the gate of this process; null without one. */
export function waitingAtGate(): number | null {
  return globalThis.storeMonitoringDatabaseGate?.waiting ?? null;
}

/** Reports that a request met an unavailable database, so that the last answer is no longer trusted. */
export function suspectDatabase(): void {
  globalThis.storeMonitoringDatabaseSuspectedAt = performance.now();
}

/** Whether that was reported within the last seconds. */
export function isDatabaseSuspected(): boolean {
  return performance.now() - (globalThis.storeMonitoringDatabaseSuspectedAt ?? -Infinity) < suspectedMs;
}

/**
 * Holds back requests while the database is unavailable, so that each fails at once rather than after its own timeout.
 * The database is checked at most twice a second; while the answer is good, no request waits.
 */
export class DatabaseGate {
  #goodAt = -Infinity;
  #pausedUntil = -Infinity;
  #asking: Promise<boolean> | null = null;
  #failingSince: number | null = null;
  #waiting = 0;

  constructor(private readonly options: GateOptions) {}

  /** Requests that are waiting for an answer now. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether the database responds, known within 1.5 s. */
  async isOpen(): Promise<boolean> {
    const nowMs = performance.now();
    const suspectedAt = globalThis.storeMonitoringDatabaseSuspectedAt ?? -Infinity;
    if (nowMs < this.#goodAt + believedMs && suspectedAt < this.#goodAt) {
      if (nowMs >= this.#goodAt + refreshMs) this.#asking ??= this.#ask();
      return true;
    }
    if (nowMs < this.#pausedUntil) return false;
    this.#waiting++;
    try {
      return await (this.#asking ??= this.#ask());
    } finally {
      this.#waiting--;
    }
  }

  async #ask(): Promise<boolean> {
    const { ask, log } = this.options;
    try {
      const askedAt = performance.now();
      await withTimeout(ask(), timeoutMs, "The database");
      this.#goodAt = askedAt;
      if (this.#failingSince !== null) {
        log.info(
          { seconds: Math.round((performance.now() - this.#failingSince) / 100) / 10 },
          "database available again",
        );
        this.#failingSince = null;
      }
      return true;
    } catch (error) {
      this.#pausedUntil = performance.now() + pauseMs;
      if (this.#failingSince === null) {
        this.#failingSince = performance.now();
        log.error({ err: error }, "database unavailable");
      }
      return false;
    } finally {
      this.#asking = null;
    }
  }
}
