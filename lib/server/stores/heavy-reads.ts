import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/server/errors";
import type { Sliced } from "@/lib/uptime/sliced";

/** Polls that a read takes at once: more than a store that is polled every minute has in two weeks. */
export const pollsAtOnce = 20_000;

/** The most polls that a read looks at. */
export const mostPolls = 2_000_000;

/** Heavy reads at a time: each holds up to 9 bytes a poll several times over, and takes seconds of the processor. */
const mostAtATime = 2;
/** Heavy reads that wait; further ones are told to come again. */
const mostWaiting = 30;

/** Runs some at a time, in order; those that wait beyond a number are refused. */
export class Lane {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atATime: number,
    private readonly mostWaiting: number,
  ) {}

  /** @throws AppError overloaded where too many wait, and what `work` throws */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running === this.atATime) {
      if (this.waiting.length === this.mostWaiting) {
        throw new AppError("overloaded", "Too many reads of very many polls are under way. Ask again in a moment.", {
          headers: { "retry-after": "5" },
        });
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running++;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      // Who is next takes the place over.
      if (next === undefined) this.running--;
      else next();
    }
  }
}

export const heavyReads = new Lane(mostAtATime, mostWaiting);

/** Runs sliced work to its end; between two slices everybody else has their turn. */
export async function inTurns<T>(work: Sliced<T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}

/** Where a range has more polls than are read. */
export function tooManyPolls(): AppError {
  const reason = `The range has more than ${mostPolls.toLocaleString("en-US")} polls of this store. Ask for a shorter range.`;
  return new AppError("too_many_polls", reason, { faults: [{ pointer: "/from", code: "too_many_polls", reason }] });
}
