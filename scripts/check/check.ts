import type { Failure, Tally } from "@/scripts/test/tally";
import { type CheckStep, checkSteps, typegen } from "./steps";

export interface CheckOptions {
  readonly signal: AbortSignal;
  /** Shows a line. */
  readonly print: (line: string) => void;
  /** Maximum number that run at a time. */
  readonly concurrency: number;
}

/** Runs all checks and prints each when it ends, with the full output of failed ones. */
export async function runChecks({ signal, print, concurrency }: CheckOptions): Promise<Tally> {
  const failures: Failure[] = [];
  let passed = 0;
  const run = async (step: CheckStep) => {
    const since = performance.now();
    const { ok, output } = await step.run(signal);
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    print(`${ok ? "ok    " : "FAILED"} ${step.name.padEnd(12)} ${seconds} s`);
    if (ok) passed++;
    else {
      for (const line of output.split("\n")) print(line);
      failures.push({ name: step.name, message: output });
    }
  };
  await run(typegen);
  const queue = [...checkSteps];
  const runQueued = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) await run(step);
  };
  await Promise.all(Array.from({ length: concurrency }, runQueued));
  return { passed, failed: failures.length, failures };
}
