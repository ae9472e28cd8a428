import { dayMs, daySeconds } from "./units";
import { unite } from "./interval";
import { dayOfWeek, offsetPeriods } from "./time-zone";
import type {
  BusinessHours,
  DayHours,
  DayOfWeek,
  EpochMs,
  Interval,
  Schedule,
  ScheduleException,
  WeeklyHours,
} from "./types";

const lastMinute = daySeconds - 60;

function parseSeconds(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text);
  if (match === null) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
  return minutes < 60 && seconds < 60 ? hours * 3600 + minutes * 60 + seconds : null;
}

/**
 * Parses `H:MM`, `HH:MM` or `HH:MM:SS` as seconds after midnight; `24:00` and `24:00:00` are 86400.
 * @returns null when the text is not a time of day
 */
export function parseWallTime(text: string): number | null {
  const second = parseSeconds(text);
  return second !== null && second <= daySeconds ? second : null;
}

/** Whether a number of seconds after midnight can be the end of a row: the first minute after 24:00 is ambiguous. */
export function isClosingSecond(second: number): boolean {
  return second <= daySeconds || (second >= daySeconds + 60 && second <= 2 * daySeconds);
}

/**
 * Parses the end of a row: a time of day, or a later one counted from the midnight on which the row's date starts, as
 * transit schedules write a night: `26:00` is 02:00 on the next date.
 * @returns seconds after that midnight, at most 172800; null for 24:00:01 to 24:00:59, which may mean either midnight
 * or a second after it, and for what is not a time
 */
export function parseClosingTime(text: string): number | null {
  const second = parseSeconds(text);
  return second !== null && isClosingSecond(second) ? second : null;
}

/**
 * The meaning of an hours row (docs/uptime.md, 2.1 and 2.2): an end in the day's last minute is midnight, an end before
 * its start is on the next date, `00:00–00:00` is the whole day. An end past 86400 is on the next date, too.
 * @param start seconds after midnight, 0 to 86399   @param end 0 to 172800
 * @returns null for any other row whose end equals its start, for one of 24 hours or more that ends on the next date, and
 * for a start outside its day
 */
export function layHours(start: number, end: number): DayHours | null {
  if (start < 0 || start >= daySeconds || end < 0) return null;
  if (end > daySeconds) return end - daySeconds < start ? { startSecond: start, endSecond: end } : null;
  if (start === end) return start === 0 ? { startSecond: 0, endSecond: daySeconds } : null;
  const closing = end >= lastMinute ? daySeconds : end;
  return { startSecond: start, endSecond: closing < start ? closing + daySeconds : closing };
}

