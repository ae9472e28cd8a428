import { segmentState } from "./segments";
import { finish, pollsPerSlice, walkInSlices, type Sliced } from "./sliced";
import type { EpochMs, Interval, PackedPolls } from "./types";

/** A maximal run of neighbouring in-hours polls that are inactive; it continues over closed and unknown time. */
export interface Incident {
  /** Start of its first downtime. */
  readonly start: EpochMs;
  /** End of its last downtime, at the latest the as-of instant. */
  readonly end: EpochMs;
  /** Its downtime; closed and unknown time do not count. */
  readonly downMs: number;
  readonly polls: number;
  /** Its last poll is the store's last in-hours poll. */
  readonly ongoing: boolean;
}

/** Bounds of an incident's start and end: polls only tell that each lies between two of them. */
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

/** The fields of all runs in one array: a store may have half a million, too many for mutable objects. */
const field = {
  startEarliest: 0,
  startLatest: 1,
  endEarliest: 2,
  endLatest: 3,
  start: 4,
  end: 5,
  downMs: 6,
  polls: 7,
} as const;
const width = 8;

/** Runs of neighbouring in-hours polls that are inactive, with their downtime. */
class Runs {
  count = 0;
  values = new Float64Array(64 * width);

  /** @returns index of the new run's fields */
  add(startEarliest: EpochMs, startLatest: EpochMs): number {
    if ((this.count + 1) * width > this.values.length) {
      const wider = new Float64Array(2 * this.values.length);
      wider.set(this.values);
      this.values = wider;
    }
    const run = this.count * width;
    this.values[run + field.startEarliest] = startEarliest;
    this.values[run + field.startLatest] = startLatest;
    this.values[run + field.endLatest] = NaN;
    this.count++;
    return run;
  }

  get(index: number): BoundedIncident {
    const value = (one: keyof typeof field): number => this.values[index * width + field[one]]!;
    const endLatest = value("endLatest");
    const isOngoing = Number.isNaN(endLatest);
    return {
      startEarliest: value("startEarliest"),
      startLatest: value("startLatest"),
      endEarliest: value("endEarliest"),
      endLatest: isOngoing ? null : endLatest,
      start: value("start"),
      end: value("end"),
      downMs: value("downMs"),
      polls: value("polls"),
      ongoing: isOngoing,
    };
  }
}

interface FoundRuns {
  readonly runs: Runs;
  /** Index of the run that each inactive in-hours poll belongs to; -1 for all other polls. */
  readonly runOf: Int32Array;
}

function* findRuns(open: readonly Interval[], { at, active }: PackedPolls): Sliced<FoundRuns> {
  const runs = new Runs();
  const runOf = new Int32Array(at.length).fill(-1);
  let opening = 0;
  // The in-hours poll before.
  let beforeAt = -1;
  let beforeOpening = -1;
  let run = -1;
  for (let poll = 0; poll < at.length; poll++) {
    if (poll > 0 && poll % pollsPerSlice === 0) yield;
    const here = at[poll]!;
    while (opening < open.length && open[opening]!.end <= here) opening++;
    const present = open[opening];
    if (present === undefined) break;
    if (here < present.start) continue;
    const isSameOpening = beforeOpening === opening;
    if (active[poll] !== 0) {
      if (run !== -1) runs.values[run + field.endLatest] = isSameOpening ? here : open[beforeOpening]!.end;
      run = -1;
    } else {
      if (run === -1) run = runs.add(isSameOpening ? beforeAt : present.start, here);
      runs.values[run + field.polls]! += 1;
      runs.values[run + field.endEarliest] = here;
      runOf[poll] = run;
    }
    beforeAt = here;
    beforeOpening = opening;
  }
  return { runs, runOf };
}

/** Incidents, ascending; each object is created on access. */
export interface IncidentTable {
  readonly count: number;
  /** @param index from 0 */
  at(index: number): BoundedIncident;
}

/**
 * The incidents in the given polls (docs/uptime.md, 3.10), ascending, with the bounds of their start and end. One that is
 * ongoing at the first poll starts there, as far as these polls tell. A run without a millisecond of downtime is not an
 * incident.
 * @param open as for `estimateUptime`, and reaching `reachMs` back before the first poll
 * @param polls ascending, all at or before `asOf`
 */
export function findBoundedIncidents(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
): readonly BoundedIncident[] {
  const table = finish(incidentsInSlices(open, polls, reachMs, asOf));
  return Array.from({ length: table.count }, (_, index) => table.at(index));
}

/** `findBoundedIncidents` in slices, as a table. */
export function* incidentsInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  asOf: EpochMs,
): Sliced<IncidentTable> {
  const first = open[0];
  const { runs, runOf } = yield* findRuns(open, polls);
  if (first !== undefined && first.start < asOf) {
    const { values } = runs;
    yield* walkInSlices(open, polls, reachMs, { start: first.start, end: asOf }, (start, end, state, poll) => {
      if (state !== segmentState.down) return;
      const run = runOf[poll]!;
      if (values[run + field.downMs] === 0) values[run + field.start] = start;
      values[run + field.end] = end;
      values[run + field.downMs]! += end - start;
    });
  }
  const indices = new Int32Array(runs.count);
  let count = 0;
  for (let index = 0; index < runs.count; index++) {
    if (index > 0 && index % pollsPerSlice === 0) yield;
    if (runs.values[index * width + field.downMs]! > 0) indices[count++] = index;
  }
  return { count, at: (index) => runs.get(indices[index]!) };
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
