import type { GivenSchedule } from "@/db/queries/store-schedules";
import { openIntervals } from "@/lib/uptime/business-hours";
import { defaultTimeZone, resolveTimeZone } from "@/lib/uptime/time-zone";
import type { Interval, Schedule } from "@/lib/uptime/types";

/** The schedule that holds for a store: round the clock without hours, in Chicago without a zone. */
export function toSchedule({ timeZone, weekly, exceptions }: GivenSchedule): Schedule {
  const zone = timeZone === null ? defaultTimeZone : resolveTimeZone(timeZone);
  if (zone === null) {
    throw new Error(`The stored time zone ${timeZone ?? ""} is unknown to this runtime; its zone data is too old.`);
  }
  return { timeZone: zone, weekly: weekly.length === 0 ? "always" : weekly, exceptions };
}

export interface PreparedSchedule {
  readonly schedule: Schedule;
  readonly open: readonly Interval[];
}

/** Works out each schedule's open intervals in `range` once, however many stores have it. */
export function schedulePreparer(range: Interval): (given: GivenSchedule) => PreparedSchedule {
  const prepared = new Map<GivenSchedule, PreparedSchedule>();
  return (given) => {
    let known = prepared.get(given);
    if (known === undefined) {
      const schedule = toSchedule(given);
      known = { schedule, open: openIntervals(schedule, range) };
      prepared.set(given, known);
    }
    return known;
  };
}
