import { dayMs, hourMs } from "@/lib/uptime/units";
import { dateText, spokenHour, timeOfDay, type TimeStyle } from "./time-style";

/**
 * Instants as text for people, in a zone whose clock the server sent. Neither the browser's zone rules nor its ICU take
 * part: both differ between runtimes, and then the server and the browser would show different times for one page.
 */

/** What the clocks of a zone show; `ZoneClock` of lib/contract is one. */
export interface ZoneOffsets {
  readonly time_zone: string;
  readonly offsets: readonly ClockOffset[];
}

/** A zone's clock as a reader reads it. */
export interface Clock extends ZoneOffsets {
  readonly style: TimeStyle;
}

interface ClockOffset {
  /** ISO 8601; null for the first. */
  readonly from: string | null;
  readonly offset_seconds: number;
  readonly abbreviation: string;
}

/** UTC, which needs no rules. */
export const utcOffsets: ZoneOffsets = {
  time_zone: "UTC",
  offsets: [{ from: null, offset_seconds: 0, abbreviation: "UTC" }],
};

const clocksOfZone = new WeakMap<ZoneOffsets, Clock>();

/** A zone's clock in a reader's style; the same object each time, so that what depends on it is not made again. */
export function readerClock(zone: ZoneOffsets, style: TimeStyle): Clock {
  const known = clocksOfZone.get(zone);
  if (known?.style === style) return known;
  const clock = { ...zone, style };
  clocksOfZone.set(zone, clock);
  return clock;
}

/** Starts of a clock's offsets in ms. A page formats hundreds of instants by the same few clocks. */
const startsOfClock = new WeakMap<ZoneOffsets["offsets"], readonly number[]>();

function startsOf({ offsets }: ZoneOffsets): readonly number[] {
  let starts = startsOfClock.get(offsets);
  if (starts === undefined) {
    starts = offsets.map(({ from }) => (from === null ? -Infinity : Date.parse(from)));
    startsOfClock.set(offsets, starts);
  }
  return starts;
}

function offsetAt(atMs: number, clock: ZoneOffsets): ClockOffset {
  const starts = startsOf(clock);
  let index = starts.length - 1;
  while (index > 0 && starts[index]! > atMs) index--;
  const offset = clock.offsets[index];
  if (offset === undefined) throw new Error(`The clock of ${clock.time_zone} has no offsets.`);
  return offset;
}

/** Distance of the zone's clock from UTC at an instant, in ms east of it. @param instant ISO 8601 */
export function offsetMs(instant: string, clock: ZoneOffsets): number {
  return offsetAt(Date.parse(instant), clock).offset_seconds * 1000;
}

/** An instant, in ms, moved by the zone's offset: whole days of it since 1970 are the days of the zone's calendar. */
export function wallMs(at: number, clock: ZoneOffsets): number {
  return at + offsetAt(at, clock).offset_seconds * 1000;
}

/** A date whose UTC fields are those of the zone's clock. */
export function wallDate(instant: string, clock: ZoneOffsets): Date {
  return new Date(wallMs(Date.parse(instant), clock));
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");
const weekdayOf = (wall: Date, { weekdays }: TimeStyle): string => weekdays[wall.getUTCDay()]!;
const clockOf = (wall: Date, style: TimeStyle): string =>
  timeOfDay(wall.getUTCHours() * 3600 + wall.getUTCMinutes() * 60, style);
const isoDateOf = (wall: Date): string =>
  `${String(wall.getUTCFullYear()).padStart(4, "0")}-${twoDigits(wall.getUTCMonth() + 1)}-${twoDigits(wall.getUTCDate())}`;

/** "18:12" @param instant ISO 8601 */
export function clockTime(instant: string, clock: Clock): string {
  return clockOf(wallDate(instant, clock), clock.style);
}

/** The end of a span of clock times: "18:12", a midnight as the end of its day: "24:00". */
export function endTime(instant: string, clock: Clock): string {
  const ofDay = Math.floor(msOfDay(instant, clock) / 60_000) * 60;
  return timeOfDay(ofDay === 0 ? dayMs / 1000 : ofDay, clock.style);
}

/** "Wed 18:12" */
export function weekdayTime(instant: string, clock: Clock): string {
  const wall = wallDate(instant, clock);
  return `${weekdayOf(wall, clock.style)} ${clockOf(wall, clock.style)}`;
}

/** "Wed, Jan 25" */
export function weekdayDate(instant: string, clock: Clock): string {
  return dateText("weekdayDate", wallDate(instant, clock), clock.style);
}

/** "Wed, Jan 25, 2023, 18:12" */
export function fullTime(instant: string, clock: Clock): string {
  const wall = wallDate(instant, clock);
  return `${dateText("fullDate", wall, clock.style)}, ${clockOf(wall, clock.style)}`;
}

/** What tells the offset at one instant from that at another: the zone's name, or the offset where the name is the same. */
export function offsetName(instant: string, other: string, clock: ZoneOffsets): string {
  const name = zoneAbbreviation(instant, clock);
  return name === zoneAbbreviation(other, clock) ? offsetText(offsetMs(instant, clock) / 1000) : name;
}

/** A time of day as people say it: "15:45", "3:45 pm", "3 am", "12 pm" for noon. */
export function spokenTime(instant: string, clock: Clock): string {
  return spokenHour(msOfDay(instant, clock) / hourMs, clock.style);
}

/** The day of the week: "Wed" @param instant ISO 8601 */
export function weekdayName(instant: string, clock: Clock): string {
  return weekdayOf(wallDate(instant, clock), clock.style);
}

/** The date that a calendar in the zone shows: "2023-01-25". */
export function localDate(instant: string, clock: ZoneOffsets): string {
  return isoDateOf(wallDate(instant, clock));
}

/** Ms since local midnight by the clock's face: 0 to 86,399,999. */
export function msOfDay(instant: string, clock: ZoneOffsets): number {
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
export function zoneAbbreviation(instant: string, clock: ZoneOffsets): string {
  const { abbreviation, offset_seconds: seconds } = offsetAt(Date.parse(instant), clock);
  return /^[+-]\d/.test(abbreviation) ? offsetText(seconds) : abbreviation;
}

/** "2023-01-25 18:12 UTC", for a tooltip beside a local time. */
export function utcTime(instant: string): string {
  // What the server says is in UTC already, and a page says hundreds of them.
  const inUtc = instant.endsWith("Z") ? instant : new Date(instant).toISOString();
  return `${inUtc.slice(0, 10)} ${inUtc.slice(11, 16)} UTC`;
}
