import { expect, it } from "vitest";
import { slopePerMinute } from "./process-use";

it("computes the growth of values per minute", () => {
  expect(slopePerMinute([100, 101, 102, 103], 10_000)).toBeCloseTo(6);
  expect(slopePerMinute([5, 5, 5], 1_000)).toBe(0);
  expect(slopePerMinute([7, 1, 7, 1, 7], 60_000)).toBe(0);
  expect(slopePerMinute([3], 1_000)).toBe(0);
});
