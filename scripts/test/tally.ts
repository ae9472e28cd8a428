import { stripVTControlCharacters } from "node:util";

/** A failed test and its message. */
export interface Failure {
  readonly name: string;
  readonly message: string;
}

/** The numbers of passed and failed tests. `failures` has the failed tests named in the report; a crash has none. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly failures: readonly Failure[];
}

/**
 * Reads the JSON report of Vitest or Playwright. A run that failed without a named failed test counts as one failure,
 * and so does one without tests: a suite that did not run proves nothing.
 * @param report null when none was written   @param exitCode of the run, null when a signal ended it
 */
export function tally(report: unknown, exitCode: number | null): Tally {
  const { passed, failed, failures: colored } = readReport(report);
  const failures = colored.map(({ name, message }) => ({ name, message: stripVTControlCharacters(message) }));
  if (failed > 0 || (exitCode === 0 && passed > 0)) return { passed, failed, failures };
  if (failures.length > 0) return { passed, failed: 1, failures };
  const end = exitCode === null ? "was ended by a signal" : `ended with exit code ${exitCode}`;
  const message = `It ${end} after ${passed} tests that passed and none that failed.`;
  return { passed, failed: 1, failures: [{ name: "the run itself", message }] };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

function readReport(report: unknown): Tally {
  if (isVitestReport(report)) {
    const { numPassedTests: passed, numFailedTests: failed, testResults = [] } = report;
    return { passed, failed, failures: testResults.flatMap(failuresOfFile) };
  }
  if (isPlaywrightReport(report)) {
    const { stats, suites = [], errors = [] } = report;
    const outside = errors.map(({ message = "" }) => ({ name: "outside of any test", message }));
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      failures: [...outside, ...suites.flatMap((suite) => failuresOfSuite(suite, []))],
    };
  }
  return { passed: 0, failed: 0, failures: [] };
}

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults?: readonly VitestFile[];
}

interface VitestFile {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly {
    readonly status: string;
    readonly fullName: string;
    readonly failureMessages?: readonly string[] | null;
  }[];
}

function isVitestReport(report: unknown): report is VitestReport {
  return typeof report === "object" && report !== null && "numPassedTests" in report && "numFailedTests" in report;
}

function failuresOfFile({ name, status, message, assertionResults }: VitestFile): Failure[] {
  const failed = assertionResults
    .filter((test) => test.status === "failed")
    .map(({ fullName, failureMessages }) => ({
      name: `${name} › ${fullName.trim()}`,
      message: (failureMessages ?? []).join("\n"),
    }));
  // A file that could not be read, or whose hook failed, has no failed test.
  return failed.length === 0 && status === "failed" ? [{ name, message }] : failed;
}

interface PlaywrightReport {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  readonly suites?: readonly PlaywrightSuite[];
  readonly errors?: readonly PlaywrightError[];
}

interface PlaywrightError {
  readonly message?: string;
}

interface PlaywrightSuite {
  readonly title: string;
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly results: readonly { readonly errors?: readonly PlaywrightError[] }[];
    }[];
  }[];
}

function isPlaywrightReport(report: unknown): report is PlaywrightReport {
  return typeof report === "object" && report !== null && "stats" in report && typeof report.stats === "object";
}

function failuresOfSuite({ title, suites = [], specs = [] }: PlaywrightSuite, above: readonly string[]): Failure[] {
  const path = [...above, title];
  const failed = specs
    .filter(({ ok }) => !ok)
    .map((spec) => {
      const errors = spec.tests.flatMap(({ results }) => results).flatMap((result) => result.errors ?? []);
      return {
        name: [...path, spec.title].join(" › "),
        message: errors.map(({ message = "" }) => message).join("\n"),
      };
    });
  return [...failed, ...suites.flatMap((suite) => failuresOfSuite(suite, path))];
}
