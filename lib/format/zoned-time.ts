/**
 * Instants as text for people, always in a named zone. The strings are put together from Intl's parts here, because
 * whole strings differ between the server's ICU and the reader's, and React would refuse to adopt such a page.
 */

interface WallParts {
  readonly weekday: string;
  readonly month: string;
  readonly day: string;
  readonly year: string;
  readonly hour: string;
  readonly minute: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      weekday: "short",
      year: "numeric",
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
    });
    formatters.set(timeZone, found);
  }
  return found;
}

/** A page says the same few instants again and again, and Intl takes longer for one than all the rest of its row. */
const said = new Map<string, WallParts>();
const mostSaid = 4_096;

function wallParts(instant: string, timeZone: string): WallParts {
  const key = `${timeZone} ${instant}`;
  const known = said.get(key);
  if (known !== undefined) return known;
  if (said.size >= mostSaid) said.clear();
  const parts = readWallParts(instant, timeZone);
  said.set(key, parts);
  return parts;
}

function readWallParts(instant: string, timeZone: string): WallParts {
  const parts = new Map(
    formatter(timeZone)
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  return {
    weekday: part("weekday"),
    month: part("month"),
    day: part("day"),
    year: part("year"),
    hour: part("hour"),
    minute: part("minute"),
  };
}

/** "18:12" @param instant ISO 8601 @param timeZone IANA id */
export function clockTime(instant: string, timeZone: string): string {
  const { hour, minute } = wallParts(instant, timeZone);
  return `${hour}:${minute}`;
}

/** "Wed 18:12" */
export function weekdayTime(instant: string, timeZone: string): string {
  const { weekday, hour, minute } = wallParts(instant, timeZone);
  return `${weekday} ${hour}:${minute}`;
}

/** "Wed, Jan 25" */
export function weekdayDate(instant: string, timeZone: string): string {
  const { weekday, month, day } = wallParts(instant, timeZone);
  return `${weekday}, ${month} ${day}`;
}

/** "Wed, Jan 25, 2023, 18:12" */
export function fullTime(instant: string, timeZone: string): string {
  const { weekday, month, day, year, hour, minute } = wallParts(instant, timeZone);
  return `${weekday}, ${month} ${day}, ${year}, ${hour}:${minute}`;
}

/**
 * An instant as short as it can be said beside `reference`: "18:12" on the same local date, "Tue 18:12" within six
 * days, "Jan 12, 18:12" in the same local year, else with the year.
 */
export function timeNear(instant: string, reference: string, timeZone: string): string {
  const at = wallParts(instant, timeZone);
  const near = wallParts(reference, timeZone);
  const clock = `${at.hour}:${at.minute}`;
  const sixDays = 6 * 24 * 3_600_000;
  if (Math.abs(Date.parse(instant) - Date.parse(reference)) < sixDays) {
    return at.day === near.day ? clock : `${at.weekday} ${clock}`;
  }
  return at.year === near.year ? `${at.month} ${at.day}, ${clock}` : `${at.month} ${at.day}, ${at.year}, ${clock}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The date that a calendar in the zone shows: "2023-01-25". */
export function localDate(instant: string, timeZone: string): string {
  const { year, month, day } = wallParts(instant, timeZone);
  return `${year}-${String(months.indexOf(month) + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

const zoneNamers = new Map<string, Intl.DateTimeFormat>();

/** The zone's short name at an instant: "CST", "GMT+5:45". */
export function zoneAbbreviation(instant: string, timeZone: string): string {
  // To make one takes a good part of a millisecond.
  const namer = zoneNamers.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "short" });
  zoneNamers.set(timeZone, namer);
  const parts = namer.formatToParts(new Date(instant));
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** "2023-01-25 18:12 UTC", for a tooltip beside a local time. */
export function utcTime(instant: string): string {
  // What the server says is in UTC already, and a page says hundreds of them.
  const inUtc = instant.endsWith("Z") ? instant : new Date(instant).toISOString();
  return `${inUtc.slice(0, 10)} ${inUtc.slice(11, 16)} UTC`;
}
