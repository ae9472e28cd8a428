import { expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { childEnv } from "@/lib/server/env";
import { runGroup } from "./process-group";
import { runningAmong } from "./process-table";

const env = childEnv({});
const notAborted = new AbortController().signal;

it("shows each line of the output and gives the exit code", async () => {
  const lines: string[] = [];
  const program = `console.log("one\\ntwo"); console.error("three"); process.exitCode = 3;`;
  const code = await runGroup(["-e", program], { env, signal: notAborted, onLine: (line) => lines.push(line) });
  expect(code).toBe(3);
  expect(lines.toSorted()).toEqual(["one", "three", "two"]);
});

/**
 * A program that starts a process in its group and one in another group, prints the ids of all three, and stays.
 * @param ends whether they end: those in the group by a signal, the other one when its parent ends
 */
function family(ends: boolean): string {
  const onSignal = `process.on("SIGINT", () => { ${ends ? "process.exit(0)" : ""} });`;
  const onOrphaned = ends ? `process.stdin.on("end", () => process.exit(0)).resume();` : "";
  const child = `${onSignal} ${onOrphaned} setInterval(() => undefined, 1000); console.log("up");`;
  return `
    const { spawn } = require("node:child_process");
    const start = (detached) =>
      spawn(process.execPath, ["-e", ${JSON.stringify(child)}], { detached, stdio: ["pipe", "pipe", "ignore"] });
    const children = [start(false), start(true)];
    ${onSignal}
    Promise.all(children.map((child) => new Promise((resolve) => child.stdout.once("data", resolve)))).then(() => {
      console.log([process.pid, ...children.map((child) => child.pid)].join(" "));
    });`;
}

it.each([
  ["that end when they are interrupted", true, 60_000],
  ["that ignore the interruption", false, 500],
])("leaves none of the processes of a program behind %s", async (_, ends, graceMs) => {
  const stop = new AbortController();
  let pids: number[] = [];
  const run = runGroup(["-e", family(ends)], {
    env,
    graceMs,
    signal: stop.signal,
    onLine: (line) => (pids = line.split(" ").map(Number)),
  });
  await until(() => pids.length === 3);
  expect(runningAmong(pids)).toEqual(pids);
  stop.abort();
  expect(await run).toBe(ends ? 0 : null);
  expect(runningAmong(pids)).toEqual([]);
});
