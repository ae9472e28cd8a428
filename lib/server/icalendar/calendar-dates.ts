import type { CalendarDate, DateEffect } from "@/lib/uptime/calendar";
import { unite } from "@/lib/uptime/interval";
import type { DayHours } from "@/lib/uptime/types";
import { dayMs, daySeconds } from "@/lib/uptime/units";
import { dateText } from "./calendar-values";
import type { CalendarEntry } from "./read-calendar";

/** What the timed events of a calendar mean: the stores are closed then, or those are their hours of that date. */
export type CalendarMeaning = "closed" | "open";

const dateNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

interface EventsOfDate {
  readonly titles: Set<string>;
  isAllDay: boolean;
  readonly timed: DayHours[];
}

class Dates {
  readonly found = new Map<number, EventsOfDate>();

  add(date: number, title: string, hours: DayHours | null): void {
    const events = this.found.get(date) ?? { titles: new Set(), isAllDay: false, timed: [] };
    this.found.set(date, events);
    if (title !== "") events.titles.add(title);
    if (hours === null) events.isAllDay = true;
    else events.timed.push(hours);
  }
}

function united(hours: readonly DayHours[]): readonly DayHours[] {
  const rows = unite(hours.map(({ startSecond, endSecond }) => ({ start: startSecond, end: endSecond })));
  return rows.map(({ start, end }) => ({ startSecond: start, endSecond: end }));
}

const isLong = ({ startSecond, endSecond }: DayHours): boolean => endSecond - startSecond > daySeconds;

function closedEffect({ isAllDay, timed }: EventsOfDate): DateEffect {
  const closed = united(timed);
  const isWhole = closed.some(({ startSecond, endSecond }) => startSecond === 0 && endSecond === daySeconds);
  return isAllDay || isWhole ? { hours: [] } : { closed };
}

function openEffect({ timed }: EventsOfDate): DateEffect {
  // Of a date that is closed and has hours the hours count, as in a file of special hours.
  const hours = united(timed);
  // Hours of a date last a day at most; rows that overlap are one opening anyway.
  return { hours: hours.some(isLong) ? timed : hours };
}

/** The parts of an event that closes: on the date where it starts and, over midnight, on the next one. */
function closedParts(date: number, { startSecond, endSecond }: DayHours): readonly (readonly [number, DayHours])[] {
  const first = [date, { startSecond, endSecond: Math.min(endSecond, daySeconds) }] as const;
  return endSecond <= daySeconds
    ? [first]
    : [first, [date + 1, { startSecond: 0, endSecond: endSecond - daySeconds }] as const];
}

const longestName = 200;

/**
 * The dates that the events of a calendar give its stores, ascending. An all-day event closes its dates. A timed event
 * closes from–to the openings of its date; with the meaning "open" the timed events of a date are its hours.
 */
export function calendarDates(entries: readonly CalendarEntry[], meaning: CalendarMeaning): CalendarDate[] {
  const dates = new Dates();
  for (const { date, hours, title } of entries) {
    const number = dateNumber(date);
    if (hours === null || meaning === "open") dates.add(number, title, hours);
    else for (const [on, part] of closedParts(number, hours)) dates.add(on, title, part);
  }
  const effectOf = meaning === "open" ? openEffect : closedEffect;
  return [...dates.found]
    .toSorted(([a], [b]) => a - b)
    .map(([number, events]) => ({
      date: dateText(number),
      name:
        [...events.titles]
          .join(", ")
          .slice(0, longestName)
          .replace(/\p{Cs}$/u, "") || "No title",
      effect: effectOf(events),
    }));
}
