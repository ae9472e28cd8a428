import { readFileSync } from "node:fs";

/** The most memory that a process has held since it began, in MB; null where the system does not say (it is no Linux). */
export function peakMemoryMb(pid: number): number | null {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
  } catch {
    return null;
  }
}
