import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { daySeconds } from "@/lib/uptime/units";

type Hours = ScheduleException["hours"][number];

/** One opening, in seconds since midnight of the day on which it starts; what is above a day lies on the next one. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

const secondsOf = (wallTime: string): number =>
  wallTime.split(":").reduce((sum, part, index) => sum + Number(part) * 60 ** (2 - index), 0);

/** A row of hours as an opening. 23:59:59 and 23:59 are how some write midnight. */
export function openingOf({ start, end }: Hours): Opening {
  const from = secondsOf(start);
  const isMidnight = end.startsWith("23:59") || end === "00:00" || end === "00:00:00";
  const to = isMidnight ? daySeconds : secondsOf(end);
  return { from, to: to < from ? to + daySeconds : to };
}

/** A night may be written in two rows; its second one starts at midnight and ends within this time. */
const latestTailEnd = 6 * 3_600;

const isTail = ({ from, to }: Opening): boolean => from === 0 && to <= latestTailEnd;

/** Whether a tail of the next day continues an opening. */
const lastsUntilMidnight = ({ from, to }: Opening): boolean => from > 0 && to === daySeconds;

/**
 * Monday to Sunday, with the openings that start on each in order of their start. A night that is written in two rows is
 * one opening of the day on which it starts.
 */
export function openingsByDay(rows: StoreDetail["business_hours"]): readonly (readonly Opening[])[] {
  const week = Array.from({ length: 7 }, (_, day) =>
    rows
      .filter((row) => row.day === day)
      .map(openingOf)
      .toSorted((a, b) => a.from - b.from),
  );
  const on = (day: number): readonly Opening[] => week[(day + 7) % 7] ?? [];
  return week.map((openings, day) => {
    const isNightBefore = on(day - 1).some(lastsUntilMidnight);
    const tail = on(day + 1).findLast(isTail);
    return openings
      .filter((one) => !(isNightBefore && isTail(one)))
      .map((one) => (tail !== undefined && lastsUntilMidnight(one) ? { ...one, to: daySeconds + tail.to } : one));
  });
}
