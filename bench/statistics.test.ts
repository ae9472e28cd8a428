import { describe, expect, it } from "vitest";
import { median, percentile } from "./statistics";

describe("the statistics of a bench", () => {
  it("returns the middle value, or the mean of the middle two", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
    expect(median([3])).toBe(3);
  });

  it("returns the nearest rank that covers the share", () => {
    const values = Array.from({ length: 100 }, (_value, index) => 100 - index);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile(values, 0.951)).toBe(96);
    expect(percentile([4], 0.95)).toBe(4);
  });

  it("has no result without values", () => {
    expect(() => median([])).toThrow("without values");
    expect(() => percentile([], 0.5)).toThrow("without values");
  });
});
