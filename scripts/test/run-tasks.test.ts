import { expect, it } from "vitest";
import { runTasks, type Task } from "./run-tasks";
import type { Tally } from "./tally";

const passed: Tally = { passed: 1, failed: 0, failures: [] };
const failed: Tally = { passed: 0, failed: 1, failures: [{ name: "a test", message: "no" }] };
const signal = new AbortController().signal;

/** Tasks that end when told to, and those started so far. */
function controlled(plan: readonly (readonly [name: string, needs?: string])[]) {
  const started: string[] = [];
  const enders = new Map<string, (tally: Tally) => void>();
  const tasks: readonly Task[] = plan.map(([name, needs]) => ({
    name,
    ...(needs === undefined ? {} : { needs }),
    run: () => {
      started.push(name);
      return new Promise((resolve) => enders.set(name, resolve));
    },
  }));
  const end = async (name: string, tally = passed) => {
    enders.get(name)?.(tally);
    // All consequences have happened when the queue of microtasks is empty.
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { tasks, started, end };
}

it("runs one task per lane at a time, and starts the first that may", async () => {
  const { tasks, started, end } = controlled([["build"], ["unit"], ["browser", "build"], ["db"], ["app", "build"]]);
  const all = runTasks(tasks, { concurrency: 2, signal });
  expect(started).toEqual(["build", "unit"]);
  await end("unit");
  expect(started).toEqual(["build", "unit", "db"]);
  await end("build");
  expect(started).toEqual(["build", "unit", "db", "browser"]);
  await end("db");
  await end("browser");
  await end("app");
  expect((await all).map(({ name }) => name)).toEqual(["build", "unit", "browser", "db", "app"]);
});

it("counts a task whose needs failed as a failure, and does not run it", async () => {
  const { tasks, started, end } = controlled([["build"], ["browser", "build"], ["unit"]]);
  const all = runTasks(tasks, { concurrency: 1, signal });
  await end("build", failed);
  await end("unit");
  expect(started).toEqual(["build", "unit"]);
  expect((await all)[1]?.tally).toEqual({
    passed: 0,
    failed: 1,
    failures: [{ name: "browser", message: "It was not run, because build failed." }],
  });
});

it("counts a task that throws as a failure and runs the others", async () => {
  const tasks: readonly Task[] = [
    { name: "checks", run: () => Promise.reject(new Error("no program")) },
    { name: "unit", run: () => Promise.resolve(passed) },
  ];
  const results = await runTasks(tasks, { concurrency: 1, signal });
  expect(results.map(({ tally }) => tally.failed)).toEqual([1, 0]);
  expect(results[0]?.tally.failures[0]?.message).toContain("no program");
});

it("starts nothing once it is aborted, and waits for what runs", async () => {
  const stop = new AbortController();
  const { tasks, started, end } = controlled([["build"], ["unit"]]);
  const all = runTasks(tasks, { concurrency: 1, signal: stop.signal });
  stop.abort();
  await end("build");
  expect((await all).map(({ name }) => name)).toEqual(["build"]);
  expect(started).toEqual(["build"]);
});

it("rejects tasks of which none can start", async () => {
  const { tasks } = controlled([
    ["a", "b"],
    ["b", "a"],
  ]);
  await expect(runTasks(tasks, { concurrency: 2, signal })).rejects.toThrow("a, b");
});
