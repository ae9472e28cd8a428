/** How many tests passed and failed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Reads the JSON report of Vitest or Playwright. A run that failed without naming a failed test counts as one failure,
 * and so does one without tests: a suite that did not run proves nothing.
 * @param report null when none was written   @param exitCode of the run
 */
export function tally(report: unknown, exitCode: number | null): Tally {
  const { passed, failed } = countTests(report);
  return { passed, failed: failed === 0 && (exitCode !== 0 || passed === 0) ? 1 : failed };
}

function countTests(report: unknown): Tally {
  if (!report || typeof report !== "object") return { passed: 0, failed: 0 };
  if ("numPassedTests" in report && "numFailedTests" in report) {
    return { passed: Number(report.numPassedTests), failed: Number(report.numFailedTests) };
  }
  if (!("stats" in report) || !report.stats || typeof report.stats !== "object") return { passed: 0, failed: 0 };
  const { expected, unexpected, flaky } = report.stats as Readonly<Record<string, unknown>>;
  return { passed: Number(expected ?? 0), failed: Number(unexpected ?? 0) + Number(flaky ?? 0) };
}

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}
