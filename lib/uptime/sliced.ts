import { firstPollAtOrAfter } from "./packed-polls";
import { walkSegments, type VisitSegment } from "./segments";
import type { Interval, PackedPolls } from "./types";

/**
 * Work that pauses: it yields between slices of at most `pollsPerSlice` polls, so that its caller can let other work
 * run. `finish` runs it without pauses.
 */
export type Sliced<T> = Generator<undefined, T, undefined>;

/** A slice of this many polls takes a few ms, even on a busy machine. */
export const pollsPerSlice = 10_000;

/** Items of a response per slice: each takes several times as long as a poll. */
const itemsPerSlice = 2_000;

/** Runs sliced work to its end at once. */
export function finish<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** `items.map(make)` in slices. */
export function* mapInSlices<T, R>(items: ArrayLike<T>, make: (item: T, index: number) => R): Sliced<R[]> {
  const made: R[] = [];
  for (let index = 0; index < items.length; index++) {
    if (index > 0 && index % itemsPerSlice === 0) yield;
    made.push(make(items[index]!, index));
  }
  return made;
}

/**
 * `walkSegments` in slices. A segment across the edge of two slices is visited as two segments that meet there. The
 * parameters are those of `walkSegments`.
 */
export function* walkInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
  visit: VisitSegment,
): Sliced<void> {
  const count = polls.at.length;
  let { start } = window;
  let first = firstPollAtOrAfter(polls, start);
  if (count <= pollsPerSlice) {
    walkSegments(open, polls, reachMs, window, visit);
    return;
  }
  while (start < window.end) {
    const next = Math.min(first + pollsPerSlice, count);
    const end = next === count ? window.end : Math.min(polls.at[next]!, window.end);
    // With the polls on either side, which decide the time between two polls.
    const from = Math.max(0, first - 1);
    const to = Math.min(count, next + 1);
    const part = { at: polls.at.subarray(from, to), active: polls.active.subarray(from, to) };
    walkSegments(open, part, reachMs, { start, end }, (segmentStart, segmentEnd, state, poll, ambiguous) => {
      visit(segmentStart, segmentEnd, state, poll === -1 ? -1 : poll + from, ambiguous);
    });
    start = end;
    first = next;
    if (start < window.end) yield;
  }
}
