import { dayMs } from "@/lib/uptime/units";

/**
 * Instants as text for people, in a zone whose clock the server sent. Neither the browser's zone rules nor its ICU take
 * part: both differ between runtimes, and then the server and the browser would show different times for one page.
 */

/** What the clocks of a zone show; `ZoneClock` of lib/contract is one. */
export interface Clock {
  readonly time_zone: string;
  readonly offsets: readonly ClockOffset[];
}

interface ClockOffset {
  /** ISO 8601; null for the first. */
  readonly from: string | null;
  readonly offset_seconds: number;
  readonly abbreviation: string;
}

/** The clock of UTC, for which nobody needs rules. */
export const utcClock: Clock = {
  time_zone: "UTC",
  offsets: [{ from: null, offset_seconds: 0, abbreviation: "UTC" }],
};

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** Starts of a clock's offsets in ms. A page formats hundreds of instants by the same few clocks. */
const startsOfClock = new WeakMap<Clock, readonly number[]>();

function startsOf(clock: Clock): readonly number[] {
  let starts = startsOfClock.get(clock);
  if (starts === undefined) {
    starts = clock.offsets.map(({ from }) => (from === null ? -Infinity : Date.parse(from)));
    startsOfClock.set(clock, starts);
  }
  return starts;
}

function offsetAt(atMs: number, clock: Clock): ClockOffset {
  const starts = startsOf(clock);
  let index = starts.length - 1;
  while (index > 0 && starts[index]! > atMs) index--;
  const offset = clock.offsets[index];
  if (offset === undefined) throw new Error(`The clock of ${clock.time_zone} has no offsets.`);
  return offset;
}

/** Distance of the zone's clock from UTC at an instant, in ms east of it. @param instant ISO 8601 */
export function offsetMs(instant: string, clock: Clock): number {
  return offsetAt(Date.parse(instant), clock).offset_seconds * 1000;
}

