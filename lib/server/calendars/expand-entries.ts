import { mostCalendarRows, type CalendarEntry } from "@/lib/contract/calendars";
import { AppError, type InputFault } from "@/lib/server/errors";
import { readDayHours } from "@/lib/server/stores/hours-input";
import type { DateSpan } from "@/lib/uptime/business-hours";
import {
  countDates,
  datesOfRule,
  mergeEntries,
  type CalendarDate,
  type CalendarRule,
  type DateEffect,
} from "@/lib/uptime/calendar";
import { datesOfHolidays, withObservedDays } from "@/lib/uptime/holiday-dates";
import type { DayOfWeek } from "@/lib/uptime/types";
import { unite } from "@/lib/uptime/interval";
import { daySeconds } from "@/lib/uptime/units";
import { askHolidays } from "./ask-holidays";

/** The dates that a calendar can have. */
export const firstDate = "2000-01-01";
export const afterLastDate = "2100-01-01";
export const lastDate = "2099-12-31";

/** For how many years after the present one holidays are read. */
const holidayYears = 10;

/** The maximum number of dates of all entries together, before those about one date become one. */
const mostExpanded = 4 * mostCalendarRows;

const days: readonly DayOfWeek[] = [0, 1, 2, 3, 4, 5, 6];

type EntryOn = CalendarEntry["on"];
type HolidaysOn = EntryOn & { readonly kind: "holidays" };

/** @throws AppError invalid_hours, at the place of the hours in the request */
function effectOf({ hours, closed_hours: closed }: CalendarEntry, at: string): DateEffect {
  if (closed === undefined) return { hours: readDayHours(hours ?? [], `${at}/hours`) };
  const parts = readDayHours(closed, `${at}/closed_hours`);
  const over = parts.findIndex(({ endSecond }) => endSecond > daySeconds);
  if (over !== -1) {
    const reason =
      "Must be 24:00 at the latest, which also ends openings over midnight. Close the start of the next date by an entry of its own.";
    const pointer = `${at}/closed_hours/${String(over)}/end`;
    throw new AppError("invalid_hours", reason, { faults: [{ pointer, code: "invalid_hours", reason }] });
  }
  // Parts that touch or overlap are one.
  const united = unite(parts.map(({ startSecond, endSecond }) => ({ start: startSecond, end: endSecond })));
  return { closed: united.map(({ start, end }) => ({ startSecond: start, endSecond: end })) };
}

function ruleOf(on: Exclude<EntryOn, HolidaysOn>): CalendarRule {
  if (on.kind !== "weekday") return on;
  return { ...on, weekday: days[on.weekday] ?? 0, plusDays: on.plus_days ?? 0 };
}

async function holidaysOf(on: HolidaysOn, effect: DateEffect, span: DateSpan, at: string): Promise<CalendarDate[]> {
  const { country, state = null, region = null, types, observed } = on;
  // A holiday may be observed, or end, in the year after it.
  const years = { firstYear: Number(span.first.slice(0, 4)) - 1, lastYear: Number(span.last.slice(0, 4)) };
  const all = await askHolidays({ country, state, region, ...years });
  if (all === null) {
    const reason = "There is no such country, state or region; GET /api/v1/holidays lists them.";
    throw new AppError("invalid_country", reason, {
      faults: [{ pointer: `${at}/on/country`, code: "invalid_country", reason }],
    });
  }
  const wanted = (observed ? withObservedDays(all) : all).filter(({ type }) => types.some((one) => one === type));
  return datesOfHolidays(wanted, effect).filter(({ date }) => date >= span.first && date <= span.last);
}

function tooManyDates(reason: string): AppError {
  const faults: InputFault[] = [{ pointer: "/entries", code: "too_many_dates", reason }];
  return new AppError("too_many_dates", reason, { faults });
}

/** The dates of a calendar, and how many dates of its entries are before the first day, where they do not apply. */
export interface ExpandedEntries {
  readonly dates: readonly CalendarDate[];
  readonly skipped: number;
}

/**
 * The dates of entries from a first day on: of holidays until ten years after today, of others until 2099.
 * @throws AppError invalid_hours, invalid_country, too_many_dates
 */
export async function expandEntries(
  entries: readonly CalendarEntry[],
  first: string,
  today: string,
): Promise<ExpandedEntries> {
  const holidaySpan = { first, last: `${String(Math.min(2099, Number(today.slice(0, 4)) + holidayYears))}-12-31` };
  let skipped = 0;
  let expanded = 0;
  const dates: (readonly CalendarDate[])[] = [];
  for (const [index, entry] of entries.entries()) {
    const at = `/entries/${String(index)}`;
    const effect = effectOf(entry, at);
    const { on, name = "" } = entry;
    if (on.kind === "holidays") {
      dates.push(await holidaysOf(on, effect, holidaySpan, at));
      continue;
    }
    const rule = ruleOf(on);
    const span = { first, last: lastDate };
    if (on.kind === "date" || on.kind === "range") {
      const range = on.kind === "date" ? { from: on.date, to: on.date } : on;
      const applied = countDates(range, span);
      skipped += countDates(range, { first: firstDate, last: lastDate }) - applied;
      expanded += applied;
      if (expanded > mostExpanded) {
        const most = mostExpanded.toLocaleString("en-US");
        throw tooManyDates(`The entries name more than ${most} dates. Shorten ranges, or leave out those that repeat.`);
      }
    }
    dates.push(datesOfRule(rule, span).map((date) => ({ date, name, effect })));
  }
  const merged = mergeEntries(dates);
  const rows = merged.reduce((sum, { effect }) => sum + Math.max(1, Object.values(effect).flat().length), 0);
  if (rows > mostCalendarRows) {
    const most = mostCalendarRows.toLocaleString("en-US");
    throw tooManyDates(
      `A calendar has at most ${most} openings over all its dates; these are ${rows.toLocaleString("en-US")}.`,
    );
  }
  return { dates: merged, skipped };
}
