import { layHours, parseClosingTime, parseWallTime } from "@/lib/uptime/business-hours";
import type { DayHours } from "@/lib/uptime/types";
import { daySeconds } from "@/lib/uptime/units";

/** An opening as it is written: HH:MM or HH:MM:SS. */
export interface Times {
  readonly start: string;
  readonly end: string;
}

/** Seconds after the midnight on which the day starts; null for times that are no opening. */
export function layTimes({ start, end }: Times): DayHours | null {
  const [from, to] = [parseWallTime(start), parseClosingTime(end)];
  return from === null || to === null ? null : layHours(from, to);
}

function clock(second: number): string {
  const parts = [Math.floor(second / 3600), Math.floor(second / 60) % 60, second % 60];
  const [hours, minutes, seconds] = parts.map((part) => String(part).padStart(2, "0"));
  return `${hours ?? ""}:${minutes ?? ""}${seconds === "00" ? "" : `:${seconds ?? ""}`}`;
}

const written = ({ startSecond, endSecond }: DayHours): Times => ({
  start: clock(startSecond),
  end: clock(endSecond > daySeconds ? endSecond - daySeconds : endSecond),
});

/**
 * What is left of an opening without a part, on its day and, where a night goes on after the part, on the next one.
 * @param part seconds after the midnight of the opening's day; may be negative or past the next midnight
 * @returns null where the part leaves the opening as it is
 */
export function cutOpening(
  times: Times,
  part: DayHours,
): { readonly sameDay: readonly Times[]; readonly nextDay: readonly Times[] } | null {
  const laid = layTimes(times);
  if (laid === null || part.endSecond <= laid.startSecond || part.startSecond >= laid.endSecond) return null;
  const pieces = [
    { startSecond: laid.startSecond, endSecond: part.startSecond },
    { startSecond: part.endSecond, endSecond: laid.endSecond },
  ].filter(({ startSecond, endSecond }) => startSecond < endSecond);
  const later = pieces.filter(({ startSecond }) => startSecond >= daySeconds);
  return {
    sameDay: pieces.filter(({ startSecond }) => startSecond < daySeconds).map(written),
    nextDay: later.map(({ startSecond, endSecond }) =>
      written({ startSecond: startSecond - daySeconds, endSecond: endSecond - daySeconds }),
    ),
  };
}
