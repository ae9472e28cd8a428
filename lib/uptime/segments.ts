import type { EpochMs, Interval, PackedPolls, UptimeState } from "./types";

/** The state of a segment: the status of the poll that decides it, or unknown. A code, because it is an index of sums. */
export const segmentState = { down: 0, up: 1, unknown: 2 } as const;
export type SegmentState = (typeof segmentState)[keyof typeof segmentState];

/** The name of each state's code. */
export const stateNames: Readonly<Record<SegmentState, UptimeState>> = {
  [segmentState.up]: "up",
  [segmentState.down]: "down",
  [segmentState.unknown]: "unknown",
};

/**
 * Called with each segment of open time in order. `poll` is the index of the poll that decides it, -1 without one.
 * `ambiguous` segments lie between two neighbouring polls of one open interval with different status.
 */
export type VisitSegment = (
  start: EpochMs,
  end: EpochMs,
  state: SegmentState,
  poll: number,
  ambiguous: boolean,
) => void;

/**
 * Cuts the open time inside `window` into segments of one state (docs/uptime.md, 3): every instant has the state of its
 * open interval's nearest poll, none reaching farther than `reachMs`; at the midpoint of two, rounded down to the ms,
 * the later one takes over. This is the only place where a state is decided: every figure is a sum over these segments.
 * @param open disjoint, ascending; each reaches back at least to its first poll in `polls` or to the window's start
 * @param polls all polls that can decide a state, at or before the as-of instant; polls outside `open` are ignored
 * @param visit gets non-empty segments, ascending, that tile the intersection of `open` and `window`
 */
export function walkSegments(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
  visit: VisitSegment,
): void {
  const { at, active } = polls;
  const count = at.length;
  const { start: windowStart, end: windowEnd } = window;

  let next = 0;
  for (const interval of open) {
    if (interval.end <= windowStart) continue;
    if (interval.start >= windowEnd) break;
    while (next < count && at[next]! < interval.start) next++;
    // The state is decided up to here; `previous` is the interval's last poll before it.
    let settled = interval.start;
    let previous = -1;
    for (; next < count && at[next]! < interval.end; next++) {
      const here = at[next]!;
      const state = active[next] === 1 ? segmentState.up : segmentState.down;
      if (previous === -1) {
        const from = Math.max(settled, here - reachMs);
        emit(visit, window, settled, from, segmentState.unknown, -1, false);
        emit(visit, window, from, here, state, next, false);
      } else {
        const stateBefore = active[previous] === 1 ? segmentState.up : segmentState.down;
        const ambiguous = state !== stateBefore;
        const middle = Math.floor((settled + here) / 2);
        const until = Math.min(middle, settled + reachMs);
        const from = Math.max(middle, here - reachMs);
        emit(visit, window, settled, until, stateBefore, previous, ambiguous);
        emit(visit, window, until, from, segmentState.unknown, -1, ambiguous);
        emit(visit, window, from, here, state, next, ambiguous);
      }
      settled = here;
      previous = next;
    }
    if (previous === -1) {
      emit(visit, window, settled, interval.end, segmentState.unknown, -1, false);
    } else {
      const until = Math.min(interval.end, settled + reachMs);
      emit(
        visit,
        window,
        settled,
        until,
        active[previous] === 1 ? segmentState.up : segmentState.down,
        previous,
        false,
      );
      emit(visit, window, until, interval.end, segmentState.unknown, -1, false);
    }
  }
}

/** Visits the part of a segment that lies in the window. Not a closure, because one per store costs more. */
function emit(
  visit: VisitSegment,
  { start: windowStart, end: windowEnd }: Interval,
  start: EpochMs,
  end: EpochMs,
  state: SegmentState,
  poll: number,
  ambiguous: boolean,
): void {
  const from = start > windowStart ? start : windowStart;
  const to = end < windowEnd ? end : windowEnd;
  if (from < to) visit(from, to, state, poll, ambiguous);
}
