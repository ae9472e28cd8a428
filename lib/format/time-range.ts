import { dayMs } from "@/lib/uptime/units";
import { dateText } from "./time-style";
import { clockTime, localDate, offsetMs, offsetName, wallDate, weekdayTime, type Clock } from "./zoned-time";

/** Instants beside others: as short as they can be said, and never so short that their day is in doubt. */

const sixDays = 6 * dayMs;
const isNear = (instant: string, other: string): boolean => Math.abs(Date.parse(instant) - Date.parse(other)) < sixDays;

/** "Jan 12, 12:00", "Dec 25, 2022, 12:00" */
function dateTime(instant: string, clock: Clock, withYear: boolean): string {
  const date = dateText(withYear ? "dateOfYear" : "date", wallDate(instant, clock), clock.style);
  return `${date}, ${clockTime(instant, clock)}`;
}

/**
 * An instant as short as it can be said beside `reference`: "18:12" on the same local date, "Tue 18:12" within six
 * days, "Jan 12, 18:12" in the same local year, else with the year.
 */
export function timeNear(instant: string, reference: string, clock: Clock): string {
  const [date, near] = [localDate(instant, clock), localDate(reference, clock)];
  if (isNear(instant, reference)) return date === near ? clockTime(instant, clock) : weekdayTime(instant, clock);
  return dateTime(instant, clock, date.slice(0, 4) !== near.slice(0, 4));
}

/**
 * The ends of a range of time. The start always has its day; the end has its own where the local date differs, and both
 * have the zone's name where the clocks change between them. Days are weekdays within six days of `reference`, else dates.
 * @returns ["Thu 09:30", "12:30"], ["Thu 09:30", "Fri 12:30"], ["Jan 12, 09:30", "Jan 13, 12:30"]
 */
export function timeRangeEnds(
  start: string,
  end: string,
  reference: string,
  clock: Clock,
): readonly [from: string, to: string] {
  const [from, to] = [localDate(start, clock), localDate(end, clock)];
  const byWeekday = isNear(start, reference) && isNear(end, reference) && isNear(start, end);
  const year = localDate(reference, clock).slice(0, 4);
  const withYear = from.slice(0, 4) !== year || to.slice(0, 4) !== year;
  const withDay = (instant: string): string =>
    byWeekday ? weekdayTime(instant, clock) : dateTime(instant, clock, withYear);
  const zoneOf = (instant: string, other: string): string =>
    offsetMs(start, clock) === offsetMs(end, clock) ? "" : ` ${offsetName(instant, other, clock)}`;
  return [
    `${withDay(start)}${zoneOf(start, end)}`,
    `${from === to ? clockTime(end, clock) : withDay(end)}${zoneOf(end, start)}`,
  ];
}

/** A time with its day, as a range of time has it: "Thu 09:30", "Jan 12, 09:30". */
export function dayTime(instant: string, reference: string, clock: Clock): string {
  return timeRangeEnds(instant, instant, reference, clock)[0];
}

/** A range of time: "Thu 09:30–12:30", "Thu 09:30 to Fri 12:30", "Jan 12, 09:30–12:30". */
export function timeRange(start: string, end: string, reference: string, clock: Clock): string {
  const [from, to] = timeRangeEnds(start, end, reference, clock);
  return to === clockTime(end, clock) ? `${from}–${to}` : `${from} to ${to}`;
}
