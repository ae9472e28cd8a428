import { intervalAt } from "./interval";
import { segmentState, walkSegments } from "./segments";
import type { EpochMs, Interval, PackedPolls } from "./types";

/** A maximal run of neighbouring in-hours polls that are inactive; it goes on over closed and over unknown time. */
export interface Incident {
  /** Where its first downtime starts. */
  readonly start: EpochMs;
  /** Where its last downtime ends, at the latest at the as-of instant. */
  readonly end: EpochMs;
  /** The downtime in it; closed and unknown time do not count. */
  readonly downMs: number;
  readonly polls: number;
  /** Its last poll is the store's last in-hours poll. */
  readonly ongoing: boolean;
}

/**
 * The incidents that the given polls tell of (spec/uptime.md, 3), ascending. One that is under way at the first poll
 * starts there as far as these polls know. A run without a millisecond of downtime is none.
 * @param open as for `estimateUptime`, and reaching `reachMs` back before the first poll
 * @param polls ascending, all at or before `asOf`
 */
export function findIncidents(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
): readonly Incident[] {
  const first = open[0];
  if (first === undefined || first.start >= asOf) return [];
  // Number of the run that each inactive in-hours poll belongs to; -1 for all others.
  const runOf = new Int32Array(polls.at.length).fill(-1);
  const pollsOfRun: number[] = [];
  let lastIsDown = false;
  polls.at.forEach((at, poll) => {
    if (intervalAt(open, at) === undefined) return;
    const isDown = polls.active[poll] === 0;
    if (isDown) {
      if (!lastIsDown) pollsOfRun.push(0);
      runOf[poll] = pollsOfRun.length - 1;
      pollsOfRun[pollsOfRun.length - 1]! += 1;
    }
    lastIsDown = isDown;
  });

  const incidents = new Map<number, Incident>();
  walkSegments(open, polls, reachMs, { start: first.start, end: asOf }, (start, end, state, poll) => {
    if (state !== segmentState.down) return;
    const run = runOf[poll]!;
    const before = incidents.get(run);
    incidents.set(run, {
      start: before?.start ?? start,
      end,
      downMs: (before?.downMs ?? 0) + end - start,
      polls: pollsOfRun[run]!,
      ongoing: lastIsDown && run === pollsOfRun.length - 1,
    });
  });
  return [...incidents.values()];
}
