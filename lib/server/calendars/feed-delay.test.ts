import { expect, it } from "vitest";
import { nextAttempt, nextReading } from "./feed-delay";

it("reads an address every hour and a file every day, each up to a tenth later", () => {
  expect([nextReading("https://a.example/", 0), nextReading(null, 0)]).toEqual([3_600, 86_400]);
  expect([nextReading("https://a.example/", 0.5), nextReading(null, 0.5)]).toEqual([3_780, 90_720]);
});

it("waits twice as long after each failure, up to a day", () => {
  const delays = [1, 2, 3, 6, 7, 8, 2_000].map((failures) => nextAttempt(failures, null, 0));
  expect(delays).toEqual([900, 1_800, 3_600, 28_800, 57_600, 86_400, 86_400]);
  expect(nextAttempt(1, null, 0.5)).toBe(945);
});

it("is never before the time the server asked for, which may be a day off", () => {
  expect(nextAttempt(1, 1_200, 0)).toBe(1_200);
  expect(nextAttempt(3, 1_200, 0)).toBe(3_600);
  expect(nextAttempt(1, 9_999_999, 0)).toBe(86_400);
});
