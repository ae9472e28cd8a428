import { expect, it } from "vitest";
import { sum, tally } from "./tally";

it("counts the tests of both runners", () => {
  expect(tally({ numPassedTests: 41, numFailedTests: 2 }, 1)).toMatchObject({ passed: 41, failed: 2 });
  expect(tally({ stats: { expected: 7, unexpected: 1, flaky: 1, skipped: 3 } }, 1)).toMatchObject({
    passed: 7,
    failed: 2,
  });
});

it("counts a crash without a failed test as a failure", () => {
  expect(tally({ numPassedTests: 41, numFailedTests: 0 }, 1)).toMatchObject({ passed: 41, failed: 1 });
  expect(tally({ numPassedTests: 41, numFailedTests: 0 }, null)).toMatchObject({ passed: 41, failed: 1 });
  expect(tally(null, 0)).toMatchObject({ passed: 0, failed: 1 });
});

it("counts a suite without tests as a failure", () => {
  expect(tally({ numPassedTests: 0, numFailedTests: 0 }, 0)).toMatchObject({ passed: 0, failed: 1 });
});

it("says how a run without a failed test ended", () => {
  expect(tally(null, null).failures).toEqual([
    { name: "the run itself", message: expect.stringContaining("ended by a signal") as string },
  ]);
  expect(tally({ numPassedTests: 41, numFailedTests: 0 }, 3).failures[0]?.message).toContain("exit code 3");
});

it("names the tests of Vitest that failed, and files that could not be run", () => {
  const ofFile = (status: string, message = "") => ({ name: `/a/${status}.test.ts`, status, message });
  const report = {
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        ...ofFile("passed"),
        assertionResults: [{ status: "passed", fullName: "adds" }],
      },
      {
        ...ofFile("failed"),
        assertionResults: [
          { status: "passed", fullName: "adds" },
          { status: "failed", fullName: " subtracts", failureMessages: ["expected 1 to be 2"] },
        ],
      },
      { ...ofFile("failed", "Cannot find module"), assertionResults: [] },
    ],
  };
  expect(tally(report, 1).failures).toEqual([
    { name: "/a/failed.test.ts › subtracts", message: "expected 1 to be 2" },
    { name: "/a/failed.test.ts", message: "Cannot find module" },
  ]);
  // A file that could not be run is a failure although no test of it failed.
  expect(tally({ ...report, numFailedTests: 0, testResults: report.testResults.slice(2) }, 1)).toEqual({
    passed: 1,
    failed: 1,
    failures: [{ name: "/a/failed.test.ts", message: "Cannot find module" }],
  });
});

it("names the tests of Playwright that failed, with the groups around them, and errors outside of tests", () => {
  const spec = (title: string, ok: boolean, message?: string) => ({
    title,
    ok,
    tests: [{ results: [{ errors: message === undefined ? [] : [{ message }] }] }],
  });
  const report = {
    stats: { expected: 1, unexpected: 2, flaky: 0 },
    errors: [{ message: "no browser" }],
    suites: [
      {
        title: "a.spec.ts",
        specs: [spec("opens", true), spec("closes", false, "timeout")],
        suites: [{ title: "on a phone", specs: [spec("scrolls", false, "\u001b[31mtoo wide\u001b[39m")] }],
      },
    ],
  };
  expect(tally(report, 1).failures).toEqual([
    { name: "outside of any test", message: "no browser" },
    { name: "a.spec.ts › closes", message: "timeout" },
    { name: "a.spec.ts › on a phone › scrolls", message: "too wide" },
  ]);
});

it("adds them up", () => {
  const failures = [{ name: "a", message: "" }];
  expect(
    sum([
      { passed: 1, failed: 0, failures: [] },
      { passed: 2, failed: 3, failures },
    ]),
  ).toEqual({ passed: 3, failed: 3, failures });
});
