import { expect, it } from "vitest";
import { retryDelay } from "./retry-delay";

it("starts with five seconds and ends after about three days", () => {
  const delays = [];
  for (let attempts = 1, delay = retryDelay(1, null, 0); delay !== null; delay = retryDelay(++attempts, null, 0)) {
    delays.push(delay);
  }
  expect(delays[0]).toBe(5);
  expect(delays).toEqual(delays.toSorted((a, b) => a - b));
  const days = delays.reduce((sum, delay) => sum + delay, 0) / 86_400;
  expect(days).toBeGreaterThan(2.5);
  expect(days).toBeLessThan(3.5);
});

it("is spread, and never before the time the receiver requested, which may be a day off", () => {
  expect(retryDelay(1, null, 0.999)).toBeCloseTo(6, 1);
  expect(retryDelay(1, 90, 0)).toBe(90);
  expect(retryDelay(2, 90, 0)).toBe(300);
  expect(retryDelay(1, 9_999_999, 0)).toBe(86_400);
});
