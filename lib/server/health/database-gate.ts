import type { Log } from "@/lib/server/log";
import { withTimeout } from "./timeout";

/** How long the answer of the database is believed. */
const believedMs = 1_000;
/** An answer this old is asked for anew, while it is still believed: under load it takes its time, and nobody waits for it. */
const refreshMs = 500;
/** How long it may take. */
const timeoutMs = 1_500;
/** After a failure it is asked again no sooner. */
const pauseMs = 200;

export interface GateOptions {
  /** Asks the database through the pool that the requests use: where that is full, they would wait as this does. */
  readonly ask: () => Promise<unknown>;
  readonly log: Log;
}

/** An error this recent explains a page that failed. */
const suspectedMs = 3_000;

declare global {
  // The request handlers are bundled apart from the server that has the gate, but what they meet is news for it.
  var storeMonitoringDatabaseSuspectedAt: number | undefined;
  var storeMonitoringDatabaseGate: DatabaseGate | undefined;
}

/** Makes the gate of this process, which request handlers and metrics ask, too. */
export function openDatabaseGate(options: GateOptions): DatabaseGate {
  return (globalThis.storeMonitoringDatabaseGate = new DatabaseGate(options));
}

/** Whether the pool has a session for a request, known within a second and a half; true where there is no gate. */
export function hasFreeConnection(): Promise<boolean> {
  return globalThis.storeMonitoringDatabaseGate?.isOpen() ?? Promise.resolve(true);
}

/** Requests that wait at the gate of this process; null where there is none. */
export function waitingAtGate(): number | null {
  return globalThis.storeMonitoringDatabaseGate?.waiting ?? null;
}

/** Says that a request met a database that was away: what is believed of it is not to be relied on any more. */
export function suspectDatabase(): void {
  globalThis.storeMonitoringDatabaseSuspectedAt = performance.now();
}

/** Whether a request met that within the last seconds. */
export function isDatabaseSuspected(): boolean {
  return performance.now() - (globalThis.storeMonitoringDatabaseSuspectedAt ?? -Infinity) < suspectedMs;
}

/**
 * Holds back requests for which there is no database, so that each is told so at once rather than after its own wait.
 * Two questions a second are asked, by whoever comes first; while the answer is good, nobody waits for it.
 */
export class DatabaseGate {
  #goodAt = -Infinity;
  #pausedUntil = -Infinity;
  #asking: Promise<boolean> | null = null;
  #failingSince: number | null = null;
  #waiting = 0;

  constructor(private readonly options: GateOptions) {}

  /** Requests that wait for an answer at this moment. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Whether the database answers; known within a second and a half. */
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
      await withTimeout(ask(), timeoutMs, "The database's answer");
      this.#goodAt = askedAt;
      if (this.#failingSince !== null) {
        log.info({ seconds: Math.round((performance.now() - this.#failingSince) / 100) / 10 }, "database is back");
        this.#failingSince = null;
      }
      return true;
    } catch (error) {
      this.#pausedUntil = performance.now() + pauseMs;
      if (this.#failingSince === null) {
        this.#failingSince = performance.now();
        log.error({ err: error }, "database is away");
      }
      return false;
    } finally {
      this.#asking = null;
    }
  }
}
