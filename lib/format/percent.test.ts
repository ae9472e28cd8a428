import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatChange, formatPercent, formatPercentRange } from "./percent";

describe("formatPercent", () => {
  it.each([
    [1, "100%"],
    [0, "0%"],
    [0.5, "50.0%"],
    [0.57, "57.0%"],
    [0.5329, "53.2%"],
    [0.999949, "99.9%"],
    [1 - Number.EPSILON, "99.9%"],
    [2 / 3, "66.6%"],
    [0.001, "0.1%"],
    [0.00099, "<0.1%"],
    [Number.MIN_VALUE, "<0.1%"],
  ])("shows %d as %s", (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });

  it("shows no data as a dash, not as a zero", () => {
    expect(formatPercent(null)).toBe("—");
  });

  it("rounds whole percents down too", () => {
    expect(formatPercent(0.999, 0)).toBe("99%");
    expect(formatPercent(0.629, 0)).toBe("62%");
    expect(formatPercent(0.004, 0)).toBe("<1%");
    expect(formatPercent(1, 0)).toBe("100%");
    expect(formatPercent(0, 0)).toBe("0%");
  });

  it("reads 100% only where all of it was up and 0% only where none was, however long the time", () => {
    const total = fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(total, fc.constantFrom(0 as const, 1 as const), (all, decimals) => {
        expect(formatPercent((all - 1) / all, decimals)).not.toBe("100%");
        expect(formatPercent(1 / all, decimals)).not.toBe("0%");
      }),
    );
  });

  it("shows every exact tenth as itself, and never more than the ratio", () => {
    for (let tenths = 1; tenths < 1_000; tenths++) {
      expect(formatPercent(tenths / 1_000)).toBe(`${(tenths / 10).toFixed(1)}%`);
    }
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1, noNaN: true }), (ratio) => {
        const shown = Number.parseFloat(formatPercent(ratio));
        expect(shown).toBeLessThanOrEqual(ratio * 100 + 1e-7);
        expect(shown).toBeGreaterThan(ratio * 100 - 0.1 - 1e-7);
      }),
    );
  });
});

describe("formatPercentRange", () => {
  it.each([
    [0.1171, 0.9266, 0, "11 to 92%"],
    [0.405, 1, 0, "40 to 100%"],
    [0.9731, 0.9912, 1, "97.3 to 99.1%"],
    [0.97311, 0.97319, 1, "97.3%"],
    [0, 0.0001, 0, "0 to <1%"],
  ] as const)("shows %d and %d with %d decimals as %s", (lowest, highest, decimals, text) => {
    expect(formatPercentRange(lowest, highest, decimals)).toBe(text);
  });
});

describe("formatChange", () => {
  it.each([
    [0.983, 0.971, 1, "+1.2 pts"],
    [0.971, 0.983, 1, "−1.2 pts"],
    [1, 0.99999, 1, "+0.1 pts"],
    [0.57, 0, 1, "+57.0 pts"],
    [0.57, 0, 0, "+57 pts"],
    [0, 1, 1, "−100 pts"],
    [0.500001, 0.500009, 1, null],
  ] as const)("shows %d after %d with %d decimals as %s", (ratio, before, decimals, text) => {
    expect(formatChange(ratio, before, decimals)).toBe(text);
  });
});
