import type { EpochMs, Interval, PackedPolls, Schedule } from "@/lib/uptime/types";
import { openIntervals } from "@/lib/uptime/business-hours";
import { windowMs } from "@/lib/uptime/windows";
import { dayMs } from "@/lib/uptime/units";

/**
 * How far before the week polls are read. More than twice the reach, so that no earlier poll decides a state inside the
 * week. Such a poll can only make time ambiguous (`mayBeAmbiguousFromBefore`).
 */
export const lookbackMs = dayMs;

/** What has to be read for the three windows as of one instant. */
export interface PollRange {
  readonly asOf: EpochMs;
  readonly weekStart: EpochMs;
  /** Polls from here to `asOf`, both included. */
  readonly from: EpochMs;
  /** Range of the open intervals: a millisecond more than the polls on either side. */
  readonly open: Interval;
}

export function pollRangeAt(asOf: EpochMs): PollRange {
  const weekStart = asOf - windowMs.week;
  const from = weekStart - lookbackMs;
  return { asOf, weekStart, from, open: { start: from - 1, end: asOf + 1 } };
}

/**
 * Whether the newest poll before the range, if it belongs to the same opening, is the neighbour of one inside the week.
 * Then the time between them is ambiguous when they differ, which the bounds need (docs/uptime.md, 3.7).
 * @param open the open intervals of `range.open`   @param polls those of the range
 */
export function mayBeAmbiguousFromBefore(range: PollRange, open: readonly Interval[], polls: PackedPolls): boolean {
  const first = open[0];
  const firstAt = polls.at[0];
  if (first === undefined || firstAt === undefined) return false;
  // When one opening covers the whole look-back, every poll of the range is inside hours, so the first one is the
  // neighbour.
  return (
    first.start === range.open.start && first.end > range.weekStart && firstAt >= range.weekStart && firstAt < first.end
  );
}

/** Whether the store was open without interruption from `at` to the range's start. */
export function isSameOpening(range: PollRange, schedule: Schedule, at: EpochMs): boolean {
  const open = openIntervals(schedule, { start: at, end: range.from });
  return open.length === 1 && open[0]!.start === at && open[0]!.end === range.from;
}

/**
 * The polls with one more, of the given status, a millisecond before the range. It represents the newest poll before
 * the range, wherever that was: both decide nothing in the week and make the same time ambiguous.
 */
export function withPollBefore(range: PollRange, polls: PackedPolls, active: boolean): PackedPolls {
  const at = new Float64Array(polls.at.length + 1);
  at[0] = range.from - 1;
  at.set(polls.at, 1);
  const statuses = new Uint8Array(polls.active.length + 1);
  statuses[0] = active ? 1 : 0;
  statuses.set(polls.active, 1);
  return { at, active: statuses };
}
