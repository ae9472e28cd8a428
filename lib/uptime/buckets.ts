import { segmentState, walkSegments } from "./segments";
import { offsetStretches } from "./time-zone";
import type { EpochMs, Interval, PackedPolls, TimeZone } from "./types";

const dayMs = 86_400_000;

/** One part of a window that a chart draws: its open time, which may be none, split by state in ms. */
export interface Bucket extends Interval {
  readonly openMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
}

/**
 * Cuts a window where the zone's clocks show a multiple of `stepMs` after midnight, and where they are changed (for
 * steps of a day: only if the date changes with them). So buckets read as people say them: 14:00 to 15:00, Tuesday.
 * @param stepMs a divisor of a day, or a day
 * @returns intervals, ascending, that tile the window; the first and the last may be cut short
 */
export function cutWindow(zone: TimeZone, window: Interval, stepMs: number): readonly Interval[] {
  const parts: Interval[] = [];
  let start = window.start;
  let stepBefore: number | undefined;
  const cutAt = (at: EpochMs): void => {
    if (at > start) parts.push({ start, end: at });
    start = at;
  };
  for (const stretch of offsetStretches(zone, window)) {
    const step = Math.floor((stretch.start + stretch.offsetMs) / stepMs);
    if (stepBefore !== undefined && (stepMs < dayMs || step !== stepBefore)) cutAt(stretch.start);
    for (let next = (step + 1) * stepMs - stretch.offsetMs; next < stretch.end; next += stepMs) cutAt(next);
    stepBefore = Math.floor((stretch.end - 1 + stretch.offsetMs) / stepMs);
  }
  cutAt(window.end);
  return parts;
}

/**
 * The estimate of each part of a window; they sum to the window's to the millisecond.
 * @param parts ascending, without gaps (`cutWindow`)   @param open, polls, reachMs as for `estimateUptime`
 */
export function estimateBuckets(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  parts: readonly Interval[],
): readonly Bucket[] {
  const first = parts[0];
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return [];
  const ms = parts.map(() => new Float64Array(3));
  let part = 0;
  walkSegments(open, polls, reachMs, { start: first.start, end: last.end }, (start, end, state) => {
    while (parts[part]!.end <= start) part++;
    for (let from = start, here = part; from < end; here++) {
      const to = Math.min(end, parts[here]!.end);
      ms[here]![state]! += to - from;
      from = to;
    }
  });
  return parts.map((interval, index) => {
    const upMs = ms[index]![segmentState.up]!;
    const downMs = ms[index]![segmentState.down]!;
    const unknownMs = ms[index]![segmentState.unknown]!;
    return { ...interval, openMs: upMs + downMs + unknownMs, upMs, downMs, unknownMs };
  });
}
