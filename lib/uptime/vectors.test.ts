import { describe, expect, it } from "vitest";
import { layHours, openIntervals, parseWallTime } from "./business-hours";
import { estimateWindows } from "./estimate";
import { findIncidents } from "./incidents";
import { packPolls, pollsBetween } from "./packed-polls";
import { pollCountFigures } from "./poll-count";
import { resolveTimeZone } from "./time-zone";
import type { DayHours, DayOfWeek, Poll, Schedule, Status } from "./types";
import vectors from "./vectors.json";
import { windowMs } from "./windows";

const iso = (at: number): string => new Date(at).toISOString();

function lay({ start, end }: { start: string; end: string }): DayHours {
  const startSecond = parseWallTime(start);
  const endSecond = parseWallTime(end);
  const laid = startSecond === null || endSecond === null ? null : layHours(startSecond, endSecond);
  if (laid === null) throw new Error(`Bad hours ${start}–${end}`);
  return laid;
}

function scheduleOf(vector: (typeof vectors)[number]): Schedule {
  const timeZone = resolveTimeZone(vector.timeZone);
  if (timeZone === null) throw new Error(`Bad zone ${vector.timeZone}`);
  return {
    timeZone,
    weekly:
      vector.weeklyHours.length === 0
        ? "always"
        : vector.weeklyHours.map((row) => ({ ...lay(row), day: row.day as DayOfWeek })),
    exceptions: vector.exceptions.map(({ date, hours }) => ({ date, hours: hours.map(lay) })),
  };
}

describe("the worked cases of the definition (docs/uptime.md)", () => {
  it("are complete", () => {
    expect(vectors).toHaveLength(400);
  });

  it.each(vectors.map((vector, index) => [index, vector.name, vector] as const))("%i: %s", (_index, _name, vector) => {
    const schedule = scheduleOf(vector);
    const asOf = Date.parse(vector.asOf);
    const reachMs = vector.reachMinutes * 60_000;
    const given = vector.polls.map(({ at, status }): Poll => ({ at: Date.parse(at), status: status as Status }));
    const polls = pollsBetween(packPolls(given), -Infinity, asOf);
    const start = Math.min(asOf - windowMs.week, ...polls.at) - reachMs;
    const open = openIntervals(schedule, { start, end: asOf + 1 });

    expect(estimateWindows(open, polls, reachMs, asOf)).toEqual(vector.expected.interpolated);
    expect(pollCountFigures(schedule, polls, asOf)).toEqual(vector.expected.pollCount);
    expect(
      findIncidents(open, polls, reachMs, asOf).map((incident) => ({
        ...incident,
        start: iso(incident.start),
        end: iso(incident.end),
      })),
    ).toEqual(vector.expected.incidents);
    expect(
      openIntervals(schedule, { start: asOf - windowMs.week, end: asOf }).map((interval) => ({
        start: iso(interval.start),
        end: iso(interval.end),
      })),
    ).toEqual(vector.expected.openIntervalsOfWeek);
  });
});
