import { firstAtOrAfter } from "./sorted-instants";
import type { EpochMs, PackedPolls, Poll } from "./types";

/**
 * Packs polls given in any order and possibly repeated. Of two at one instant with different status `inactive` wins.
 * @param polls instants in whole ms
 */
export function packPolls(polls: readonly Poll[]): PackedPolls {
  const activeAt = new Map<EpochMs, boolean>();
  for (const { at, status } of polls) activeAt.set(at, status === "active" && activeAt.get(at) !== false);
  const ascending = [...activeAt].sort(([a], [b]) => a - b);
  return {
    at: Float64Array.from(ascending, ([at]) => at),
    active: Uint8Array.from(ascending, ([, active]) => (active ? 1 : 0)),
  };
}

/** Index of the first poll at or after `instant`; the number of polls without one. */
export function firstPollAtOrAfter({ at }: PackedPolls, instant: EpochMs): number {
  return firstAtOrAfter(at, instant);
}

/** The number of polls with `start <= at < end`. */
export function countPollsBetween({ at }: PackedPolls, start: EpochMs, end: EpochMs): number {
  return firstAtOrAfter(at, end) - firstAtOrAfter(at, start);
}

/** The polls with `start <= at <= end`, without copying. */
export function pollsBetween(polls: PackedPolls, start: EpochMs, end: EpochMs): PackedPolls {
  const from = firstPollAtOrAfter(polls, start);
  const to = firstPollAtOrAfter(polls, end + 1);
  return { at: polls.at.subarray(from, to), active: polls.active.subarray(from, to) };
}
