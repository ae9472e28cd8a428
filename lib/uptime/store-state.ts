import { intervalAt } from "./interval";
import { firstPollAtOrAfter } from "./packed-polls";
import { finish, walkInSlices, type Sliced } from "./sliced";
import { segmentState, type SegmentState } from "./segments";
import type { EpochMs, Interval, PackedPolls } from "./types";

/** What a store is doing at an instant, in the words of the interface. */
export type StoreState = "online" | "offline" | "closed" | "no_recent_check";

export interface StateAt {
  readonly state: StoreState;
  /**
   * Since when, as far as the given intervals and polls tell: the start of the uninterrupted run of that state, within
   * the current opening. Null when it started before the given data.
   */
  readonly since: EpochMs | null;
  /** The newest poll at or before `asOf`, inside hours or not. */
  readonly lastPollAt: EpochMs | null;
}

const stateOf: Readonly<Record<SegmentState, StoreState>> = {
  [segmentState.up]: "online",
  [segmentState.down]: "offline",
  [segmentState.unknown]: "no_recent_check",
};

/**
 * The state at `asOf` itself: closed outside business hours, else the status of the current opening's newest poll if it
 * is no farther than `reachMs`.
 * @param open disjoint ascending intervals cut from `range`, which contains `asOf`
 * @param polls ascending, all at or before `asOf`
 */
export function stateAt(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
  range: Interval,
): StateAt {
  return finish(stateInSlices(open, polls, reachMs, asOf, range));
}

/** `stateAt` in slices. */
export function* stateInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
  range: Interval,
): Sliced<StateAt> {
  const lastPollAt = polls.at.at(-1) ?? null;
  const opening = intervalAt(open, asOf);
  if (opening === undefined) {
    return { state: "closed", since: open.findLast((interval) => interval.end <= asOf)?.end ?? null, lastPollAt };
  }
  const last = firstPollAtOrAfter(polls, asOf + 1) - 1;
  const lastAt = polls.at[last] ?? -Infinity;
  const known = lastAt >= opening.start && asOf - lastAt <= reachMs;
  const state = !known ? "no_recent_check" : polls.active[last] === 1 ? "online" : "offline";

  let runState: StoreState | undefined;
  let runStart = asOf;
  const present = { start: opening.start, end: asOf };
  if (present.start < present.end) {
    yield* walkInSlices([opening], polls, reachMs, present, (start, _end, segment) => {
      if (runState !== stateOf[segment]) runStart = start;
      runState = stateOf[segment];
    });
  }
  const since = runState === state ? runStart : asOf;
  return { state, since: since === range.start ? null : since, lastPollAt };
}
