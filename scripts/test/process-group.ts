import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { descendants, runningAmong } from "./process-table";

export interface GroupOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called with each line of its output, without the line break. */
  readonly onLine: (line: string) => void;
  /** How long processes may take to exit after they are interrupted. */
  readonly graceMs?: number;
}

/** How long output may still arrive after the program ended, when another process holds the pipe. */
const drainMs = 5_000;
/** How long a killed process may take to disappear. */
const killMs = 10_000;
const hasGroups = process.platform !== "win32";

/**
 * Runs a program with Node in its own process group, which a Ctrl-C reaches only through `signal`. When that aborts,
 * the group is interrupted; the program and all its descendants, in its group or not, are killed after `graceMs`.
 * @returns its exit code, null when a signal ended it
 */
export async function runGroup(
  args: readonly string[],
  { env, signal, onLine, graceMs = 20_000 }: GroupOptions,
): Promise<number | null> {
  const child = spawn(process.execPath, args, { env, detached: hasGroups, stdio: ["ignore", "pipe", "pipe"] });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on("line", onLine);
  const closed = once(child, "close");
  const exited = once(child, "exit") as Promise<[number | null]>;
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
    if (signal.aborted) resolve();
  });
  await Promise.race([exited, aborted]);
  if (signal.aborted) await interrupt(child, graceMs);
  const [code] = await exited;
  await Promise.race([closed, pause(drainMs, undefined, { ref: false })]);
  signalGroup(child, "SIGKILL");
  return code;
}

async function interrupt(child: ChildProcess, graceMs: number): Promise<void> {
  const pid = child.pid ?? 0;
  // Descendants in other groups are found through their parents, so this must run before any of these ends.
  const all = [pid, ...descendants(pid)];
  signalGroup(child, "SIGINT");
  await ended(all, graceMs);
  for (const survivor of runningAmong(all)) kill(survivor, "SIGKILL");
  await ended(all, killMs);
}

/** Waits until all of these processes have ended, or the time is over. */
async function ended(pids: readonly number[], withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (runningAmong(pids).length > 0 && performance.now() < deadline) await pause(50);
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid !== undefined) kill(hasGroups ? -child.pid : child.pid, signal);
}

/** @param pid a process, or as a negative number a group */
function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended.
  }
}
