import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replaceFrom, valueOn, type History } from "./hours-history";

const dates = Array.from({ length: 12 }, (_, i) => `2026-03-${String(i + 1).padStart(2, "0")}`);
const arbDate = fc.constantFrom(...dates);
const arbChange = fc.record({ from: fc.option(arbDate), value: fc.integer({ min: 0, max: 3 }) });
const isSame = (one: number, other: number): boolean => one === other;

const historyOf = (changes: readonly { from: string | null; value: number }[]): History<number> =>
  changes.reduce<History<number>>((history, { from, value }) => replaceFrom(history, from, value, isSame), {
    earlier: [],
    latest: 0,
  });

describe("a history", () => {
  it("keeps what applied before the date of a change, and has the new value from it on", () => {
    fc.assert(
      fc.property(fc.array(arbChange, { maxLength: 6 }), arbChange, arbDate, (changes, change, date) => {
        const before = historyOf(changes);
        const after = replaceFrom(before, change.from, change.value, isSame);
        const isBefore = change.from !== null && date < change.from;
        expect(valueOn(after, date)).toBe(isBefore ? valueOn(before, date) : change.value);
      }),
    );
  });

  it("covers every date once: its dates ascend, and neighbouring values differ", () => {
    fc.assert(
      fc.property(fc.array(arbChange, { maxLength: 8 }), (changes) => {
        const { earlier, latest } = historyOf(changes);
        const ends = earlier.map(({ before }) => before);
        expect(ends).toEqual([...new Set(ends)].sort());
        const values = [...earlier.map(({ value }) => value), latest];
        values.slice(1).forEach((value, i) => {
          expect(value).not.toBe(values[i]);
        });
      }),
    );
  });

  it("does not change when a change is repeated", () => {
    fc.assert(
      fc.property(fc.array(arbChange, { maxLength: 6 }), arbChange, (changes, change) => {
        const once = historyOf([...changes, change]);
        expect(replaceFrom(once, change.from, change.value, isSame)).toEqual(once);
      }),
    );
  });
});
