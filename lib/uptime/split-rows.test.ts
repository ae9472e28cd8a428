import fc from "fast-check";
import { expect, it } from "vitest";
import { arbCase, day } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { estimateWindows } from "./estimate";
import { packPolls, pollsBetween } from "./packed-polls";
import type { BusinessHours, DayOfWeek, Schedule } from "./types";
import { daySeconds } from "./units";

/** The parts of a row between the cuts that lie in it; those after midnight are rows of the next day. */
function split({ day: of, startSecond, endSecond }: BusinessHours, cuts: readonly number[]): BusinessHours[] {
  const inside = [...cuts, daySeconds].filter((cut) => cut > startSecond && cut < endSecond);
  const edges = [startSecond, ...new Set(inside.toSorted((a, b) => a - b)), endSecond];
  return edges.slice(1).map((end, index) => {
    const start = edges[index] ?? 0;
    return start < daySeconds
      ? { day: of, startSecond: start, endSecond: end }
      : { day: ((of + 1) % 7) as DayOfWeek, startSecond: start - daySeconds, endSecond: end - daySeconds };
  });
}

it("rows split anywhere, at midnight too, in any order, give the same figures to the millisecond", () => {
  const arbCuts = fc.array(fc.integer({ min: 1, max: 2 * daySeconds - 1 }), { maxLength: 5 });
  fc.assert(
    fc.property(arbCase, arbCuts, ({ schedule, polls, asOf, reachMs }, cuts) => {
      const plain: Schedule = { ...schedule, exceptions: [] };
      const { weekly } = plain;
      fc.pre(weekly !== "always");
      const rows = weekly.flatMap((row) => split(row, cuts)).toReversed();
      const known = pollsBetween(packPolls(polls), -Infinity, asOf);
      const figures = (of: Schedule) => {
        const open = openIntervals(of, { start: asOf - 10 * day, end: asOf + 1 });
        return { open, estimate: estimateWindows(open, known, reachMs, asOf) };
      };
      expect(figures({ ...plain, weekly: rows })).toEqual(figures(plain));
    }),
    { numRuns: 200 },
  );
});
