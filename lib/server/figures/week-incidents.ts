import { findBoundedIncidents, type Incident } from "@/lib/uptime/incidents";
import type { EpochMs, Interval, PackedPolls } from "@/lib/uptime/types";
import { defaultReachMs } from "@/lib/uptime/windows";
import type { PollRange } from "./poll-range";

/** An incident of one store, as far as the polls of a range tell. */
export interface StoreIncident extends Incident {
  readonly storeKey: number;
  /** False when every in-hours poll of the range before its end is inactive: it may have started before them. */
  readonly startKnown: boolean;
}

/** The first poll in business hours; null without one. */
function firstInHours(open: readonly Interval[], { at }: PackedPolls): EpochMs | null {
  let opening = 0;
  for (const here of at) {
    while (opening < open.length && open[opening]!.end <= here) opening++;
    const present = open[opening];
    if (present === undefined) return null;
    if (here >= present.start) return here;
  }
  return null;
}

/**
 * A store's incidents that overlap the week of a range, ascending.
 * @param open the open intervals of `range.open`   @param polls those of the range
 */
export function weekIncidents(
  storeKey: number,
  open: readonly Interval[],
  polls: PackedPolls,
  range: PollRange,
): StoreIncident[] {
  // Most stores have none, and finding that out takes no walk through their segments.
  if (!polls.active.includes(0)) return [];
  const first = firstInHours(open, polls);
  return findBoundedIncidents(open, polls, defaultReachMs, range.asOf)
    .filter(({ end }) => end > range.weekStart)
    .map(({ start, end, downMs, polls: count, ongoing, startLatest }) => {
      return { storeKey, start, end, downMs, polls: count, ongoing, startKnown: startLatest !== first };
    });
}
