import { readFileSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { isAlive } from "@/db/is-alive";

/** What a running postmaster writes into its data folder. */
export interface PostmasterPid {
  readonly pid: number;
  /** Null during startup. */
  readonly port: number | null;
}

/** Reads `postmaster.pid` of a data folder; null without one or when it is incomplete. */
export function readPostmasterPid(folder: string): PostmasterPid | null {
  let lines: string[];
  try {
    lines = readFileSync(join(folder, "postmaster.pid"), "utf8").split("\n");
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!Number.isInteger(pid) || pid <= 0) return null;
  return { pid, port: Number.isInteger(port) && port > 0 ? port : null };
}

/**
 * Ids of the Postgres processes that use a data folder: the postmaster and orphaned backends. Null when the system
 * cannot tell (no /proc).
 */
export function processesOf(folder: string): readonly number[] | null {
  if (process.platform !== "linux") return null;
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      if (!Number.isInteger(pid)) return false;
      try {
        const program = basename(readlinkSync(`/proc/${pid}/exe`)).replace(" (deleted)", "");
        return program === "postgres" && readlinkSync(`/proc/${pid}/cwd`) === folder;
      } catch {
        return false; // ended, or owned by another user
      }
    });
}

/**
 * Removes a `postmaster.pid` whose process id now belongs to another program, as happens after a crash in a container.
 * Postgres only checks that the id is alive, and would never start again.
 */
export function removeStalePid(folder: string): boolean {
  const found = readPostmasterPid(folder);
  if (!found || !isAlive(found.pid)) return false;
  if (processesOf(folder)?.length !== 0) return false;
  rmSync(join(folder, "postmaster.pid"), { force: true });
  return true;
}
