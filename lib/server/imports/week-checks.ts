import { daySeconds } from "@/lib/uptime/units";
import type { DayHours } from "@/lib/uptime/types";
import type { WarningCode } from "./import-warnings";

/** The rows of one store in a file, by day. */
export interface WrittenWeek {
  readonly hoursOf: (day: number) => readonly DayHours[];
  /** Whether a row closes the day. */
  readonly isClosed: (day: number) => boolean;
}

const days = [0, 1, 2, 3, 4, 5, 6] as const;

/** What looks like a mistake in a week, although it has a meaning. */
export function checkWeek({ hoursOf, isClosed }: WrittenWeek): readonly WarningCode[] {
  const week = days.map(hoursOf);
  const open = days.filter((day) => week[day]!.length > 0);
  if (open.length === 0) return ["never_open"];
  const found: WarningCode[] = [];
  const isOverlapping = open.some((day) => {
    const next = week[(day + 1) % 7]!;
    return week[day]!.some(({ endSecond }) => next.some(({ startSecond }) => startSecond < endSecond - daySeconds));
  });
  if (isOverlapping) found.push("overlapping_nights");
  if (open.length === 6 && !days.some((day) => week[day]!.length === 0 && isClosed(day))) found.push("missing_day");
  const isFull = ({ startSecond, endSecond }: DayHours): boolean => startSecond === 0 && endSecond === daySeconds;
  if (open.filter((day) => week[day]!.some(isFull)).length === 1) found.push("single_full_day");
  return found;
}
