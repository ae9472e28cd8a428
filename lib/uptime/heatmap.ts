import { bucketsInSlices, cutWindow } from "./buckets";
import { countPollsBetween } from "./packed-polls";
import { finish, type Sliced } from "./sliced";
import { wallTimeAt } from "./time-zone";
import type { DayOfWeek, EpochMs, Interval, PackedPolls, TimeZone } from "./types";
import { hourMs } from "./units";

/**
 * What happened in one hour of the local week, summed over the weeks of a window. All in ms; `openMs` is the sum of the
 * rest.
 */
export interface HourOfWeek {
  readonly day: DayOfWeek;
  /** 0 to 23, local time. */
  readonly hour: number;
  readonly openMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
  /** Polls inside business hours in it. */
  readonly polls: number;
}

const hoursPerSlice = 1_000;

const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];

/**
 * The 168 hours of a store's local week, Monday 0:00 first; they sum to the window's figures. An hour that the clocks
 * repeat counts twice in its cell.
 * `open`, `polls` and `reachMs` are as for `estimateUptime`.
 */
export function hoursOfWeek(
  zone: TimeZone,
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
): readonly HourOfWeek[] {
  return finish(hoursInSlices(zone, open, polls, reachMs, window));
}

/** `hoursOfWeek` in slices. */
export function* hoursInSlices(
  zone: TimeZone,
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
): Sliced<readonly HourOfWeek[]> {
  const cells = days.flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => ({ day, hour, openMs: 0, upMs: 0, downMs: 0, unknownMs: 0, polls: 0 })),
  );
  const cellAt = (at: EpochMs) => {
    const { day, second } = wallTimeAt(zone, at);
    return cells[day * 24 + Math.floor(second / 3600)]!;
  };
  let opening = 0;
  /** Polls in business hours in `[start, end)`; must be called in ascending order. */
  const pollsIn = (start: EpochMs, end: EpochMs): number => {
    while (opening < open.length && open[opening]!.end <= start) opening++;
    let count = 0;
    for (let here = opening; here < open.length && open[here]!.start < end; here++) {
      count += countPollsBetween(polls, Math.max(open[here]!.start, start), Math.min(open[here]!.end, end));
    }
    return count;
  };
  const buckets = yield* bucketsInSlices(open, polls, reachMs, cutWindow(zone, window, hourMs));
  for (const [index, bucket] of buckets.entries()) {
    if (index > 0 && index % hoursPerSlice === 0) yield;
    const cell = cellAt(bucket.start);
    cell.polls += pollsIn(bucket.start, bucket.end);
    cell.openMs += bucket.openMs;
    cell.upMs += bucket.upMs;
    cell.downMs += bucket.downMs;
    cell.unknownMs += bucket.unknownMs;
  }
  const last = pollsIn(window.end, window.end + 1);
  if (last > 0) cellAt(window.end).polls += last;
  return cells;
}
