import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { resultLines } from "./test/result-lines";
import { runTasks } from "./test/run-tasks";
import { gateTasks } from "./test/suites";

/** A suite keeps about one core busy. More than four at a time would only wait for the longest. */
const concurrency = Math.min(availableParallelism(), 4);

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    stop.abort(signal);
  });
}

const reports = mkdtempSync(join(tmpdir(), "store-monitoring-results-"));
const show = (task: string, line: string) => {
  console.log(`${task.padEnd(7)} | ${line}`);
};
try {
  const tasks = gateTasks({ reports, signal: stop.signal, show });
  const results = await runTasks(tasks, { concurrency, signal: stop.signal });
  if (stop.signal.aborted) {
    console.log(`\nstopped by ${String(stop.signal.reason)}`);
    process.exitCode = stop.signal.reason === "SIGINT" ? 130 : 143;
  } else {
    console.log(resultLines(results).join("\n"));
    process.exitCode = results.every(({ tally }) => tally.failed === 0) ? 0 : 1;
  }
} finally {
  rmSync(reports, { recursive: true, force: true });
}
process.exit();
