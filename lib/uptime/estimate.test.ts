import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbCase, arbSteadyCase, day, hour, type Case } from "./arbitraries";
import { openIntervals } from "./business-hours";
import { estimateUptime, estimateWindows, sumEstimates, uptimeRatio, coverage } from "./estimate";
import { intervalAt } from "./interval";
import { packPolls, pollsBetween } from "./packed-polls";
import type { PackedPolls, PerWindow, Poll, UptimeEstimate } from "./types";
import { windowAt, windowNames } from "./windows";

const openOf = ({ schedule, asOf }: Case) => openIntervals(schedule, { start: asOf - 10 * day, end: asOf + 1 });
const known = (polls: readonly Poll[], asOf: number): PackedPolls => pollsBetween(packPolls(polls), -Infinity, asOf);
const estimateCase = (one: Case): PerWindow<UptimeEstimate> =>
  estimateWindows(openOf(one), known(one.polls, one.asOf), one.reachMs, one.asOf);

describe("estimate", () => {
  it("accounts for every open millisecond once, and keeps its bounds in order", () => {
    fc.assert(
      fc.property(arbCase, (one) => {
        for (const name of windowNames) {
          const estimate = estimateCase(one)[name];
          const openMs = openIntervals(one.schedule, windowAt(one.asOf, name)).reduce(
            (sum, i) => sum + i.end - i.start,
            0,
          );
          expect(estimate.openMs).toBe(openMs);
          expect(estimate.upMs + estimate.downMs + estimate.unknownMs).toBe(openMs);
          expect(estimate.upLowestMs).toBeGreaterThanOrEqual(0);
          expect(estimate.upLowestMs).toBeLessThanOrEqual(estimate.upMs);
          expect(estimate.upHighestMs).toBeGreaterThanOrEqual(estimate.upMs);
          expect(estimate.upHighestMs).toBeLessThanOrEqual(openMs);
        }
      }),
    );
  });

  it("gives each instant the status of its opening's nearest poll within reach", () => {
    const arbInstants = fc.array(fc.integer({ min: 1, max: 7 * day }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(arbCase, arbInstants, (one, backs) => {
        const open = openOf(one);
        const polls = known(one.polls, one.asOf);
        for (const back of backs) {
          const instant = one.asOf - back;
          const estimate = estimateUptime(open, polls, one.reachMs, { start: instant, end: instant + 1 });
          const opening = intervalAt(open, instant);
          // A direct restatement: the nearest of the opening's polls; of two equally near the later.
          let nearest = -1;
          polls.at.forEach((at, poll) => {
            if (opening === undefined || at < opening.start || at >= opening.end) return;
            const distance = Math.abs(at - instant);
            if (nearest === -1 || distance <= Math.abs(polls.at[nearest]! - instant)) nearest = poll;
          });
          const at = polls.at[nearest] ?? Infinity;
          const speaks = at > instant ? at - instant <= one.reachMs : instant - at < one.reachMs;
          const up = speaks && polls.active[nearest] === 1 ? 1 : 0;
          const down = speaks && polls.active[nearest] === 0 ? 1 : 0;
          const isOpen = opening === undefined ? 0 : 1;
          // The midpoint of an odd distance is rounded down, so there the later poll takes over one ms earlier.
          const tie =
            nearest > 0 && polls.at.some((other) => Math.abs(Math.abs(other - instant) - Math.abs(at - instant)) === 1);
          if (tie) continue;
          expect(estimate).toMatchObject({ openMs: isOpen, upMs: up, downMs: down, unknownMs: isOpen - up - down });
        }
      }),
      { numRuns: 300 },
    );
  });

  it("adds up over any partition of a window", () => {
    const arbCuts = fc.array(fc.integer({ min: 1, max: 7 * day - 1 }), { maxLength: 12 });
    fc.assert(
      fc.property(arbCase, arbCuts, (one, cuts) => {
        const window = windowAt(one.asOf, "week");
        const edges = [...new Set([window.start, ...cuts.map((cut) => window.start + cut), window.end])].sort(
          (a, b) => a - b,
        );
        const open = openOf(one);
        const polls = known(one.polls, one.asOf);
        const parts = edges
          .slice(1)
          .map((end, index) => estimateUptime(open, polls, one.reachMs, { start: edges[index]!, end }));
        const { polls: _parts, ...sum } = sumEstimates(parts);
        const { polls: _whole, ...whole } = estimateUptime(open, polls, one.reachMs, window);
        expect(sum).toEqual(whole);
      }),
    );
  });

  it("is the same in one pass over three windows as window by window", () => {
    fc.assert(
      fc.property(arbCase, (one) => {
        const together = estimateCase(one);
        for (const name of windowNames) {
          const alone = estimateUptime(openOf(one), known(one.polls, one.asOf), one.reachMs, windowAt(one.asOf, name));
          expect(together[name]).toEqual(alone);
        }
      }),
    );
  });

  it("does not depend on the order of arrival or on redelivery", () => {
    fc.assert(
      fc.property(
        arbCase.chain((one) =>
          fc.tuple(
            fc.constant(one),
            fc.shuffledSubarray([...one.polls, ...one.polls], { minLength: one.polls.length }),
          ),
        ),
        ([one, some]) => {
          expect(estimateCase({ ...one, polls: [...some, ...one.polls] })).toEqual(estimateCase(one));
        },
      ),
    );
  });

  it("ignores polls outside business hours, and polls after the as-of instant", () => {
    fc.assert(
      fc.property(arbCase, (one) => {
        const open = openOf(one);
        const heard = one.polls.filter(({ at }) => at <= one.asOf && intervalAt(open, at) !== undefined);
        expect(estimateCase({ ...one, polls: heard })).toEqual(estimateCase(one));
      }),
    );
  });

  it("never has less up when more polls are active", () => {
    fc.assert(
      fc.property(arbCase, (one) => {
        const better = one.polls.map((poll, index): Poll => (index % 2 === 0 ? { ...poll, status: "active" } : poll));
        const inOrder = packPolls(one.polls).at.length === one.polls.length;
        fc.pre(inOrder);
        for (const name of windowNames) {
          expect(estimateCase({ ...one, polls: better })[name].upMs).toBeGreaterThanOrEqual(
            estimateCase(one)[name].upMs,
          );
        }
      }),
    );
  });

  it("shifts with everything by whole weeks when clocks never change", () => {
    fc.assert(
      fc.property(arbSteadyCase, fc.integer({ min: -60, max: 60 }), (one, weeks) => {
        const shift = weeks * 7 * day;
        const shifted = {
          ...one,
          asOf: one.asOf + shift,
          polls: one.polls.map((poll) => ({ ...poll, at: poll.at + shift })),
        };
        expect(estimateCase(shifted)).toEqual(estimateCase(one));
      }),
    );
  });

  it("uses the shares of sums, never a mean of shares", () => {
    const part = { openMs: 0, unknownMs: 0, upLowestMs: 0, upHighestMs: 0, polls: 0 };
    const sum = sumEstimates([
      { ...part, openMs: 12 * hour, upMs: 9 * hour, downMs: 1 * hour, unknownMs: 2 * hour },
      { ...part, openMs: 1 * hour, upMs: 0, downMs: 1 * hour },
    ]);
    expect(uptimeRatio(sum)).toBe(9 / 11);
    expect(coverage(sum)).toBe(11 / 13);
    expect(uptimeRatio(sumEstimates([]))).toBeNull();
    expect(coverage(sumEstimates([]))).toBeNull();
  });
});
