/** At most this many turns of the event loop in a row only accept new requests. */
const maxHeldTurns = 16;

/**
 * Admits one request per turn of the event loop, and none while new ones arrive. The loop accepts one new connection
 * per turn, so a turn full of work delays clients that would only get a 503. Starting work later does not finish it
 * later, because all work shares one thread.
 */
export class AdmissionQueue {
  readonly #waiting: (() => void)[] = [];
  #isTurning = false;
  #hasArrived = false;
  #held = 0;

  /** Records that a connection or a request has just arrived. */
  recordArrival(): void {
    this.#hasArrived = true;
  }

  /** Resolves when it is the caller's turn, in call order. */
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
