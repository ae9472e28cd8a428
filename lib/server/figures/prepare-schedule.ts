import type { GivenSchedule } from "@/db/queries/schedule-codec";
import { openIntervals } from "@/lib/uptime/business-hours";
import { defaultTimeZone, resolveTimeZone } from "@/lib/uptime/time-zone";
import type { Interval, Schedule } from "@/lib/uptime/types";

/**
 * The schedule that holds for a store: round the clock where no hours were given, in Chicago without a zone. A stored zone that this
 * runtime does not know (its zone data is older than that of the runtime which took it) counts as none: one store must
 * not cost the fleet its figures. `hasUnknownZone` tells.
 */
export function toSchedule({ timeZone, weekly, exceptions }: Omit<GivenSchedule, "closedDays">): Schedule {
  const zone = timeZone === null ? null : resolveTimeZone(timeZone);
  return { timeZone: zone ?? defaultTimeZone, weekly: weekly ?? "always", exceptions };
}

/** Whether a zone was given that this runtime does not know, so that the default stands in for it. */
export function hasUnknownZone({ timeZone }: Pick<GivenSchedule, "timeZone">): boolean {
  return timeZone !== null && resolveTimeZone(timeZone) === null;
}

export interface PreparedSchedule {
  readonly schedule: Schedule;
  readonly open: readonly Interval[];
}

/** Works out each schedule's open intervals in `range` once, however many stores have it. */
export class SchedulePreparer {
  // Weak: what whoever reads the schedules forgets is forgotten here, too.
  private readonly prepared = new WeakMap<GivenSchedule, PreparedSchedule>();
  private readonly unknown = new Set<string>();

  constructor(private readonly range: Interval) {}

  /** Zones seen that this runtime does not know; their stores were taken to be in the default zone. */
  get unknownZones(): readonly string[] {
    return [...this.unknown];
  }

  prepare(given: GivenSchedule): PreparedSchedule {
    let known = this.prepared.get(given);
    if (known === undefined) {
      const schedule = toSchedule(given);
      known = { schedule, open: openIntervals(schedule, this.range) };
      this.prepared.set(given, known);
      if (given.timeZone !== null && hasUnknownZone(given)) this.unknown.add(given.timeZone);
    }
    return known;
  }
}
