import fc from "fast-check";
import { expect, it } from "vitest";
import { packPolls } from "./packed-polls";
import { PollGapFinder } from "./poll-gaps";
import type { Interval } from "./types";

const range = { start: 1_000, end: 3_000 };

/** A direct restatement: all instants in order, and every distance between neighbours. */
function plainly(instants: readonly number[], quietMs: number): Interval[] {
  const inRange = instants.filter((at) => at >= range.start && at < range.end);
  const edges = [range.start, ...inRange.toSorted((a, b) => a - b), range.end];
  return edges.slice(1).flatMap((end, index) => {
    const start = edges[index] ?? NaN;
    return end - start > quietMs ? [{ start, end }] : [];
  });
}

it("finds every interval without a poll of any store, for any order of stores", () => {
  const arbStore = fc.array(fc.integer({ min: 900, max: 3_100 }), { maxLength: 8 });
  fc.assert(
    fc.property(fc.array(arbStore, { maxLength: 5 }), fc.integer({ min: 1, max: 900 }), (stores, quietMs) => {
      const finder = new PollGapFinder(range, quietMs);
      for (const store of stores) finder.add(packPolls(store.map((at) => ({ at, status: "active" }))));
      expect(finder.gaps()).toEqual(plainly(stores.flat(), quietMs));
    }),
    { numRuns: 500 },
  );
});

it("counts two expected intervals as quiet, and a millisecond more as a gap", () => {
  const hour = 3_600_000;
  const gapsAfter = (ms: number) => {
    const finder = new PollGapFinder({ start: 0, end: ms + 1 });
    finder.add(packPolls([{ at: 0, status: "inactive" }]));
    finder.add(packPolls([{ at: ms, status: "active" }]));
    return finder.gaps();
  };
  expect(gapsAfter(2 * hour)).toEqual([]);
  expect(gapsAfter(2 * hour + 1)).toEqual([{ start: 0, end: 2 * hour + 1 }]);
});
