import { firstPollAtOrAfter } from "./packed-polls";
import { stateNames, type SegmentState } from "./segments";
import { finish, walkInSlices, type Sliced } from "./sliced";
import type { SegmentRange } from "./timeline";
import type { EpochMs, Interval, PackedPolls, Poll, UptimeState } from "./types";

/** Why a segment has its state: the nearest poll decides it, or none is near enough, or the opening has none. */
export type SegmentRule = "nearest_poll" | "beyond_reach" | "no_poll";

/** Where one segment ends and the next starts: midway between two polls, or at the end of a poll's reach. */
type Meeting = "half_way" | "reach";

/** Why a segment starts where it does: the store opens, the window starts, or another segment ends. */
export type SegmentStart = "opening" | "window" | Meeting;

/** Why a segment ends where it does. */
export type SegmentEnd = "closing" | "window" | Meeting;

/** A segment of open time with one state, decided by one poll or by none. */
export interface ExplainedSegment extends Interval {
  readonly state: UptimeState;
  /** The poll that decides it; null when nothing is known. */
  readonly poll: Poll | null;
  readonly rule: SegmentRule;
  readonly startsAt: SegmentStart;
  readonly endsAt: SegmentEnd;
}

interface Segment {
  readonly start: EpochMs;
  end: EpochMs;
  readonly state: SegmentState;
  readonly poll: number;
}

/** Whether two segments meet midway between two polls, or at the end of one poll's reach. */
function meeting(before: Segment, after: Segment): Meeting {
  return before.poll !== -1 && after.poll !== -1 ? "half_way" : "reach";
}

/**
 * The segments of open time in `window`, each with the poll that decides it and why it starts and ends where it does.
 * They come from the function that computes the figures, so the time of each state equals the figure to the
 * millisecond. All time decided by one poll is one segment.
 * `open`, `polls` and `reachMs` are as for `estimateUptime`; an opening that is cut before the window counts as open
 * there.
 */
export function explainWindow(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
): readonly ExplainedSegment[] {
  return finish(explainInSlices(open, polls, reachMs, window, { from: -Infinity, limit: Infinity }));
}

/** `explainWindow` in slices, restricted to the first `limit` segments that start at or after `from`. */
export function* explainInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  window: Interval,
  { from, limit }: SegmentRange,
): Sliced<readonly ExplainedSegment[]> {
  const explained: ExplainedSegment[] = [];
  let before: Segment | undefined;
  let present: Segment | undefined;
  let opening = 0;
  /** Explains the current segment, now that the next one is known. */
  const explain = (after: Segment | undefined): void => {
    if (present === undefined || present.start < from || explained.length >= limit) return;
    while (open[opening]!.end <= present.start) opening++;
    explained.push(explainSegment(present, { before, after, opening: open[opening]!, polls }));
  };
  yield* walkInSlices(open, polls, reachMs, window, (start, end, state, poll) => {
    if (present?.end === start && present.poll === poll && present.state === state) {
      present.end = end;
      return;
    }
    const after = { start, end, state, poll };
    explain(after);
    before = present;
    present = after;
  });
  explain(undefined);
  return explained;
}

interface Surroundings {
  readonly before: Segment | undefined;
  readonly after: Segment | undefined;
  readonly opening: Interval;
  readonly polls: PackedPolls;
}

function explainSegment(segment: Segment, { before, after, opening, polls }: Surroundings): ExplainedSegment {
  const { start, end, state } = segment;
  const startsAt = start === opening.start ? "opening" : before?.end === start ? meeting(before, segment) : "window";
  const endsAt = end === opening.end ? "closing" : after?.start === end ? meeting(segment, after) : "window";
  const poll: Poll | null =
    segment.poll === -1
      ? null
      : { at: polls.at[segment.poll]!, status: polls.active[segment.poll] === 1 ? "active" : "inactive" };
  const rule = poll !== null ? "nearest_poll" : pollIn(polls, opening) ? "beyond_reach" : "no_poll";
  return { start, end, state: stateNames[state], poll, rule, startsAt, endsAt };
}

function pollIn(polls: PackedPolls, { start, end }: Interval): boolean {
  const next = polls.at[firstPollAtOrAfter(polls, start)];
  return next !== undefined && next < end;
}
