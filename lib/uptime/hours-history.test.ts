import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { replaceFrom, replaceUntilNextChange, valueOn, type History } from "./hours-history";

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

  it("has a new value from a date up to the next change after today, and is otherwise the same", () => {
    fc.assert(
      fc.property(
        fc.array(arbChange, { maxLength: 6 }),
        fc.record({ from: fc.option(arbDate), today: arbDate, value: fc.integer({ min: 0, max: 3 }) }),
        arbDate,
        (changes, { from, today, value }, date) => {
          fc.pre(from === null || from <= today);
          const before = historyOf(changes);
          const next = before.earlier.find((one) => one.before > today)?.before ?? "9999-12-31";
          const after = replaceUntilNextChange(before, from, today, value, isSame);
          const isChanged = (from === null || date >= from) && date < next;
          expect(valueOn(after, date)).toBe(isChanged ? value : valueOn(before, date));
          const values = [...after.earlier.map((one) => one.value), after.latest];
          values.slice(1).forEach((one, i) => {
            expect(one).not.toBe(values[i]);
          });
        },
      ),
    );
  });

  it("does not change when what applies today is given for today", () => {
    fc.assert(
      fc.property(fc.array(arbChange, { maxLength: 8 }), arbDate, (changes, today) => {
        const before = historyOf(changes);
        expect(replaceUntilNextChange(before, today, today, valueOn(before, today), isSame)).toEqual(before);
      }),
    );
  });
});
