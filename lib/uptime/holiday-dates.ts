import type { CalendarDate, DateEffect } from "./calendar";
import type { DayHours, EpochMs } from "./types";
import { dayMs, daySeconds } from "./units";

/** A holiday of a country: from one wall time to another, each as if it were UTC. */
export interface Holiday {
  readonly name: string;
  readonly type: string;
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** Observed in place of a day on which another holiday fell. */
  readonly isSubstitute: boolean;
}

const isoDate = (at: number): string => new Date(at).toISOString().slice(0, 10);
const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at).getUTCDay());
const isWholeDay = ({ start, end }: Holiday): boolean => start % dayMs === 0 && end - start === dayMs;

/**
 * The holidays and, for each public one on a Saturday or Sunday, the next weekday that is neither a public holiday nor
 * another observed day. Holidays that have substitute days of their own get none of ours.
 * @param holidays ascending by start
 */
export function withObservedDays(holidays: readonly Holiday[]): readonly Holiday[] {
  if (holidays.some(({ isSubstitute }) => isSubstitute)) return holidays;
  const whole = holidays.filter((holiday) => holiday.type === "public" && isWholeDay(holiday));
  const taken = new Set(whole.map(({ start }) => start));
  const observed = whole
    .filter(({ start }) => isWeekend(start))
    .map((holiday): Holiday => {
      let start = holiday.start + dayMs;
      while (isWeekend(start) || taken.has(start)) start += dayMs;
      taken.add(start);
      return { ...holiday, name: `${holiday.name} (observed)`, start, end: start + dayMs, isSubstitute: true };
    });
  return [...holidays, ...observed];
}

/** The parts of each date that a holiday covers, in seconds after midnight. */
function partsOf({ start, end }: Holiday): { readonly date: string; readonly part: DayHours }[] {
  const parts: { date: string; part: DayHours }[] = [];
  for (let midnight = Math.floor(start / dayMs) * dayMs; midnight < end; midnight += dayMs) {
    const startSecond = Math.max(0, (start - midnight) / 1000);
    const endSecond = Math.min(daySeconds, (end - midnight) / 1000);
    parts.push({ date: isoDate(midnight), part: { startSecond, endSecond } });
  }
  return parts;
}

/**
 * The dates of holidays, ascending. On a date that they cover completely the effect of the entry applies; on others the
 * store is closed for the part that they cover.
 */
export function datesOfHolidays(holidays: readonly Holiday[], wholeDay: DateEffect): CalendarDate[] {
  const byDate = new Map<string, { names: Set<string>; parts: DayHours[] }>();
  for (const holiday of holidays) {
    for (const { date, part } of partsOf(holiday)) {
      const found = byDate.get(date) ?? { names: new Set(), parts: [] };
      byDate.set(date, found);
      found.names.add(holiday.name);
      found.parts.push(part);
    }
  }
  return [...byDate]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, { names, parts }]) => ({ date, name: [...names].join(", "), effect: effectOf(parts, wholeDay) }));
}

function effectOf(parts: readonly DayHours[], wholeDay: DateEffect): DateEffect {
  const closed: { startSecond: number; endSecond: number }[] = [];
  for (const part of parts.toSorted((a, b) => a.startSecond - b.startSecond)) {
    const last = closed.at(-1);
    if (last !== undefined && part.startSecond <= last.endSecond) {
      last.endSecond = Math.max(last.endSecond, part.endSecond);
    } else {
      closed.push({ ...part });
    }
  }
  const [first] = closed;
  return first?.startSecond === 0 && first.endSecond === daySeconds ? wholeDay : { closed };
}