/** A date whose UTC fields are those of the zone's clock. */
function wallDate(instant: string, clock: Clock): Date {
  const at = Date.parse(instant);
  return new Date(at + offsetAt(at, clock).offset_seconds * 1000);
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");
const clockOf = (wall: Date): string => `${twoDigits(wall.getUTCHours())}:${twoDigits(wall.getUTCMinutes())}`;
const weekdayOf = (wall: Date): string => weekdays[wall.getUTCDay()]!;
const dateOf = (wall: Date): string => `${months[wall.getUTCMonth()]!} ${wall.getUTCDate()}`;
const isoDateOf = (wall: Date): string =>
  `${String(wall.getUTCFullYear()).padStart(4, "0")}-${twoDigits(wall.getUTCMonth() + 1)}-${twoDigits(wall.getUTCDate())}`;

/** "18:12" @param instant ISO 8601 */
export function clockTime(instant: string, clock: Clock): string {
  return clockOf(wallDate(instant, clock));
}

/** "Wed 18:12" */
export function weekdayTime(instant: string, clock: Clock): string {
  const wall = wallDate(instant, clock);
  return `${weekdayOf(wall)} ${clockOf(wall)}`;
}

/** "Wed, Jan 25" */
export function weekdayDate(instant: string, clock: Clock): string {
  const wall = wallDate(instant, clock);
  return `${weekdayOf(wall)}, ${dateOf(wall)}`;
}

/** "Wed, Jan 25, 2023, 18:12" */
export function fullTime(instant: string, clock: Clock): string {
  const wall = wallDate(instant, clock);
  return `${weekdayOf(wall)}, ${dateOf(wall)}, ${wall.getUTCFullYear()}, ${clockOf(wall)}`;
}

/**
 * An instant as short as it can be said beside `reference`: "18:12" on the same local date, "Tue 18:12" within six
 * days, "Jan 12, 18:12" in the same local year, else with the year.
 */
export function timeNear(instant: string, reference: string, clock: Clock): string {
  const at = wallDate(instant, clock);
  const near = wallDate(reference, clock);
  const sixDays = 6 * dayMs;
  if (Math.abs(Date.parse(instant) - Date.parse(reference)) < sixDays) {
    return isoDateOf(at) === isoDateOf(near) ? clockOf(at) : `${weekdayOf(at)} ${clockOf(at)}`;
  }
  const isSameYear = at.getUTCFullYear() === near.getUTCFullYear();
  return isSameYear ? `${dateOf(at)}, ${clockOf(at)}` : `${dateOf(at)}, ${at.getUTCFullYear()}, ${clockOf(at)}`;
}

/** What tells the offset at one instant from that at another: the zone's name, or the offset where the name is the same. */
export function offsetName(instant: string, other: string, clock: Clock): string {
  const name = zoneAbbreviation(instant, clock);
  return name === zoneAbbreviation(other, clock) ? offsetText(offsetMs(instant, clock) / 1000) : name;
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
  const from = wallDate(start, clock);
  const to = wallDate(end, clock);
  const near = (instant: string, other: string) => Math.abs(Date.parse(instant) - Date.parse(other)) < 6 * dayMs;
  const byWeekday = near(start, reference) && near(end, reference) && near(start, end);
  const year = wallDate(reference, clock).getUTCFullYear();
  const withYear = from.getUTCFullYear() !== year || to.getUTCFullYear() !== year;
  const dayOf = (wall: Date): string =>
    byWeekday ? weekdayOf(wall) : `${dateOf(wall)},${withYear ? ` ${wall.getUTCFullYear()},` : ""}`;
  const zoneOf = (instant: string, other: string): string =>
    offsetMs(start, clock) === offsetMs(end, clock) ? "" : ` ${offsetName(instant, other, clock)}`;
  const isSameDate = isoDateOf(from) === isoDateOf(to);
  return [
    `${dayOf(from)} ${clockOf(from)}${zoneOf(start, end)}`,
    `${isSameDate ? "" : `${dayOf(to)} `}${clockOf(to)}${zoneOf(end, start)}`,
  ];
}

/** A time with its day, as a range of time has it: "Thu 09:30", "Jan 12, 09:30". */
export function dayTime(instant: string, reference: string, clock: Clock): string {
  return timeRangeEnds(instant, instant, reference, clock)[0];
}

/** A range of time: "Thu 09:30–12:30", "Thu 09:30 to Fri 12:30", "Jan 12, 09:30–12:30". */
export function timeRange(start: string, end: string, reference: string, clock: Clock): string {
  const [from, to] = timeRangeEnds(start, end, reference, clock);
  return to.length > 5 ? `${from} to ${to}` : `${from}–${to}`;
}

/** A time of day as people say it: "3 am", "3:45 pm", "12 pm" for noon. */
export function spokenTime(instant: string, clock: Clock): string {
  const wall = wallDate(instant, clock);
  const hours = wall.getUTCHours();
  const minutes = wall.getUTCMinutes();
  return `${hours % 12 === 0 ? 12 : hours % 12}${minutes === 0 ? "" : `:${twoDigits(minutes)}`} ${hours < 12 ? "am" : "pm"}`;
}

/** The day of the week: "Wed" @param instant ISO 8601 */
export function weekdayName(instant: string, clock: Clock): string {
  return weekdayOf(wallDate(instant, clock));
}

/** The date that a calendar in the zone shows: "2023-01-25". */
export function localDate(instant: string, clock: Clock): string {
  return isoDateOf(wallDate(instant, clock));
}

/** Ms since local midnight by the clock's face: 0 to 86,399,999. */
export function msOfDay(instant: string, clock: Clock): number {
  return (((Date.parse(instant) + offsetMs(instant, clock)) % dayMs) + dayMs) % dayMs;
}

/** "UTC+5:45", "UTC−3:30", "UTC+0" @param seconds east of UTC */
export function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const [hours, minutes, rest] = [Math.floor(size / 3600), Math.floor((size % 3600) / 60), size % 60];
  const minuteText = minutes === 0 && rest === 0 ? "" : `:${twoDigits(minutes)}`;
  return `UTC${seconds < 0 ? "−" : "+"}${hours}${minuteText}${rest === 0 ? "" : `:${twoDigits(rest)}`}`;
}

/**
 * The zone's short name at an instant, as the tz database has it: "CST". Where it only has digits ("+0545"), the offset
 * says the same to people: "UTC+5:45".
 */
export function zoneAbbreviation(instant: string, clock: Clock): string {
  const { abbreviation, offset_seconds: seconds } = offsetAt(Date.parse(instant), clock);
  return /^[+-]\d/.test(abbreviation) ? offsetText(seconds) : abbreviation;
}

/** "2023-01-25 18:12 UTC", for a tooltip beside a local time. */
export function utcTime(instant: string): string {
  // What the server says is in UTC already, and a page says hundreds of them.
  const inUtc = instant.endsWith("Z") ? instant : new Date(instant).toISOString();
  return `${inUtc.slice(0, 10)} ${inUtc.slice(11, 16)} UTC`;
}
