import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isAlive } from "@/db/is-alive";

const lookMs = 200;

/**
 * Calls back when the npm that runs us has ended. A killed npm tells no one, and there may be a shell in between, which
 * lives on or dies without passing on a signal.
 */
export function onNpmExit(act: () => void): void {
  const parent = process.ppid;
  const above = parentOfShell(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (above === null || isAlive(above))) return;
    clearInterval(timer);
    act();
  }, lookMs);
  timer.unref();
}

function parentOfShell(pid: number): number | null {
  try {
    const [name = "", parent] =
      process.platform === "linux"
        ? (/\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.slice(1) ?? [])
        : execFileSync("ps", ["-o", "comm=,ppid=", "-p", String(pid)], { encoding: "utf8" })
            .trim()
            .split(/\s+(?=\d+$)/);
    return /(^|\/)(ba|da|a|z)?sh$/.test(name) ? Number(parent) : null;
  } catch {
    return null;
  }
}
