import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, day, hour, minute } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { estimateUptime } from "./estimate";
import { findBoundedIncidents, findIncidents } from "./incidents";
import { packPolls, pollsBetween } from "./packed-polls";

describe("findIncidents", () => {
  it("has all downtime and nothing else, each incident with its own polls", () => {
    fc.assert(
      fc.property(arbCase, ({ schedule, polls, asOf, reachMs }) => {
        const start = asOf - 12 * day;
        const open = openIntervals(schedule, { start, end: asOf + 1 });
        const known = pollsBetween(packPolls(polls), -Infinity, asOf);
        const incidents = findIncidents(open, known, reachMs, asOf);
        const whole = estimateUptime(open, known, reachMs, { start, end: asOf });
        expect(incidents.reduce((sum, incident) => sum + incident.downMs, 0)).toBe(whole.downMs);
        incidents.forEach((incident, index) => {
          const inside = estimateUptime(open, known, reachMs, incident);
          expect(inside).toMatchObject({ upMs: 0, downMs: incident.downMs });
          expect(incident.polls).toBeGreaterThan(0);
          if (index > 0) expect(incidents[index - 1]!.end).toBeLessThanOrEqual(incident.start);
          if (incident.ongoing) expect(index).toBe(incidents.length - 1);
        });
      }),
    );
  });

  it("finds nothing when nothing is open", () => {
    expect(findIncidents([], packPolls([{ at: 5, status: "inactive" }]), 10, 100)).toEqual([]);
  });
});

describe("findBoundedIncidents", () => {
  it("bounds each incident by the polls on either side of its changes", () => {
    fc.assert(
      fc.property(arbCase, ({ schedule, polls, asOf, reachMs }) => {
        const open = openIntervals(schedule, { start: asOf - 12 * day, end: asOf + 1 });
        const known = pollsBetween(packPolls(polls), -Infinity, asOf);
        const bounded = findBoundedIncidents(open, known, reachMs, asOf);
        const plain = bounded.map(({ start, end, downMs, polls: count, ongoing }) => {
          return { start, end, downMs, polls: count, ongoing };
        });
        expect(plain).toEqual(findIncidents(open, known, reachMs, asOf));
        for (const { start, end, startEarliest, startLatest, endEarliest, endLatest, ongoing } of bounded) {
          expect(startEarliest).toBeLessThanOrEqual(start);
          expect(start).toBeLessThanOrEqual(startLatest);
          expect(endEarliest).toBeLessThanOrEqual(end);
          expect(endLatest === null).toBe(ongoing);
          expect(end).toBeLessThanOrEqual(endLatest ?? asOf);
          // No poll in hours between its first and its last one has another status.
          const inside = pollsBetween(known, startLatest, endEarliest);
          inside.at.forEach((at, poll) => {
            const isInHours = open.some((opening) => opening.start <= at && at < opening.end);
            if (isInHours) expect(inside.active[poll]).toBe(0);
          });
        }
      }),
    );
  });

  it("gives between 14:05 and 15:04, and between the last poll and closing", () => {
    const noon = Date.UTC(2023, 0, 25, 12);
    const at = (hours: number, minutes: number) => noon + (hours - 12) * hour + minutes * minute;
    const polls = packPolls([
      { at: at(14, 5), status: "active" },
      { at: at(15, 4), status: "inactive" },
      { at: at(16, 3), status: "inactive" },
      { at: at(25, 0), status: "active" },
    ]);
    const open = [
      { start: noon, end: at(17, 0) },
      { start: at(24, 0), end: at(30, 0) },
    ];
    expect(findBoundedIncidents(open, polls, 75 * minute, at(26, 0))).toMatchObject([
      {
        startEarliest: at(14, 5),
        startLatest: at(15, 4),
        endEarliest: at(16, 3),
        endLatest: at(17, 0),
        end: at(17, 0),
        ongoing: false,
      },
    ]);
    expect(findBoundedIncidents(open, pollsBetween(polls, 0, at(16, 3)), 75 * minute, at(16, 30))).toMatchObject([
      { endEarliest: at(16, 3), endLatest: null, end: at(16, 30), ongoing: true },
    ]);
  });
});
