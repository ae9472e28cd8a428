import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** Parents of the running processes, by process id; empty on a system whose process table cannot be read. */
function parents(): ReadonlyMap<number, number> {
  return process.platform === "linux" ? parentsByProc() : parentsByPs();
}

function parentsByProc(): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // The name of the program, in parentheses, may contain anything.
      const [state = "", parent = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state !== "Z") found.set(Number(name), Number(parent));
    } catch {
      // It has ended since.
    }
  }
  return found;
}

function parentsByPs(): ReadonlyMap<number, number> {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,stat="], { encoding: "utf8" });
  const rows = ((stdout as string | null) ?? "").split("\n").map((line) => line.trim().split(/\s+/));
  return new Map(
    rows.flatMap(([pid, parent, state = "Z"]) => (state.startsWith("Z") ? [] : [[Number(pid), Number(parent)]])),
  );
}

/** A process's descendants. */
export function descendants(pid: number): readonly number[] {
  const table = parents();
  const found = [pid];
  for (const parent of found) {
    for (const [child, itsParent] of table) if (itsParent === parent && !found.includes(child)) found.push(child);
  }
  return found.slice(1);
}

export function runningAmong(pids: readonly number[]): readonly number[] {
  const table = parents();
  return pids.filter((pid) => table.has(pid));
}
