import type { Tally } from "./tally";

/** A part of the gate. */
export interface Task {
  readonly name: string;
  /** The task that has to pass before this one starts. */
  readonly needs?: string;
  readonly run: () => Promise<Tally>;
}

export interface TaskResult {
  readonly name: string;
  readonly tally: Tally;
  /** How long it ran. */
  readonly ms: number;
}

/**
 * Runs tasks, at most `concurrency` at a time, each time the first in the list that may start. A task whose `needs` failed
 * is not run and counts as one failure. Once `signal` aborts, no task is started.
 * @returns the results of the tasks that ran or could not run, in the order of the list
 */
export async function runTasks(
  tasks: readonly Task[],
  { concurrency, signal }: { readonly concurrency: number; readonly signal: AbortSignal },
): Promise<readonly TaskResult[]> {
  const results = new Map<string, TaskResult>();
  const waiting = [...tasks];
  const running = new Set<Promise<void>>();

  async function start(task: Task): Promise<void> {
    const since = performance.now();
    const needed = task.needs === undefined ? undefined : results.get(task.needs);
    const tally = (needed?.tally.failed ?? 0) > 0 ? notRun(task) : await runOrFail(task);
    results.set(task.name, { name: task.name, tally, ms: performance.now() - since });
  }

  while (!signal.aborted) {
    const ready = waiting.findIndex(({ needs }) => needs === undefined || results.has(needs));
    if (ready >= 0 && running.size < concurrency) {
      const run = start(waiting[ready]!).finally(() => running.delete(run));
      running.add(run);
      waiting.splice(ready, 1);
    } else if (running.size > 0) {
      await Promise.race(running);
    } else {
      if (waiting.length > 0) throw new Error(`No task can start: ${waiting.map(({ name }) => name).join(", ")}`);
      break;
    }
  }
  await Promise.all(running);
  return tasks.flatMap(({ name }) => results.get(name) ?? []);
}

function notRun({ name, needs = "" }: Task): Tally {
  return { passed: 0, failed: 1, failures: [{ name, message: `It was not run, because ${needs} failed.` }] };
}

async function runOrFail({ name, run }: Task): Promise<Tally> {
  try {
    return await run();
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failed: 1, failures: [{ name, message }] };
  }
}
