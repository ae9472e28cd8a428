import { expect, it } from "vitest";
import { sum, tally } from "./tally";

it("counts the tests of both runners", () => {
  expect(tally({ numPassedTests: 41, numFailedTests: 2 }, 1)).toEqual({ passed: 41, failed: 2 });
  expect(tally({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 3 } }, 1)).toEqual({ passed: 7, failed: 2 });
});

it("counts a crash without a failed test as a failure", () => {
  expect(tally({ numPassedTests: 41, numFailedTests: 0 }, 1)).toEqual({ passed: 41, failed: 1 });
  expect(tally({ numPassedTests: 41, numFailedTests: 0 }, null)).toEqual({ passed: 41, failed: 1 });
  expect(tally(null, 0)).toEqual({ passed: 0, failed: 1 });
});

it("counts a suite without tests as a failure", () => {
  expect(tally({ numPassedTests: 0, numFailedTests: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
});

it("adds them up", () => {
  expect(
    sum([
      { passed: 1, failed: 0 },
      { passed: 2, failed: 3 },
    ]),
  ).toEqual({ passed: 3, failed: 3 });
});
