import { segmentState, type VisitSegment } from "./segments";
import { finish, walkInSlices, type Sliced } from "./sliced";
import { offsetPeriods } from "./time-zone";
import type { EpochMs, Interval, PackedPolls, TimeZone } from "./types";
import { dayMs, hourMs } from "./units";

/** One part of a window that a chart draws: its open time, possibly zero, by state in ms. */
export interface Bucket extends Interval {
  readonly openMs: number;
  readonly upMs: number;
  readonly downMs: number;
  readonly unknownMs: number;
}

/**
 * Cuts a window at local times that are multiples of `stepMs` after midnight, and at clock changes (for steps of a day:
 * only when the date changes with them). So buckets are what people expect: 14:00 to 15:00, Tuesday.
 * @param stepMs a divisor of a day, or a day
 * @returns intervals, ascending, that tile the window; the first and the last may be shorter
 */
export function cutWindow(zone: TimeZone, window: Interval, stepMs: number): readonly Interval[] {
  const parts: Interval[] = [];
  let start = window.start;
  let stepBefore: number | undefined;
  let offsetBefore: number | undefined;
  const cutAt = (at: EpochMs): void => {
    if (at > start) parts.push({ start, end: at });
    start = at;
  };
  for (const { start: from, end: to, offsetMs } of offsetPeriods(zone, window)) {
    const step = Math.floor((from + offsetMs) / stepMs);
    // When only the abbreviation changes, the clocks run on.
    const isChange = offsetBefore !== undefined && offsetMs !== offsetBefore;
    if (step !== stepBefore && stepBefore !== undefined) cutAt(from);
    else if (isChange && stepMs < dayMs) cutAt(from);
    for (let next = (step + 1) * stepMs - offsetMs; next < to; next += stepMs) cutAt(next);
    stepBefore = Math.floor((to - 1 + offsetMs) / stepMs);
    offsetBefore = offsetMs;
  }
  cutAt(window.end);
  return parts;
}

/** Cuts a window at the whole hours of UTC; the first and the last part may be shorter. */
export function cutAtUtcHours({ start, end }: Interval): readonly Interval[] {
  const parts: Interval[] = [];
  let from: EpochMs = start;
  while (from < end) {
    const to = Math.min(end, (Math.floor(from / hourMs) + 1) * hourMs);
    parts.push({ start: from, end: to });
    from = to;
  }
  return parts;
}

/** Sums the open time of any number of stores by state in each part of a window. */
export class BucketSums {
  private readonly ms: Float64Array;
  /** The first part that the next segment of the current store can be in. */
  private part = 0;

  /** @param parts ascending, without gaps (`cutWindow`, `cutAtUtcHours`) */
  constructor(private readonly parts: readonly Interval[]) {
    this.ms = new Float64Array(3 * parts.length);
  }

  /** Adds one store. `open`, `polls` and `reachMs` are as for `estimateUptime`. */
  add(open: readonly Interval[], polls: PackedPolls, reachMs: number): void {
    finish(this.addInSlices(open, polls, reachMs));
  }

  /** `add` in slices. */
  *addInSlices(open: readonly Interval[], polls: PackedPolls, reachMs: number): Sliced<void> {
    const first = this.parts[0];
    const last = this.parts.at(-1);
    if (first === undefined || last === undefined) return;
    this.part = 0;
    yield* walkInSlices(open, polls, reachMs, { start: first.start, end: last.end }, this.addSegment);
  }

  private readonly addSegment: VisitSegment = (start, end, state) => {
    const { parts, ms } = this;
    while (parts[this.part]!.end <= start) this.part++;
    for (let from = start, here = this.part; from < end; here++) {
      const to = Math.min(end, parts[here]!.end);
      ms[3 * here + state]! += to - from;
      from = to;
    }
  };

  /** The sums, one bucket per part. Ratios of them are ratios of sums. */
  buckets(): readonly Bucket[] {
    return this.parts.map((part, index) => {
      const upMs = this.ms[3 * index + segmentState.up]!;
      const downMs = this.ms[3 * index + segmentState.down]!;
      const unknownMs = this.ms[3 * index + segmentState.unknown]!;
      return { ...part, openMs: upMs + downMs + unknownMs, upMs, downMs, unknownMs };
    });
  }
}

/**
 * The estimate of each part of a window; they sum to the window's to the millisecond.
 * `open`, `polls` and `reachMs` are as for `estimateUptime`.
 * @param parts ascending, without gaps (`cutWindow`)
 */
export function estimateBuckets(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  parts: readonly Interval[],
): readonly Bucket[] {
  return finish(bucketsInSlices(open, polls, reachMs, parts));
}

/** `estimateBuckets` in slices. */
export function* bucketsInSlices(
  open: readonly Interval[],
  polls: PackedPolls,
  reachMs: number,
  parts: readonly Interval[],
): Sliced<readonly Bucket[]> {
  const sums = new BucketSums(parts);
  yield* sums.addInSlices(open, polls, reachMs);
  return sums.buckets();
}
