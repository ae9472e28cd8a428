import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatChange, formatPercent } from "./percent";

describe("formatPercent", () => {
  it.each([
    [1, "100.00 %"],
    [0, "0.00 %"],
    [0.5, "50.00 %"],
    [0.57, "57.00 %"],
    [0.999949, "99.99 %"],
    [0.99999, "99.99 %"],
    [1 - Number.EPSILON, "99.99 %"],
    [2 / 3, "66.66 %"],
  ])("shows %d as %s", (ratio, text) => {
    expect(formatPercent(ratio)).toBe(text);
  });

  it("shows nothing known as a dash, not as a zero", () => {
    expect(formatPercent(null)).toBe("—");
  });

  it("floors whole percents too", () => {
    expect(formatPercent(0.999, 0)).toBe("99 %");
    expect(formatPercent(0.629, 0)).toBe("62 %");
    expect(formatPercent(1, 0)).toBe("100 %");
  });

  it("never reads 100 % when one of the milliseconds was down, however many there were", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER }), (total) => {
        expect(formatPercent((total - 1) / total)).not.toBe("100.00 %");
      }),
    );
  });

  it("shows every exact hundredth as itself, and never more than the ratio", () => {
    for (let hundredths = 0; hundredths < 10_000; hundredths++) {
      expect(formatPercent(hundredths / 10_000)).toBe(`${(hundredths / 100).toFixed(2)} %`);
    }
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (ratio) => {
        const shown = Number.parseFloat(formatPercent(ratio));
        expect(shown).toBeLessThanOrEqual(ratio * 100 + 1e-9);
        expect(shown).toBeGreaterThan(ratio * 100 - 0.01 - 1e-9);
      }),
    );
  });
});

describe("formatChange", () => {
  it.each([
    [0.983, 0.971, "+1.20 points"],
    [0.971, 0.983, "−1.20 points"],
    [1, 0.99999, "+0.01 points"],
    [0.57, 0, "+57.00 points"],
    [0.500001, 0.500009, null],
  ])("says %d after %d as %s", (ratio, before, text) => {
    expect(formatChange(ratio, before)).toBe(text);
  });
});
