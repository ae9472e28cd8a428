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

/** Where an incident may have begun and ended: polls say no more than that it lies between two of them. */
export interface IncidentBounds {
  /** The poll before its first one in the same opening, which was active, or that opening's start. */
  readonly startEarliest: EpochMs;
  /** Its first poll. */
  readonly startLatest: EpochMs;
  /** Its last poll. */
  readonly endEarliest: EpochMs;
  /** The poll after its last one in the same opening, which was active, or that opening's end; null while ongoing. */
  readonly endLatest: EpochMs | null;
}

export type BoundedIncident = Incident & IncidentBounds;

/** A maximal run of neighbouring in-hours polls that are inactive. */
interface Run extends IncidentBounds {
  polls: number;
  endEarliest: EpochMs;
  endLatest: EpochMs | null;
}

interface Runs {
  readonly runs: readonly Run[];
  /** The run that each inactive in-hours poll belongs to; -1 for all other polls. */
  readonly runOf: Int32Array;
}

function findRuns(open: readonly Interval[], { at, active }: PackedPolls): Runs {
  const runs: Run[] = [];
  const runOf = new Int32Array(at.length).fill(-1);
  let opening = 0;
  /** The in-hours poll before. */
  let before: { readonly at: EpochMs; readonly opening: number; readonly isDown: boolean } | null = null;
  for (let poll = 0; poll < at.length; poll++) {
    const here = at[poll]!;
    while (opening < open.length && open[opening]!.end <= here) opening++;
    const present = open[opening];
    if (present === undefined || here < present.start) continue;
    const isDown = active[poll] === 0;
    const isSameOpening: boolean = before?.opening === opening;
    const run = runs.at(-1);
    if (!isDown && run !== undefined && before?.isDown === true) {
      run.endLatest = isSameOpening ? here : open[before.opening]!.end;
    }
    if (isDown && run !== undefined && before?.isDown === true) {
      run.polls++;
      run.endEarliest = here;
    } else if (isDown) {
      const startEarliest = isSameOpening && before !== null ? before.at : present.start;
      runs.push({ startEarliest, startLatest: here, endEarliest: here, endLatest: null, polls: 1 });
    }
    if (isDown) runOf[poll] = runs.length - 1;
    before = { at: here, opening, isDown };
  }
  return { runs, runOf };
}

/**
 * The incidents that the given polls tell of (spec/uptime.md, 3), ascending, with the bounds of their start and end. One
 * that is under way at the first poll starts there as far as these polls know. A run without a millisecond of downtime
 * is none.
 * @param open as for `estimateUptime`, and reaching `reachMs` back before the first poll
 * @param polls ascending, all at or before `asOf`
 */
export function findBoundedIncidents(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
): readonly BoundedIncident[] {
  const first = open[0];
  if (first === undefined || first.start >= asOf) return [];
  const { runs, runOf } = findRuns(open, polls);
  const incidents = new Map<number, BoundedIncident>();
  walkSegments(open, polls, reachMs, { start: first.start, end: asOf }, (start, end, state, poll) => {
    if (state !== segmentState.down) return;
    const index = runOf[poll]!;
    const before = incidents.get(index);
    incidents.set(index, {
      ...runs[index]!,
      start: before?.start ?? start,
      end,
      downMs: (before?.downMs ?? 0) + end - start,
      ongoing: runs[index]!.endLatest === null,
    });
  });
  return [...incidents.values()];
}

/** The same without the bounds. */
export function findIncidents(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
): readonly Incident[] {
  return findBoundedIncidents(open, polls, reachMs, asOf).map(({ start, end, downMs, polls, ongoing }) => {
    return { start, end, downMs, polls, ongoing };
  });
}
