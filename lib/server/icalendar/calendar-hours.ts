import type { HoursOfDate } from "@/lib/uptime/business-hours";
import { cutHours, uniteHours } from "@/lib/uptime/cut-hours";
import type { DayHours, ScheduleException } from "@/lib/uptime/types";
import { dayMs, daySeconds } from "@/lib/uptime/units";
import { dateText } from "./calendar-values";
import type { CalendarEntry } from "./read-calendar";

/** What the timed events of a calendar mean: the store is closed then, or those are its hours of that date. */
export type CalendarMeaning = "closed" | "open";

const dateNumber = (date: string): number => Date.parse(`${date}T00:00:00Z`) / dayMs;

const isSame = (some: readonly DayHours[], others: readonly DayHours[]): boolean =>
  some.length === others.length &&
  some.every(
    ({ startSecond, endSecond }, index) =>
      startSecond === others[index]?.startSecond && endSecond === others[index].endSecond,
  );

interface Dates {
  readonly allDay: ReadonlySet<number>;
  /** From–to by date, past 86400 on the next one. */
  readonly timed: ReadonlyMap<number, readonly DayHours[]>;
}

function byDate(entries: readonly CalendarEntry[]): Dates {
  const allDay = new Set<number>();
  const timed = new Map<number, DayHours[]>();
  for (const { date, hours } of entries) {
    const number = dateNumber(date);
    if (hours === null) allDay.add(number);
    else timed.set(number, [...(timed.get(number) ?? []), hours]);
  }
  return { allDay, timed };
}

/** The hours of dates, ascending; of an opening that lies on the next date wholly, that date has its hours. */
function closedHours({ allDay, timed }: Dates, openingsOn: HoursOfDate): Map<number, readonly DayHours[]> {
  const touched = [...timed.keys()].flatMap((date) => [date - 1, date, date + 1]);
  const found = new Map<number, readonly DayHours[]>();
  let spilt: readonly DayHours[] = [];
  let last = -Infinity;
  const dates = [...new Set([...allDay, ...touched])].toSorted((a, b) => a - b);
  for (const date of dates) {
    const carried = last === date - 1 ? spilt : [];
    const openings = allDay.has(date) ? [] : openingsOn(date);
    let rest: readonly DayHours[] = openings;
    for (const offset of [-1, 0, 1]) {
      for (const { startSecond, endSecond } of timed.get(date + offset) ?? []) {
        rest = cutHours(rest, startSecond + offset * daySeconds, endSecond + offset * daySeconds);
      }
    }
    const own = [...carried, ...rest.filter(({ startSecond }) => startSecond < daySeconds)];
    if (allDay.has(date) || !isSame(own, openings)) found.set(date, uniteHours(own));
    spilt = rest
      .filter(({ startSecond }) => startSecond >= daySeconds)
      .map(({ startSecond, endSecond }) => ({
        startSecond: startSecond - daySeconds,
        endSecond: endSecond - daySeconds,
      }));
    last = date;
  }
  return found;
}

function openHours({ allDay, timed }: Dates): Map<number, readonly DayHours[]> {
  const closed = [...allDay].map((date): [number, readonly DayHours[]] => [date, []]);
  // Of a date that is closed and has hours the hours count, as in a file of special hours.
  return new Map([
    ...closed,
    ...[...timed].map(([date, hours]): [number, readonly DayHours[]] => [date, uniteHours(hours)]),
  ]);
}

/**
 * The special hours that a calendar gives a store. An all-day event closes the store on its dates. A timed event closes
 * it from–to, and the rest of its hours stays; with the meaning "open" the timed events of a date are its hours.
 * @param openingsOn the openings that start on a date, as `openingsByDate` gives them
 * @returns ascending by date; dates whose hours stay as they are, are left out
 */
export function calendarHours(
  entries: readonly CalendarEntry[],
  meaning: CalendarMeaning,
  openingsOn: HoursOfDate,
): readonly ScheduleException[] {
  const dates = byDate(entries);
  const found = meaning === "open" ? openHours(dates) : closedHours(dates, openingsOn);
  return [...found].toSorted(([a], [b]) => a - b).map(([date, hours]) => ({ date: dateText(date), hours }));
}
