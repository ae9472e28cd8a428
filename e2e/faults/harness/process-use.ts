import { readdirSync, readFileSync } from "node:fs";

/** What a process holds of the machine. */
export interface ProcessUse {
  /** Memory in MB (of 10^6 bytes) that is its own or shared, now. */
  readonly rssMb: number;
  /** The most that was ever. */
  readonly peakMb: number;
  /** Open files, sockets and pipes. */
  readonly handles: number;
}

/** Node's arguments for a process that frees all memory that it can at SIGUSR2. */
export const collecting = ["--expose-gc", "--import", "./e2e/faults/harness/collect-on-signal.mjs"] as const;

/** Of a process of this machine. @throws {Error} where it is gone, or the system has no /proc */
export function useOf(pid: number): ProcessUse {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const mb = (name: string): number =>
    (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1_024) / 1e6;
  return { rssMb: mb("VmRSS"), peakMb: mb("VmHWM"), handles: readdirSync(`/proc/${pid}/fd`).length };
}

/** How much `values` grow in a minute, by the line that fits them best. @param everyMs from one to the next */
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
