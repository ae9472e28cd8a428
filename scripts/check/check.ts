import { type CheckStep, checkSteps, typegen } from "./steps";

/**
 * Runs all checks, two at a time, and prints each when it ends, with the full output of those that fail.
 * @returns how many passed and failed
 */
export async function runChecks(): Promise<{ readonly passed: number; readonly failed: number }> {
  const results = [await runStep(typegen)];
  const queue = [...checkSteps];
  const lane = async () => {
    for (let step = queue.shift(); step; step = queue.shift()) results.push(await runStep(step));
  };
  await Promise.all([lane(), lane()]);
  return { passed: results.filter((ok) => ok).length, failed: results.filter((ok) => !ok).length };
}

async function runStep(step: CheckStep): Promise<boolean> {
  const since = performance.now();
  const { ok, output } = await step.run();
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  console.log(`${ok ? "ok    " : "FAILED"} ${step.name.padEnd(12)} ${seconds} s`);
  if (!ok) console.log(output);
  return ok;
}
