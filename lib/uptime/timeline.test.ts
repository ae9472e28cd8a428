import fc from "fast-check";
import { expect, it } from "vitest";
import { arbCase, day } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { estimateUptime } from "./estimate";
import { hoursOfWeek } from "./heatmap";
import { packPolls, pollsBetween } from "./packed-polls";
import { wallTimeAt } from "./time-zone";
import { stateRuns } from "./timeline";
import { windowAt } from "./windows";

it("tiles a window with runs that differ from their neighbours and sum to the figures", () => {
  fc.assert(
    fc.property(arbCase, ({ schedule, polls, asOf, reachMs }) => {
      const open = openIntervals(schedule, { start: asOf - 10 * day, end: asOf + 1 });
      const known = pollsBetween(packPolls(polls), -Infinity, asOf);
      const window = windowAt(asOf, "week");
      const runs = stateRuns(open, known, reachMs, window);
      expect(runs[0]?.start).toBe(window.start);
      expect(runs.at(-1)?.end).toBe(window.end);
      runs.forEach(({ start, end, state }, index) => {
        expect(end).toBeGreaterThan(start);
        const before = runs[index - 1];
        if (before === undefined) return;
        expect(start).toBe(before.end);
        expect(state).not.toBe(before.state);
      });
      const ms = (state: string) =>
        runs.filter((one) => one.state === state).reduce((sum, { start, end }) => sum + end - start, 0);
      const { upMs, downMs, unknownMs, openMs } = estimateUptime(open, known, reachMs, window);
      expect([ms("up"), ms("down"), ms("unknown")]).toEqual([upMs, downMs, unknownMs]);
      expect(ms("closed")).toBe(window.end - window.start - openMs);
    }),
  );
});

it("sums the hours of the local week to the figures, each poll in the local hour of the store", () => {
  fc.assert(
    fc.property(arbCase, ({ schedule, polls, asOf, reachMs }) => {
      const open = openIntervals(schedule, { start: asOf - 10 * day, end: asOf + 1 });
      const known = pollsBetween(packPolls(polls), -Infinity, asOf);
      const window = windowAt(asOf, "week");
      const cells = hoursOfWeek(schedule.timeZone, open, known, reachMs, window);
      expect(cells.map((cell) => cell.day * 24 + cell.hour)).toEqual(Array.from({ length: 168 }, (_, index) => index));
      const sum = (of: (cell: (typeof cells)[number]) => number) => cells.reduce((total, cell) => total + of(cell), 0);
      const estimate = estimateUptime(open, known, reachMs, window);
      expect(sum((cell) => cell.upMs)).toBe(estimate.upMs);
      expect(sum((cell) => cell.downMs)).toBe(estimate.downMs);
      expect(sum((cell) => cell.unknownMs)).toBe(estimate.unknownMs);
      expect(sum((cell) => cell.openMs)).toBe(estimate.openMs);
      expect(sum((cell) => cell.polls)).toBe(estimate.polls);

      for (const at of pollsBetween(known, window.start, window.end).at) {
        if (!open.some(({ start, end }) => start <= at && at < end)) continue;
        const { day: weekday, second } = wallTimeAt(schedule.timeZone, at);
        const cell = cells.find((one) => one.day === weekday && one.hour === Math.floor(second / 3600));
        expect(cell?.polls).toBeGreaterThan(0);
      }
    }),
    { numRuns: 50 },
  );
});
