import { CalendarFault } from "./calendar-fault";

/** Bounds what one calendar may cost: a short text can describe millions of events. */
export class WorkLimit {
  #left: number;

  /** @param steps of about a quarter of a millisecond each */
  constructor(steps: number) {
    this.#left = steps;
  }

  /** @throws CalendarFault */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left >= 0) return;
    throw new CalendarFault(1, "the calendar describes too many events. Use one with fewer or shorter series.");
  }
}
