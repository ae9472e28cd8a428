import { offsetPeriods } from "@/lib/uptime/time-zone";
import type { DayHours, Interval, TimeZone } from "@/lib/uptime/types";
import { dayMs, daySeconds } from "@/lib/uptime/units";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { CalendarFault, EventFault } from "./calendar-fault";
import { readEvent, type CalendarEvent } from "./calendar-events";
import { dateText } from "./calendar-values";
import { propertyOf, readComponents, textOfProperty, type Component } from "./components";
import { EventZones } from "./event-zones";
import { occurrencesOf, type Occurrence } from "./series";
import { WorkLimit } from "./work-limit";

/** What one event means on one date of the store. */
export interface CalendarEntry {
  /** The local date `YYYY-MM-DD` on which it starts. */
  readonly date: string;
  /** From–to on the clock of the feed, past 86400 on the next date; null: all day. */
  readonly hours: DayHours | null;
  readonly title: string;
}

/** An event that was left out, or read in another way than it is written. */
export interface CalendarWarning {
  readonly line: number;
  readonly title: string;
  readonly reason: string;
}

export interface CalendarReading {
  /** Ascending by date and start, each once. */
  readonly entries: readonly CalendarEntry[];
  /** The first hundred. */
  readonly warnings: readonly CalendarWarning[];
  readonly warningCount: number;
}

/** Which part of a calendar is read. */
export interface CalendarScope {
  /** The zone of the feed: that of times without one, and of the entries. */
  readonly zone: TimeZone;
  /** Local dates, both included, at most 1,100 days. */
  readonly from: string;
  readonly to: string;
}

const mostEvents = 5_000;
const mostEntries = 20_000;
/** An event of a series is one step. */
const mostSteps = 10_000;
const mostWarnings = 100;
const mostDays = 1_100;

class Warnings {
  readonly first: CalendarWarning[] = [];
  count = 0;

  add(warning: CalendarWarning): void {
    this.count += 1;
    if (this.first.length < mostWarnings) this.first.push(warning);
  }
}

/** Runs `read`; an event that cannot be read is left out with a warning. */
function tryEvent<T>(read: () => T, title: string, warnings: Warnings): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof EventFault)) throw error;
    warnings.add({ line: error.line, title, reason: `The event was left out: ${error.message}` });
    return null;
  }
}

function readEvents(calendar: Component, zones: EventZones, warnings: Warnings): readonly CalendarEvent[] {
  const isCancellation = propertyOf(calendar, "METHOD")?.value.trim().toUpperCase() === "CANCEL";
  return calendar.children.flatMap((component) => {
    const { name, line } = component;
    const title = textOfProperty(propertyOf(component, "SUMMARY"));
    if (name === "VTODO") warnings.add({ line, title, reason: "A task was left out: only events count." });
    if (name === "VFREEBUSY") warnings.add({ line, title, reason: "Busy times were left out: only events count." });
    if (name !== "VEVENT") return [];
    const event = tryEvent(() => readEvent(component, zones), title, warnings);
    if (event === null) return [];
    if (event.isTentative) {
      warnings.add({ line, title, reason: "The event was left out: it is tentative. Confirm it in the calendar." });
      return event.replaces === null ? [] : [{ ...event, isCancelled: true }];
    }
    return [isCancellation ? { ...event, isCancelled: true } : event];
  });
}

function byUid(events: readonly CalendarEvent[]): Iterable<readonly CalendarEvent[]> {
  const found = new Map<string, CalendarEvent[]>();
  for (const event of events) {
    const same = found.get(event.uid);
    if (same === undefined) found.set(event.uid, [event]);
    else same.push(event);
  }
  return found.values();
}

/**
 * From–to on the clock of the feed, by the date on which it starts: a night is one entry of its date, a longer event one of
 * each date. Of an hour that the clocks repeat both passes count.
 */
function timedEntries(interval: Interval, title: string, zone: TimeZone): CalendarEntry[] {
  const walls = offsetPeriods(zone, interval).map(
    ({ start, end, offsetMs }) => [start + offsetMs, end + offsetMs] as const,
  );
  const from = Math.floor(Math.min(...walls.map(([start]) => start)) / 1_000);
  const to = Math.ceil(Math.max(...walls.map(([, end]) => end)) / 1_000);
  const entries: CalendarEntry[] = [];
  for (let start = from; start < to;) {
    const date = Math.floor(start / daySeconds);
    const midnight = date * daySeconds;
    const end = to - from <= daySeconds ? to : Math.min(to, midnight + daySeconds);
    entries.push({ date: dateText(date), hours: { startSecond: start - midnight, endSecond: end - midnight }, title });
    start = end;
  }
  return entries;
}

function entriesOf({ start, end, title }: Occurrence, range: Interval, zone: TimeZone): CalendarEntry[] {
  if (!start.isDate) {
    const within = { start: Math.max(start.at, range.start), end: Math.min(end, range.end) };
    return within.start < within.end ? timedEntries(within, title, zone) : [];
  }
  const entries: CalendarEntry[] = [];
  for (let at = Math.max(start.at, range.start); at < Math.min(end, range.end); at += dayMs) {
    entries.push({ date: dateText(Math.floor(at / dayMs)), hours: null, title });
  }
  return entries;
}

const startOf = ({ hours }: CalendarEntry): number => hours?.startSecond ?? -1;

/**
 * The events of an iCalendar text (RFC 5545) as local dates and times of a store. All local times come from our zone
 * rules, never from the process's zone. An all-day event has dates only, whatever the zones are. What the events mean
 * for a store's hours is decided by `calendarDates`.
 * @throws CalendarFault with the line and the remedy: nothing of the text counts
 */
export function readCalendar(text: string, { zone, from, to }: CalendarScope): CalendarReading {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  if (!(last >= first && last - first < mostDays * dayMs)) throw new Error(`Not a range of dates: ${from} to ${to}.`);
  // Local dates differ from UTC by up to a day, and a night of the date before may end on the first date.
  const range = { start: first - 2 * dayMs, end: last + 3 * dayMs };
  const floating = zoneRules().tableOf(zone);
  const calendars = readComponents(text);
  const found = calendars.flatMap(({ children }) => children).filter(({ name }) => name === "VEVENT");
  if (found.length > mostEvents) {
    throw new CalendarFault(
      1,
      `the calendar has ${String(found.length)} events, at most 5,000 are read. Use a smaller one.`,
    );
  }
  const [warnings, limit] = [new Warnings(), new WorkLimit(mostSteps)];
  const entries = new Map<string, CalendarEntry>();
  for (const calendar of calendars) {
    const zones = new EventZones(calendar, floating, range, limit);
    for (const events of byUid(readEvents(calendar, zones, warnings))) {
      const title = events[0]?.title ?? "";
      const occurrences = tryEvent(() => occurrencesOf(events, range, limit), title, warnings) ?? [];
      for (const entry of occurrences.flatMap((one) => entriesOf(one, range, zone))) {
        // The night of the date before the first one counts where it lasts into that.
        const { date, hours } = entry;
        const isBefore =
          date < from && !(hours !== null && hours.endSecond > daySeconds && date === dateText(first / dayMs - 1));
        if (isBefore || date > to) continue;
        entries.set(JSON.stringify(entry), entry);
        if (entries.size > mostEntries)
          throw new CalendarFault(1, "the calendar has more than 20,000 dates in this period.");
      }
    }
  }
  return {
    entries: [...entries.values()].toSorted((a, b) =>
      a.date === b.date ? startOf(a) - startOf(b) : a.date < b.date ? -1 : 1,
    ),
    warnings: warnings.first,
    warningCount: warnings.count,
  };
}
