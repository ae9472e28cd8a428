import type { TaskResult } from "./run-tasks";
import { sum } from "./tally";

/** For each failure, repeated at the end; the output of its suite has all of it. */
const linesOfFailure = 25;

/** The last lines of the gate: the failures again, a line per task, and the sum, which is the last line. */
export function resultLines(results: readonly TaskResult[]): readonly string[] {
  const failures = results.flatMap(({ name, tally }) =>
    tally.failures.flatMap((failure) => {
      const lines = failure.message.split("\n").slice(0, linesOfFailure);
      return ["", `FAILED ${name}: ${failure.name}`, ...lines.map((line) => `  ${line}`)];
    }),
  );
  const tasks = results.map(({ name, tally, ms }) => {
    const counts = `${tally.passed} passed, ${tally.failed} failed`;
    return `${tally.failed === 0 ? "ok    " : "FAILED"} ${name.padEnd(8)} ${counts.padEnd(24)} ${Math.round(ms / 1_000)} s`;
  });
  const { passed, failed } = sum(results.map(({ tally }) => tally));
  return [...failures, "", ...tasks, "", `${passed} passed, ${failed} failed`];
}
