import type { FeedWarning } from "@/db/schema/calendar-feeds";
import { CalendarFault } from "@/lib/server/icalendar/calendar-fault";
import { calendarDates, type CalendarMeaning } from "@/lib/server/icalendar/calendar-dates";
import { calendarZone } from "@/lib/server/icalendar/calendar-zone";
import { readCalendar } from "@/lib/server/icalendar/read-calendar";
import type { CalendarDate } from "@/lib/uptime/calendar";
import { defaultTimeZone, resolveTimeZone } from "@/lib/uptime/time-zone";
import { dayMs } from "@/lib/uptime/units";

/** For how many days before and after the present date events are read. */
const daysBefore = 365;
const daysAfter = 730;

export interface FeedReading {
  /** Ascending. */
  readonly dates: readonly CalendarDate[];
  readonly warnings: readonly FeedWarning[];
  readonly warningCount: number;
}

/** How a feed is read. */
export interface FeedSettings {
  readonly meaning: CalendarMeaning;
  /** The clock on which timed events are read; null: that which the calendar names, or that of stores without a zone. */
  readonly timeZone: string | null;
}

const shifted = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/**
 * The dates that an iCalendar text gives the stores of a calendar, from a year before the present date to two years
 * after it.
 * @throws CalendarFault with the line and the remedy
 */
export function readFeed(text: string, { meaning, timeZone }: FeedSettings, today: string): FeedReading {
  if (text.includes("\0")) throw new CalendarFault(1, "this is not text. Use an iCalendar file (.ics).");
  const named = timeZone === null ? calendarZone(text) : resolveTimeZone(timeZone);
  const span = { from: shifted(today, -daysBefore), to: shifted(today, daysAfter) };
  const { entries, warnings, warningCount } = readCalendar(text, { zone: named ?? defaultTimeZone, ...span });
  return {
    dates: calendarDates(entries, meaning),
    warnings: warnings.map((one) => ({ ...one, reason: one.reason.replace(/\p{Cs}/gu, "") })),
    warningCount,
  };
}
