import type { DayHours } from "@/lib/uptime/types";
import { daySeconds } from "@/lib/uptime/units";

/** `HH:MM:SS`; midnight at the end of a day is 24:00:00, later ends are shown as times of the next day. */
function wallTime(second: number): string {
  const shown = second > daySeconds ? second - daySeconds : second;
  const parts = [Math.floor(shown / 3600), Math.floor(shown / 60) % 60, shown % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

/** Hours of a date in wire format. */
export function hoursText({ startSecond, endSecond }: DayHours): { start: string; end: string } {
  return { start: wallTime(startSecond), end: wallTime(endSecond) };
}
