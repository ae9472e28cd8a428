import { readdirSync, readFileSync } from "node:fs";

/** Resources of a process. */
export interface ProcessUse {
  /** Current memory in MB (of 10^6 bytes), own or shared. */
  readonly rssMb: number;
  /** The peak. */
  readonly peakMb: number;
  /** Open files, sockets and pipes. */
  readonly handles: number;
}

/** Node's arguments for a process that frees all memory that it can at SIGUSR2. */
export const collecting = ["--expose-gc", "--import", "./e2e/faults/harness/collect-on-signal.mjs"] as const;

/** Of a process of this machine. @throws {Error} when it has ended, or the system has no /proc */
export function useOf(pid: number): ProcessUse {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mb = (name: string): number =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1_024) / 1e6;
  return { rssMb: mb("VmRSS"), peakMb: mb("VmHWM"), handles: readdirSync(`/proc/${pid}/fd`).length };
}

/** Growth of `values` per minute, by linear regression. @param everyMs from one to the next */
export function slopePerMinute(values: readonly number[], everyMs: number): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [along, square] = [0, 0];
  for (const [i, value] of values.entries()) {
    along += (i - middle) * (value - mean);
    square += (i - middle) ** 2;
  }
  return square === 0 ? 0 : (along / square) * (60_000 / everyMs);
}
