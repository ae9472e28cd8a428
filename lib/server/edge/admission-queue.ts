/** So many turns of the event loop in a row may go to newcomers alone. */
const maxHeldTurns = 16;

/**
 * Lets requests in to be worked on one at each turn of the event loop, and none while others are still arriving. The
 * loop takes one new connection a turn, so a turn full of work keeps newcomers waiting who would only be told that there
 * is no room; and work that is begun later ends no later, as all of it shares one thread.
 */
export class AdmissionQueue {
  readonly #waiting: (() => void)[] = [];
  #isTurning = false;
  #hasArrived = false;
  #held = 0;

  /** Tells that a connection or a request has just come. */
  recordArrival(): void {
    this.#hasArrived = true;
  }

  /** Resolves when it is the caller's turn: in the order of the calls. */
  pass(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isTurning) setImmediate(this.#turn);
      this.#isTurning = true;
    });
  }

  readonly #turn = (): void => {
    const isHeld = this.#hasArrived && this.#held < maxHeldTurns;
    this.#hasArrived = false;
    this.#held = isHeld ? this.#held + 1 : 0;
    if (!isHeld) this.#waiting.shift()?.();
    this.#isTurning = this.#waiting.length > 0;
    if (this.#isTurning) setImmediate(this.#turn);
  };
}
