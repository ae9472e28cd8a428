import type { EpochMs, Interval, PackedPolls } from "./types";
import { hourMs } from "./units";

/** Two expected intervals of polls, in ms: no poll of any store for longer than that is a polling gap. */
const longestQuietMs = 2 * hourMs;

/**
 * Finds the gaps in which no store was polled, from the polls of one store after another. It keeps the first and the
 * last poll of every part of the range; a part is as long as the shortest gap. Between two polls of one part there is
 * no gap, so the edges are exact for any number of polls.
 */
export class PollGapFinder {
  private readonly first: Float64Array;
  private readonly last: Float64Array;

  /** @param range to search   @param quietMs minimum length of a gap */
  constructor(
    private readonly range: Interval,
    private readonly quietMs: number = longestQuietMs,
  ) {
    const parts = Math.ceil((range.end - range.start) / quietMs);
    this.first = new Float64Array(parts).fill(Infinity);
    this.last = new Float64Array(parts).fill(-Infinity);
  }

  /** Takes polls in any order; those outside the range are ignored. */
  add({ at }: PackedPolls): void {
    const { first, last, quietMs } = this;
    const { start, end } = this.range;
    for (const instant of at) {
      if (instant < start || instant >= end) continue;
      const part = Math.floor((instant - start) / quietMs);
      if (instant < first[part]!) first[part] = instant;
      if (instant > last[part]!) last[part] = instant;
    }
  }

  /** The gaps, ascending: from the last poll before one (or the range's start) to the first after it (or its end). */
  gaps(): readonly Interval[] {
    const gaps: Interval[] = [];
    let quietSince: EpochMs = this.range.start;
    const upTo = (at: EpochMs): void => {
      if (at - quietSince > this.quietMs) gaps.push({ start: quietSince, end: at });
    };
    for (let part = 0; part < this.first.length; part++) {
      if (this.first[part] === Infinity) continue;
      upTo(this.first[part]!);
      quietSince = this.last[part]!;
    }
    upTo(this.range.end);
    return gaps;
  }
}
