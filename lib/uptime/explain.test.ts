import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, day, hour, minute, type Case } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { estimateUptime } from "./estimate";
import { explainWindow } from "./explain";
import { packPolls, pollsBetween } from "./packed-polls";
import { windowAt } from "./windows";

const openOf = ({ schedule, asOf }: Case) => openIntervals(schedule, { start: asOf - 10 * day, end: asOf + 1 });

describe("explainWindow", () => {
  it("sums to the figures to the millisecond, without overlap, in open time only", () => {
    fc.assert(
      fc.property(arbCase, (one) => {
        const open = openOf(one);
        const polls = pollsBetween(packPolls(one.polls), -Infinity, one.asOf);
        const window = windowAt(one.asOf, "week");
        const segments = explainWindow(open, polls, one.reachMs, window);
        const ms = (state: string) =>
          segments.filter((segment) => segment.state === state).reduce((sum, { start, end }) => sum + end - start, 0);
        const { upMs, downMs, unknownMs } = estimateUptime(open, polls, one.reachMs, window);
        expect([ms("up"), ms("down"), ms("unknown")]).toEqual([upMs, downMs, unknownMs]);
        segments.forEach(({ start, end }, index) => {
          expect(end).toBeGreaterThan(start);
          expect(start).toBeGreaterThanOrEqual(segments[index - 1]?.end ?? window.start);
        });
      }),
    );
  });

  it("names the poll that is nearest to all of a segment, once, and why the segment ends where it does", () => {
    fc.assert(
      fc.property(arbCase, (one) => {
        const open = openOf(one);
        const polls = pollsBetween(packPolls(one.polls), -Infinity, one.asOf);
        const window = windowAt(one.asOf, "week");
        const segments = explainWindow(open, polls, one.reachMs, window);
        const deciding = segments.flatMap(({ poll }) => poll?.at ?? []);
        expect(new Set(deciding).size).toBe(deciding.length);
        segments.forEach(({ start, end, state, poll, rule, startsAt, endsAt }, index) => {
          expect(poll === null).toBe(state === "unknown");
          expect(rule === "nearest_poll").toBe(poll !== null);
          const after = segments[index + 1];
          if (endsAt === "closing") expect(open.some((opening) => opening.end === end)).toBe(true);
          if (endsAt === "window") expect(end).toBe(window.end);
          if (endsAt === "half_way") {
            expect(end).toBe(Math.floor(((poll?.at ?? NaN) + (after?.poll?.at ?? NaN)) / 2));
            expect(after).toMatchObject({ start: end, startsAt: "half_way" });
          }
          if (endsAt === "reach" && poll !== null) expect(end).toBe(poll.at + one.reachMs);
          if (startsAt === "reach" && poll !== null) expect(start).toBe(poll.at - one.reachMs);
          if (startsAt === "opening") expect(open.some((opening) => opening.start === start)).toBe(true);
        });
      }),
    );
  });

  it("gives for 9 to 12, up at 10:14 and down at 11:15, what the method page shows", () => {
    const nine = Date.UTC(2023, 0, 25, 9);
    const at = (minutes: number) => nine + minutes * minute;
    const polls = packPolls([
      { at: at(74), status: "active" },
      { at: at(135), status: "inactive" },
    ]);
    const open = [{ start: nine, end: at(180) }];
    const change = at(104) + 30_000;
    expect(explainWindow(open, polls, 75 * minute, { start: nine - hour, end: at(300) })).toEqual([
      {
        start: nine,
        end: change,
        state: "up",
        poll: { at: at(74), status: "active" },
        rule: "nearest_poll",
        startsAt: "opening",
        endsAt: "half_way",
      },
      {
        start: change,
        end: at(180),
        state: "down",
        poll: { at: at(135), status: "inactive" },
        rule: "nearest_poll",
        startsAt: "half_way",
        endsAt: "closing",
      },
    ]);
  });

  it("distinguishes an opening without a poll from time that no poll covers, and a cut from an edge", () => {
    const open = [
      { start: 0, end: 100 },
      { start: 200, end: 300 },
    ];
    const polls = packPolls([{ at: 50, status: "active" }]);
    const shown = explainWindow(open, polls, 10, { start: 20, end: 250 }).map(
      ({ start, end, rule, startsAt, endsAt }) => [start, end, rule, startsAt, endsAt],
    );
    expect(shown).toEqual([
      [20, 40, "beyond_reach", "window", "reach"],
      [40, 60, "nearest_poll", "reach", "reach"],
      [60, 100, "beyond_reach", "reach", "closing"],
      [200, 250, "no_poll", "opening", "window"],
    ]);
  });
});
