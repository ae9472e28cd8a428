import { hoursByDate, type HoursOfDate } from "./business-hours";
import { offsetPeriods, wallTimeAt } from "./time-zone";
import { pollsBetween } from "./packed-polls";
import type { EpochMs, PackedPolls, PerWindow, PollCount, Schedule, WindowName } from "./types";
import { windowAt } from "./windows";
import { dayMs, daySeconds } from "./units";

/** Local dates before today that a window includes. */
const daysBefore: PerWindow<number> = { hour: 0, day: 1, week: 6 };

/** Both ends count, and the part of a row on the next date counts as hours of that date. */
function isInHours(hoursOf: HoursOfDate, date: number, second: number): boolean {
  return (
    hoursOf(date).some(({ startSecond, endSecond }) => startSecond <= second && second <= endSecond) ||
    hoursOf(date - 1).some(({ endSecond }) => endSecond > daySeconds && second <= endSecond - daySeconds)
  );
}

/** The statuses (1 = active) of the polls inside business hours with `T − w <= t <= T`, in order of time. */
function statusesInHours(
  schedule: Schedule,
  hoursOf: HoursOfDate,
  polls: PackedPolls,
  asOf: EpochMs,
  name: WindowName,
) {
  const window = windowAt(asOf, name);
  const asked = pollsBetween(polls, window.start, asOf);
  const periods = offsetPeriods(schedule.timeZone, { start: window.start, end: asOf + 1 });
  let period = 0;
  return asked.active.filter((_active, poll) => {
    const at = asked.at[poll]!;
    while (at >= periods[period]!.end) period++;
    const local = at + periods[period]!.offsetMs;
    const date = Math.floor(local / dayMs);
    return isInHours(hoursOf, date, Math.floor((local - date * dayMs) / 1000));
  });
}

/**
 * The original rule (docs/uptime.md, 4): each poll inside business hours counts for an hour of day and week, the first
 * one decides the hour. It has neither unknown time nor bounds.
 * @param polls ascending; those after `asOf` are ignored
 * @returns minutes for the hour, hours for day and week
 */
export function pollCountFigures(schedule: Schedule, polls: PackedPolls, asOf: EpochMs): PerWindow<PollCount> {
  const hoursOf = hoursByDate(schedule);
  const now = wallTimeAt(schedule.timeZone, asOf);
  const isLookedAt = (name: WindowName): boolean => {
    for (let back = 0; back <= daysBefore[name]; back++) {
      if (isInHours(hoursOf, now.date - back, now.second)) return true;
    }
    return false;
  };
  const hoursUp = (name: "day" | "week"): PollCount => {
    if (!isLookedAt(name)) return { uptime: 0, downtime: 0 };
    const statuses = statusesInHours(schedule, hoursOf, polls, asOf, name);
    const uptime = statuses.reduce((sum, active) => sum + active, 0);
    return { uptime, downtime: statuses.length - uptime };
  };
  const first = isLookedAt("hour") ? statusesInHours(schedule, hoursOf, polls, asOf, "hour")[0] : undefined;
  return {
    hour: { uptime: first === 1 ? 60 : 0, downtime: first === 0 ? 60 : 0 },
    day: hoursUp("day"),
    week: hoursUp("week"),
  };
}