/** Days since 1970-01-01 of a local date `YYYY-MM-DD`. */
function dateNumber(date: string): number {
  const at = Date.parse(`${date}T00:00:00.000Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(at)) throw new Error(`Not a date: ${date}`);
  return at / dayMs;
}

const wholeDay: readonly DayHours[] = [{ startSecond: 0, endSecond: daySeconds }];

/** The hours of a local date, by days since 1970-01-01. */
export type HoursOfDate = (date: number) => readonly DayHours[];

/**
 * A night may be written in two rows: a weekly row that starts at midnight and ends within this time can be its second
 * one.
 */
const latestTailEnd = 6 * 3_600;

const isTailShaped = ({ startSecond, endSecond }: DayHours): boolean => startSecond === 0 && endSecond <= latestTailEnd;

/** Weekly hours, asked for one date at a time. */
interface Week {
  /** All rows of the date. */
  readonly rowsOn: HoursOfDate;
  /** The rows of the date that start an opening. */
  readonly openingsOn: HoursOfDate;
  /** The rows of the date that continue a night of the date before. */
  readonly tailsOn: HoursOfDate;
}

function prepareWeek(weekly: WeeklyHours): Week {
  if (weekly === "always") return { rowsOn: () => wholeDay, openingsOn: () => wholeDay, tailsOn: () => [] };
  const byDay = new Map<DayOfWeek, BusinessHours[]>();
  for (const row of weekly) {
    const rows = byDay.get(row.day);
    if (rows === undefined) byDay.set(row.day, [row]);
    else rows.push(row);
  }
  const rowsOn = (date: number): readonly DayHours[] => byDay.get(dayOfWeek(date)) ?? [];
  const hasNightBefore = (date: number): boolean => rowsOn(date - 1).some(({ endSecond }) => endSecond === daySeconds);
  return {
    rowsOn,
    openingsOn: (date) => (hasNightBefore(date) ? rowsOn(date).filter((row) => !isTailShaped(row)) : rowsOn(date)),
    tailsOn: (date) => (hasNightBefore(date) ? rowsOn(date).filter(isTailShaped) : []),
  };
}

/**
 * What is left of the openings of a date without its closed parts.
 * @param fromSecond where the date starts, on the clock of the rows: -86400 for the date before theirs
 */
function withoutParts(rows: readonly DayHours[], closed: readonly DayHours[], fromSecond = 0): readonly DayHours[] {
  return closed.reduce((left: readonly DayHours[], part) => {
    const from = part.startSecond + fromSecond;
    // A part up to midnight also closes what goes on after it.
    const to = part.endSecond >= daySeconds ? Infinity : part.endSecond + fromSecond;
    return left.flatMap(({ startSecond, endSecond }) => [
      ...(startSecond < from ? [{ startSecond, endSecond: Math.min(endSecond, from) }] : []),
      ...(endSecond > to ? [{ startSecond: Math.max(startSecond, to), endSecond }] : []),
    ]);
  }, rows);
}

/**
 * Prepares a schedule; the result is asked for one date at a time. The weekly hours of a date are those that apply on
 * it; an exception replaces the openings that start on its date, and a partial closure cuts them (docs/uptime.md, 2.5
 * and 2.8). A weekly row that continues a night of the date before, its tail, belongs to that date: it stays on a date
 * with an exception or with other weekly hours, and is dropped when the date before has an exception.
 */
export function hoursByDate({ weekly, earlier = [], exceptions, closures = [] }: Schedule): HoursOfDate {
  const byDate = exceptionsByDate(exceptions);
  const partsOf = new Map(closures.map(({ date, closed }) => [dateNumber(date), closed]));
  if (byDate.size === 0 && partsOf.size === 0 && earlier.length === 0) return prepareWeek(weekly).rowsOn;
  const weekOn = weekByDate({ weekly, earlier });
  return (date) => {
    const [own, week, weekBefore] = [byDate.get(date), weekOn(date), weekOn(date - 1)];
    const [parts = [], partsBefore = []] = [partsOf.get(date), partsOf.get(date - 1)];
    const isReplacedBefore = byDate.has(date - 1);
    const isCut = parts.length > 0 || partsBefore.length > 0;
    if (own === undefined && !isReplacedBefore && !isCut && week === weekBefore) return week.rowsOn(date);
    const tails = isReplacedBefore ? [] : withoutParts(weekBefore.tailsOn(date), partsBefore, -daySeconds);
    return [...(own ?? withoutParts(week.openingsOn(date), parts)), ...tails];
  };
}

function exceptionsByDate(exceptions: readonly ScheduleException[]): ReadonlyMap<number, readonly DayHours[]> {
  return new Map(exceptions.map(({ date, hours }) => [dateNumber(date), hours]));
}

function weekByDate({ weekly, earlier = [] }: Pick<Schedule, "weekly" | "earlier">): (date: number) => Week {
  const latest = prepareWeek(weekly);
  const weeks = earlier.map(({ before, value }) => ({ before: dateNumber(before), week: prepareWeek(value) }));
  return (date) => weeks.find(({ before }) => date < before)?.week ?? latest;
}

const dateOf = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

/** Local dates `YYYY-MM-DD`, both included. */
export interface DateSpan {
  readonly first: string;
  readonly last: string;
}

/** The dates whose exceptions may affect a range, in any time zone. */
export function exceptionDates(range: Interval): DateSpan {
  // A date's start differs from UTC by up to 26 hours, and its hours may extend a day further.
  return { first: dateOf(range.start - 4 * dayMs), last: dateOf(range.end + 2 * dayMs) };
}

/** The dates that may affect a range: a store may have an exception for each day of a century. */
function datesAround<Dated extends { readonly date: string }>(dates: readonly Dated[], range: Interval) {
  if (dates.length === 0) return dates;
  const { first, last } = exceptionDates(range);
  return dates.filter(({ date }) => date >= first && date <= last);
}

/**
 * The open intervals of a schedule within `range`: an instant is open if and only if the store's wall time then lies
 * inside the hours of its date (docs/uptime.md, 2). No wall time is turned into an instant: hours are shifted by the
 * constant offset of each offset period, so skipped times vanish and repeated ones count twice.
 * @returns disjoint, ascending, maximal except where the range cuts them
 */
export function openIntervals(schedule: Schedule, range: Interval): Interval[] {
  const exceptions = datesAround(schedule.exceptions, range);
  const closures = datesAround(schedule.closures ?? [], range);
  const isAlwaysOpen = schedule.weekly === "always" && (schedule.earlier ?? []).length === 0;
  if (isAlwaysOpen && exceptions.length === 0 && closures.length === 0) return [range];
  const hoursOf = hoursByDate({ ...schedule, exceptions, closures });
  const pieces: Interval[] = [];
  for (const { start, end, offsetMs } of offsetPeriods(schedule.timeZone, range)) {
    // Hours of the date before may extend into the period's first date.
    const firstDate = Math.floor((start + offsetMs) / dayMs) - 1;
    const lastDate = Math.floor((end - 1 + offsetMs) / dayMs);
    for (let date = firstDate; date <= lastDate; date++) {
      const midnight = date * dayMs - offsetMs;
      for (const { startSecond, endSecond } of hoursOf(date)) {
        const from = Math.max(start, midnight + startSecond * 1000);
        const to = Math.min(end, midnight + endSecond * 1000);
        if (from < to) pieces.push({ start: from, end: to });
      }
    }
  }
  return unite(pieces);
}
