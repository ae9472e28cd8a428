import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, day } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { estimateUptime } from "./estimate";
import { findIncidents } from "./incidents";
import { packPolls, pollsBetween } from "./packed-polls";

describe("findIncidents", () => {
  it("holds all downtime and nothing else, each incident with its own polls", () => {
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

  it("tells of nothing where nothing is open", () => {
    expect(findIncidents([], packPolls([{ at: 5, status: "inactive" }]), 10, 100)).toEqual([]);
  });
});
