import type { GivenSchedule } from "@/db/queries/bulk/schedule-codec";
import { openIntervals } from "@/lib/uptime/business-hours";
import { applyCalendars } from "@/lib/uptime/calendar";
import { defaultTimeZone, resolveTimeZone } from "@/lib/uptime/time-zone";
import type { Interval, Schedule, TimeZone } from "@/lib/uptime/types";

/** The zone that a store's times are in: the default one without a zone, or with one that this runtime does not know. */
export function effectiveZone(timeZone: string | null): TimeZone {
  return (timeZone === null ? null : resolveTimeZone(timeZone)) ?? defaultTimeZone;
}

/**
 * The effective schedule of a store: always open without hours, in Chicago without a zone. A stored zone that this
 * runtime does not know (its zone data is older than that of the runtime that accepted it) counts as missing, so that
 * one store does not cost the fleet its figures. `hasUnknownZone` reports it.
 */
export function toSchedule({
  timeZone,
  weekly,
  exceptions,
  calendars = [],
  earlier = [],
}: Omit<GivenSchedule, "closedDays" | "earlier" | "calendars"> &
  Partial<Pick<GivenSchedule, "earlier" | "calendars">>): Schedule {
  return {
    timeZone: effectiveZone(timeZone),
    weekly: weekly ?? "always",
    earlier: earlier.map(({ before, value }) => ({ before, value: value.weekly ?? "always" })),
    ...applyCalendars(exceptions, calendars),
  };
}

/** Whether the store has a zone that this runtime does not know, so that the default is used. */
export function hasUnknownZone({ timeZone }: Pick<GivenSchedule, "timeZone">): boolean {
  return timeZone !== null && resolveTimeZone(timeZone) === null;
}

export interface PreparedSchedule {
  readonly schedule: Schedule;
  readonly open: readonly Interval[];
}

/** Computes the open intervals of each distinct schedule in `range` once for all stores that share it. */
export class SchedulePreparer {
  // Weak, so that entries go when the schedules are no longer used.
  private readonly prepared = new WeakMap<GivenSchedule, PreparedSchedule>();
  private readonly unknown = new Set<string>();

  constructor(private readonly range: Interval) {}

  /** Zones that this runtime does not know; their stores are computed in the default zone. */
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
