import { stateNames } from "./segments";
import { finish, walkInSlices, type Sliced } from "./sliced";
import type { EpochMs, Interval, PackedPolls, UptimeState } from "./types";

/** A part of a window with one state: a state inside business hours, or closed. */
export interface StateRun extends Interval {
  readonly state: UptimeState | "closed";
}

/**
 * A window as the runs that a strip draws: ascending, without gaps, neighbours always different; those that are not
 * closed sum to the window's figures to the millisecond.
 * `open`, `polls` and `reachMs` are as for `estimateUptime`.
 */
export function stateRuns(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
): readonly StateRun[] {
  return finish(stateRunsInSlices(open, polls, reachMs, window, everything));
}

/** Which segments or runs of a window are wanted: the first `limit` of those that start at or after `from`. */
export interface SegmentRange {
  readonly from: EpochMs;
  readonly limit: number;
}

const everything: SegmentRange = { from: -Infinity, limit: Infinity };

/** `stateRuns` in slices, restricted to the first `limit` runs that start at or after `from`; each is complete. */
export function* stateRunsInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
  { from, limit }: SegmentRange,
): Sliced<readonly StateRun[]> {
  const runs: StateRun[] = [];
  let last: { start: EpochMs; end: EpochMs; state: StateRun["state"] } | null = null;
  const keep = (run: StateRun | null): void => {
    if (run !== null && run.start >= from && runs.length < limit) runs.push(run);
  };
  const add = (start: EpochMs, end: EpochMs, state: StateRun["state"]): void => {
    if (last?.state === state) {
      last.end = end;
      return;
    }
    keep(last);
    last = { start, end, state };
  };
  let reached = window.start;
  yield* walkInSlices(open, polls, reachMs, window, (start, end, state) => {
    if (start > reached) add(reached, start, "closed");
    add(start, end, stateNames[state]);
    reached = end;
  });
  if (reached < window.end) add(reached, window.end, "closed");
  keep(last);
  return runs;
}
