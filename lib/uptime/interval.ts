import type { EpochMs, Interval } from "./types";

/**
 * Merges intervals that overlap or touch.
 * @param intervals in any order
 * @returns the maximal intervals, disjoint and ascending
 */
export function unite(intervals: readonly Interval[]): Interval[] {
  const ascending = intervals.toSorted((a, b) => a.start - b.start);
  const united: Interval[] = [];
  for (const interval of ascending) {
    const last = united.at(-1);
    if (last === undefined || interval.start > last.end) united.push(interval);
    else if (interval.end > last.end) united[united.length - 1] = { start: last.start, end: interval.end };
  }
  return united;
}

/** The interval that contains `at`, if any. @param intervals disjoint and ascending */
export function intervalAt(intervals: readonly Interval[], at: EpochMs): Interval | undefined {
  return intervals.findLast((interval) => interval.start <= at && at < interval.end);
}
