import type { DateSpan } from "./business-hours";
import type { DayHours, DayOfWeek, PartialClosure, ScheduleException } from "./types";
import { dayMs } from "./units";

/** Which dates an entry of a calendar is about. */
export type CalendarRule =
  | { readonly kind: "date"; readonly date: string }
  | { readonly kind: "range"; readonly from: string; readonly to: string }
  /** 29 February: only in leap years. */
  | { readonly kind: "yearly"; readonly month: number; readonly day: number }
  | {
      readonly kind: "weekday";
      readonly month: number;
      /** 1 to 5, -1 for the last. A fifth one that does not exist is left out. */
      readonly week: number;
      readonly weekday: DayOfWeek;
      /** Days after that weekday: 1 for the day after the fourth Thursday. */
      readonly plusDays: number;
    };

/** What applies on a date: openings in place of the weekly ones (none: closed), or parts of the day that are closed. */
export type DateEffect = { readonly hours: readonly DayHours[] } | { readonly closed: readonly DayHours[] };

/** One date of a calendar. */
export interface CalendarDate {
  /** `YYYY-MM-DD` in the zone of each store. */
  readonly date: string;
  readonly name: string;
  readonly effect: DateEffect;
}

/** Both dates are included. */
interface DateRange {
  readonly from: string;
  readonly to: string;
}

const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);
const atDate = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** The date of a yearly rule in a year, or null when the year has none. */
function dateInYear(rule: CalendarRule & { readonly kind: "yearly" | "weekday" }, year: number): string | null {
  if (rule.kind === "yearly") {
    const at = Date.UTC(year, rule.month - 1, rule.day);
    return new Date(at).getUTCMonth() === rule.month - 1 ? isoDate(at) : null;
  }
  const { month, week, weekday, plusDays } = rule;
  // The first day of the month, or of the next one, from which weeks are counted.
  const first = Date.UTC(year, week > 0 ? month - 1 : month, 1);
  const firstWeekday = (new Date(first).getUTCDay() + 6) % 7;
  const toWeekday = (weekday - firstWeekday + 7) % 7;
  const at = first + (toWeekday + 7 * (week > 0 ? week - 1 : week)) * dayMs;
  return new Date(at).getUTCMonth() === month - 1 ? isoDate(at + plusDays * dayMs) : null;
}

/** The first day of a range within a span, and the number of its days there. */
function cutRange(range: DateRange, { first, last }: DateSpan): { readonly from: number; readonly days: number } {
  const from = atDate(range.from > first ? range.from : first);
  const to = atDate(range.to < last ? range.to : last);
  return { from, days: Math.max(0, (to - from) / dayMs + 1) };
}

/** The number of dates of a range within a span. */
export const countDates = (range: DateRange, span: DateSpan): number => cutRange(range, span).days;

/** The dates of a rule within a span, ascending. */
export function datesOfRule(rule: CalendarRule, { first, last }: DateSpan): string[] {
  const isInSpan = (date: string): boolean => date >= first && date <= last;
  switch (rule.kind) {
    case "date":
      return [rule.date].filter(isInSpan);
    case "range": {
      const { from, days } = cutRange(rule, { first, last });
      return Array.from({ length: days }, (_day, index) => isoDate(from + index * dayMs));
    }
    default: {
      const dates: string[] = [];
      // A day after a weekday may lie in the next year.
      for (let year = Number(first.slice(0, 4)) - 1; year <= Number(last.slice(0, 4)) + 1; year++) {
        const date = dateInYear(rule, year);
        if (date !== null && isInSpan(date)) dates.push(date);
      }
      return dates;
    }
  }
}

/**
 * The dates of a calendar from those of its entries: each once, ascending. Of two entries about one date the later one
 * applies.
 */
export function mergeEntries(entries: readonly (readonly CalendarDate[])[]): CalendarDate[] {
  const byDate = new Map<string, CalendarDate>();
  for (const dates of entries) for (const one of dates) byDate.set(one.date, one);
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** A calendar given to a store for some dates: `first <= date < before`. */
export interface CalendarLayer {
  readonly first: string;
  readonly before: string;
  readonly dates: readonly Omit<CalendarDate, "name">[];
}

/**
 * What a store's own exceptions and its calendars say together, ascending by date. An exception of the store applies
 * rather than any calendar; of two calendars the one that comes first in the list.
 */
export function applyCalendars(
  own: readonly ScheduleException[],
  layers: readonly CalendarLayer[],
): { readonly exceptions: readonly ScheduleException[]; readonly closures: readonly PartialClosure[] } {
  if (layers.length === 0) return { exceptions: own, closures: [] };
  const effects = new Map<string, DateEffect>(own.map(({ date, hours }) => [date, { hours }]));
  for (const { first, before, dates } of layers) {
    for (const { date, effect } of dates) {
      if (date >= first && date < before && !effects.has(date)) effects.set(date, effect);
    }
  }
  const exceptions: ScheduleException[] = [];
  const closures: PartialClosure[] = [];
  for (const [date, effect] of [...effects].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if ("hours" in effect) exceptions.push({ date, hours: effect.hours });
    else closures.push({ date, closed: effect.closed });
  }
  return { exceptions, closures };
}
