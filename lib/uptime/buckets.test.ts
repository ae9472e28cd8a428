import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, arbTimeZone, day, hour, minute } from "./arbitraries";
import { cutWindow, estimateBuckets } from "./buckets";
import { openIntervals } from "./business-hours";
import { estimateUptime } from "./estimate";
import { packPolls, pollsBetween } from "./packed-polls";
import { resolveTimeZone, wallTimeAt } from "./time-zone";
import { windowAt } from "./windows";

const chicago = resolveTimeZone("America/Chicago")!;
const iso = (at: number): string => new Date(at).toISOString();

describe("cutWindow", () => {
  it("tiles the window and cuts at the local full hours and days", () => {
    const arbStep = fc.constantFrom(5 * minute, hour, day);
    fc.assert(
      fc.property(arbTimeZone, arbStep, fc.integer({ min: 0, max: 2 ** 40 }), (zone, step, end) => {
        const window = { start: end - 7 * day, end };
        const parts = cutWindow(zone, window, step);
        expect(parts[0]!.start).toBe(window.start);
        expect(parts.at(-1)!.end).toBe(window.end);
        parts.slice(1).forEach((part, index) => {
          expect(part.start).toBe(parts[index]!.end);
          const before = wallTimeAt(zone, part.start - 1);
          const after = wallTimeAt(zone, part.start);
          const struck = after.second % (step / 1000) === 0;
          const changed = Math.abs(after.date * 86_400 + after.second - before.date * 86_400 - before.second) > 1;
          expect(struck || changed, iso(part.start)).toBe(true);
        });
      }),
    );
  });

  it("gives a day of 25 hours as one day, and its hours as 25", () => {
    const fallBack = { start: Date.parse("2023-11-05T05:00:00Z"), end: Date.parse("2023-11-06T06:00:00Z") };
    expect(cutWindow(chicago, fallBack, day)).toEqual([fallBack]);
    expect(cutWindow(chicago, fallBack, hour)).toHaveLength(25);
  });
});

describe("estimateBuckets", () => {
  it("sums to the window's estimate to the millisecond", () => {
    fc.assert(
      fc.property(arbCase, fc.constantFrom(hour, day), ({ schedule, polls, asOf, reachMs }, step) => {
        const window = windowAt(asOf, "week");
        const open = openIntervals(schedule, { start: asOf - 10 * day, end: asOf + 1 });
        const known = pollsBetween(packPolls(polls), -Infinity, asOf);
        const buckets = estimateBuckets(open, known, reachMs, cutWindow(schedule.timeZone, window, step));
        const whole = estimateUptime(open, known, reachMs, window);
        for (const figure of ["openMs", "upMs", "downMs", "unknownMs"] as const) {
          expect(buckets.reduce((sum, bucket) => sum + bucket[figure], 0)).toBe(whole[figure]);
        }
        for (const bucket of buckets) {
          expect(estimateUptime(open, known, reachMs, bucket)).toMatchObject({
            openMs: bucket.openMs,
            upMs: bucket.upMs,
            downMs: bucket.downMs,
          });
        }
      }),
    );
  });
});
