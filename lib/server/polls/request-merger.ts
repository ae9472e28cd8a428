import { isDatabaseUnavailable } from "@/db/connection-errors";
import type { LivePoll } from "./poll-rules";

/** Requests that one transaction merges at most. */
const maxRequests = 64;
/** How long a request waits for the transaction before its own, in ms. After that it does not wait for it. */
const maxWaitMs = 10;

/** A request whose polls may be merged with those of others. */
export interface MergeableRequest<T> {
  readonly polls: readonly LivePoll[];
  /** Merges its polls in a separate transaction. */
  readonly alone: () => Promise<T>;
  /** The result after a transaction that has stored all of its polls as new ones. */
  readonly stored: () => T;
}

interface Waiting {
  readonly request: MergeableRequest<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Merges small requests that arrive while another transaction is in progress together in the next one, so that one
 * commit serves all of them. A request that finds nothing in progress does not wait.
 */
export class RequestMerger {
  readonly #waiting: Waiting[] = [];
  #merging = 0;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param mergeNew stores all polls in one transaction and returns true after its commit; false when one of them was
   *   not new: then nothing is kept
   * @param onIdle is called when no request is left
   */
  constructor(
    private readonly mergeNew: (polls: readonly LivePoll[]) => Promise<boolean>,
    private readonly onIdle: () => void,
  ) {}

  /** @returns its result, after the commit of its polls   @throws what `alone` throws, or a lost database */
  add<T>(request: MergeableRequest<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ request, resolve: resolve as (result: unknown) => void, reject });
      if (this.#merging === 0) void this.#mergeNext();
      else this.#limitWait();
    });
  }

  #limitWait(): void {
    this.#timer ??= setTimeout(() => void this.#mergeNext(), maxWaitMs);
  }

  async #mergeNext(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const taken = this.#waiting.splice(0, maxRequests);
    if (taken.length === 0) {
      if (this.#merging === 0) this.onIdle();
      return;
    }
    if (this.#waiting.length > 0) this.#limitWait();
    this.#merging += 1;
    await this.#merge(taken);
    this.#merging -= 1;
    void this.#mergeNext();
  }

  /** Never throws: each request gets its own result or error. */
  async #merge(taken: readonly Waiting[]): Promise<void> {
    try {
      if (taken.length > 1 && (await this.mergeNew(taken.flatMap(({ request }) => request.polls)))) {
        for (const { request, resolve } of taken) resolve(request.stored());
        return;
      }
    } catch (error) {
      // Otherwise one of them may be the cause, which must not fail the others.
      if (isDatabaseUnavailable(error)) {
        for (const { reject } of taken) reject(error);
        return;
      }
    }
    await Promise.all(taken.map(({ request, resolve, reject }) => request.alone().then(resolve, reject)));
  }
}
