import { countPollsBetween } from "./packed-polls";
import { finish, walkInSlices, type Sliced } from "./sliced";
import { segmentState, walkSegments, type SegmentState, type VisitSegment } from "./segments";
import type { EpochMs, Interval, PackedPolls, PerWindow, UptimeEstimate } from "./types";
import { windowAt } from "./windows";

/** Running sums of one window, in ms by state. */
class Sums {
  private readonly ms = new Float64Array(3);
  private readonly ambiguousMs = new Float64Array(3);

  add(durationMs: number, state: SegmentState, ambiguous: boolean): void {
    this.ms[state]! += durationMs;
    if (ambiguous) this.ambiguousMs[state]! += durationMs;
  }

  reset(): void {
    this.ms.fill(0);
    this.ambiguousMs.fill(0);
  }

  estimate(polls: number): UptimeEstimate {
    const upMs = this.ms[segmentState.up]!;
    const downMs = this.ms[segmentState.down]!;
    const unknownMs = this.ms[segmentState.unknown]!;
    return {
      openMs: upMs + downMs + unknownMs,
      upMs,
      downMs,
      unknownMs,
      upLowestMs: upMs - this.ambiguousMs[segmentState.up]!,
      upHighestMs: upMs + this.ambiguousMs[segmentState.down]!,
      polls,
    };
  }
}

/** Polls inside `open` with `start <= at <= end`, both ends included. */
function countOpenPolls(open: readonly Interval[], polls: PackedPolls, { start, end }: Interval): number {
  let count = 0;
  for (const interval of open) {
    if (interval.end <= start || interval.start > end) continue;
    count += countPollsBetween(polls, Math.max(interval.start, start), Math.min(interval.end, end + 1));
  }
  return count;
}

/**
 * Splits the open time of `window` by the state of the nearest poll, with none reaching farther than `reachMs`
 * (docs/uptime.md, 3).
 * @param open disjoint ascending open intervals that contain every poll's instant, including one at the window's end:
 *   computed for a range that starts no later than the first poll or the window and ends after the window's end
 * @param polls ascending, all at or before the as-of instant
 * @returns durations in whole ms; `upMs + downMs + unknownMs === openMs`
 */
export function estimateUptime(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
): UptimeEstimate {
  return finish(estimateInSlices(open, polls, reachMs, window));
}

/** `estimateUptime` in slices. */
export function* estimateInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
): Sliced<UptimeEstimate> {
  const sums = new Sums();
  yield* walkInSlices(open, polls, reachMs, window, (start, end, state, _poll, ambiguous) => {
    sums.add(end - start, state, ambiguous);
  });
  return sums.estimate(countOpenPolls(open, polls, window));
}

/**
 * Estimates hour, day and week of many stores in one pass per store; each equals `estimateUptime` of its window. It
 * reuses its sums, because a fleet has thousands of stores.
 */
export class WindowEstimator {
  private readonly hour = new Sums();
  private readonly day = new Sums();
  private readonly week = new Sums();
  private readonly windows: PerWindow<Interval>;
  private readonly visit: VisitSegment;

  constructor(
    private readonly reachMs: number,
    asOf: EpochMs,
  ) {
    const { hour, day, week } = this;
    this.windows = { hour: windowAt(asOf, "hour"), day: windowAt(asOf, "day"), week: windowAt(asOf, "week") };
    const hourStart = this.windows.hour.start;
    const dayStart = this.windows.day.start;
    this.visit = (start, end, state, _poll, ambiguous) => {
      week.add(end - start, state, ambiguous);
      if (end <= dayStart) return;
      day.add(end - (start > dayStart ? start : dayStart), state, ambiguous);
      if (end <= hourStart) return;
      hour.add(end - (start > hourStart ? start : hourStart), state, ambiguous);
    };
  }

  /** @param open as for `estimateUptime`   @param polls ascending, all at or before the as-of instant */
  estimate(open: readonly Interval[], polls: PackedPolls): PerWindow<UptimeEstimate> {
    const { hour, day, week, windows } = this;
    hour.reset();
    day.reset();
    week.reset();
    walkSegments(open, polls, this.reachMs, windows.week, this.visit);
    return {
      hour: hour.estimate(countOpenPolls(open, polls, windows.hour)),
      day: day.estimate(countOpenPolls(open, polls, windows.day)),
      week: week.estimate(countOpenPolls(open, polls, windows.week)),
    };
  }
}

/**
 * The estimates of hour, day and week of one store.
 * @param open as for `estimateUptime`   @param polls ascending, all at or before `asOf`
 */
export function estimateWindows(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
): PerWindow<UptimeEstimate> {
  return new WindowEstimator(reachMs, asOf).estimate(open, polls);
}

/** up / (up + down), 0 to 1; null when both are 0. Shown rounded down. */
export function uptimeRatio({ upMs, downMs }: Pick<UptimeEstimate, "upMs" | "downMs">): number | null {
  return upMs + downMs === 0 ? null : upMs / (upMs + downMs);
}

/** (up + down) / open, 0 to 1; null when open is 0. */
export function coverage({ openMs, unknownMs }: Pick<UptimeEstimate, "openMs" | "unknownMs">): number | null {
  return openMs === 0 ? null : (openMs - unknownMs) / openMs;
}

/** The estimate of several stores together: every figure is a sum, so a ratio of it is a ratio of sums. */
export function sumEstimates(estimates: Iterable<UptimeEstimate>): UptimeEstimate {
  const sum = { openMs: 0, upMs: 0, downMs: 0, unknownMs: 0, upLowestMs: 0, upHighestMs: 0, polls: 0 };
  for (const estimate of estimates) {
    sum.openMs += estimate.openMs;
    sum.upMs += estimate.upMs;
    sum.downMs += estimate.downMs;
    sum.unknownMs += estimate.unknownMs;
    sum.upLowestMs += estimate.upLowestMs;
    sum.upHighestMs += estimate.upHighestMs;
    sum.polls += estimate.polls;
  }
  return sum;
}
