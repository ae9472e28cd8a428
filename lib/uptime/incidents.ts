import { segmentState } from "./segments";
import { finish, pollsPerSlice, walkInSlices, type Sliced } from "./sliced";
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

/** An incident while it is found: a run of neighbouring in-hours polls that are inactive, with the downtime in it. */
interface Run extends BoundedIncident {
  start: EpochMs;
  end: EpochMs;
  downMs: number;
  polls: number;
  ongoing: boolean;
  endEarliest: EpochMs;
  endLatest: EpochMs | null;
}

interface Runs {
  readonly runs: readonly Run[];
  /** The run that each inactive in-hours poll belongs to; -1 for all other polls. */
  readonly runOf: Int32Array;
}

function* findRuns(open: readonly Interval[], { at, active }: PackedPolls): Sliced<Runs> {
  const runs: Run[] = [];
  const runOf = new Int32Array(at.length).fill(-1);
  let opening = 0;
  // The in-hours poll before.
  let beforeAt = -1;
  let beforeOpening = -1;
  let run: Run | null = null;
  for (let poll = 0; poll < at.length; poll++) {
    if (poll > 0 && poll % pollsPerSlice === 0) yield;
    const here = at[poll]!;
    while (opening < open.length && open[opening]!.end <= here) opening++;
    const present = open[opening];
    if (present === undefined) break;
    if (here < present.start) continue;
    const isSameOpening = beforeOpening === opening;
    if (active[poll] !== 0) {
      if (run !== null) {
        run.endLatest = isSameOpening ? here : open[beforeOpening]!.end;
        run.ongoing = false;
      }
      run = null;
    } else {
      if (run === null) {
        const startEarliest = isSameOpening ? beforeAt : present.start;
        const bounds = { startEarliest, startLatest: here, endEarliest: here, endLatest: null };
        run = { ...bounds, start: here, end: here, downMs: 0, polls: 0, ongoing: true };
        runs.push(run);
      }
      run.polls++;
      run.endEarliest = here;
      runOf[poll] = runs.length - 1;
    }
    beforeAt = here;
    beforeOpening = opening;
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
  return finish(incidentsInSlices(open, polls, reachMs, asOf));
}

/** `findBoundedIncidents` in slices. */
export function* incidentsInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
): Sliced<readonly BoundedIncident[]> {
  const first = open[0];
  if (first === undefined || first.start >= asOf) return [];
  const { runs, runOf } = yield* findRuns(open, polls);
  yield* walkInSlices(open, polls, reachMs, { start: first.start, end: asOf }, (start, end, state, poll) => {
    if (state !== segmentState.down) return;
    const run = runs[runOf[poll]!]!;
    if (run.downMs === 0) run.start = start;
    run.end = end;
    run.downMs += end - start;
  });
  return runs.filter(({ downMs }) => downMs > 0);
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
