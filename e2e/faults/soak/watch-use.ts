import { setTimeout as pause } from "node:timers/promises";
import type { Replica } from "@/e2e/faults/harness/replicas";
import { slopePerMinute, useOf } from "@/e2e/faults/harness/process-use";

const everyMs = 10_000;
/** Time for a process to free memory, once told to. */
const freeingMs = 500;

/** What a process accumulated while it was watched. */
export interface Growth {
  readonly mbPerMinute: number;
  readonly handlesPerMinute: number;
  /** Memory in MB, and handles, at the start and at the end. */
  readonly mb: readonly [number, number];
  readonly handles: readonly [number, number];
}

/**
 * Measures every ten seconds what a process uses when it has freed what it can, from `afterMs` on until it is over.
 * @returns null when it was over before, or the system does not report a process's use
 */
export async function watchUse(
  { pid, signal }: Pick<Replica, "pid" | "signal">,
  afterMs: number,
  over: AbortSignal,
): Promise<Growth | null> {
  if (process.platform !== "linux") return null;
  const [mb, handles]: [number[], number[]] = [[], []];
  try {
    await pause(afterMs, undefined, { signal: over });
    for (;;) {
      signal("SIGUSR2");
      await pause(freeingMs, undefined, { signal: over });
      const use = useOf(pid);
      mb.push(use.rssMb);
      handles.push(use.handles);
      await pause(everyMs - freeingMs, undefined, { signal: over });
    }
  } catch (error) {
    if (!over.aborted) throw error;
  }
  const ends = (values: readonly number[]) => [values[0] ?? 0, values.at(-1) ?? 0] as const;
  if (mb.length < 2) return null;
  return {
    mbPerMinute: slopePerMinute(mb, everyMs),
    handlesPerMinute: slopePerMinute(handles, everyMs),
    mb: ends(mb),
    handles: ends(handles),
  };
}

/** Formatted for a figure. */
export function inText(growth: Growth | null | undefined): string {
  if (growth == null) return "not watched";
  const { mbPerMinute, handlesPerMinute, mb, handles } = growth;
  return (
    `${mb.map((one) => one.toFixed(0)).join(" → ")} MB (${mbPerMinute.toFixed(2)} MB/min), ` +
    `${handles.join(" → ")} handles (${handlesPerMinute.toFixed(2)}/min)`
  );
}
