import type { ScheduleException } from "@/lib/contract/store-edit";
import type { StoreDetail } from "@/lib/contract/stores";
import { dateText, timeOfDay, type TimeStyle } from "@/lib/format/time-style";
import { localDate } from "@/lib/format/zoned-time";
import { weekMs } from "@/lib/uptime/units";

const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const secondsOf = (wallTime: string): number =>
  wallTime.split(":").reduce((sum, part, index) => sum + Number(part) * 60 ** (2 - index), 0);

const daySeconds = 86_400;

type Hours = ScheduleException["hours"][number];

// 23:59:59 and 23:59 are how some write midnight.
const endOf = ({ end }: Hours): number => (end.startsWith("23:59") || end === "00:00:00" ? daySeconds : secondsOf(end));

/**
 * "09:00–14:30", "9:00 AM–2:30 PM", "20:00–02:00 (next day)"
 * @param tail the row of the next day that continues these hours
 */
function rowText(row: Hours, style: TimeStyle, tail?: Hours): string {
  const from = secondsOf(row.start);
  const to = endOf(tail ?? row);
  if (tail === undefined && from === 0 && to === daySeconds) return "All day";
  const isNextDay = tail !== undefined || to < from;
  return `${timeOfDay(from, style)}–${timeOfDay(to, style)}${isNextDay ? " (next day)" : ""}`;
}

/** A night may be written in two rows; its second one starts at midnight and ends within this time. */
const latestTailEnd = 6 * 3_600;

const isTail = (row: Hours): boolean => secondsOf(row.start) === 0 && endOf(row) <= latestTailEnd;

/** Whether a tail of the next day continues these hours. */
const lastsUntilMidnight = (row: Hours): boolean => secondsOf(row.start) > 0 && endOf(row) === daySeconds;

/**
 * Monday to Sunday, with the openings that start on each in order of their start; a day without any is closed. A night
 * that is written in two rows is one opening of the day on which it starts.
 */
export function hoursByDay(
  rows: StoreDetail["business_hours"],
  style: TimeStyle,
): readonly { readonly day: string; readonly hours: readonly string[] }[] {
  const week = days.map((_, index) =>
    rows.filter((row) => row.day === index).toSorted((a, b) => a.start.localeCompare(b.start)),
  );
  const on = (index: number): readonly Hours[] => week[(index + 7) % 7] ?? [];
  return days.map((day, index) => {
    const isNightBefore = on(index - 1).some(lastsUntilMidnight);
    const tail = on(index + 1).findLast(isTail);
    return {
      day,
      hours: on(index)
        .filter((row) => !(isNightBefore && isTail(row)))
        .map((row) => rowText(row, style, lastsUntilMidnight(row) ? tail : undefined)),
    };
  });
}

/** The first local date whose exceptions a store's page shows: that of the week shown. "2023-01-18" */
export function firstExceptionShown({ as_of: asOf, clock }: Pick<StoreDetail, "as_of" | "clock">): string {
  return localDate(new Date(Date.parse(asOf) - weekMs).toISOString(), clock);
}

/** Dates with hours of their own: { day: "Thu, Nov 26", hours: ["Closed"] }. */
export function exceptionText(
  exceptions: readonly ScheduleException[],
  style: TimeStyle,
): readonly { readonly date: string; readonly day: string; readonly hours: readonly string[] }[] {
  return exceptions.map(({ date, closed, hours }) => ({
    date,
    day: dateText("weekdayDate", new Date(`${date}T00:00:00Z`), style),
    hours: closed ? ["Closed"] : hours.map((row) => rowText(row, style)),
  }));
}
