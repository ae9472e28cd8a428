import { setTimeout as pause } from "node:timers/promises";

/** Every place at which a test can make a process fail. A test kills a process at each of them. */
export const faultPointNames = [
  "migration.locked",
  "migration.applied",
  "polls.merged",
  "polls.committed",
  "answer.kept",
  "trigger.queued",
  "import.received",
  "import.queued",
  "import.accepted",
  "import.claimed",
  "import.read",
  "import.merged",
  "import.settled",
  "import.committed",
  "import.undone",
  "report.claimed",
  "report.computed",
  "report.ended",
  "report.written",
  "report.saved",
  "snapshot.written",
  "webhook.claimed",
  "webhook.sent",
  "webhook.ended",
  "page.framed",
  "page.read",
] as const;
export type FaultPointName = (typeof faultPointNames)[number];

/**
 * `kill`: the process ends at once, `stop`: it stands still until it gets SIGCONT, `throw`: an error of ours,
 * `enospc`: the error of a full disk, `delay` and `spin`: so many ms pass, in which the event loop turns or does not,
 * `reject` and `uncaught`: beside the work a promise fails that nobody waits for, or an error is thrown.
 */
const actions = ["kill", "stop", "throw", "enospc", "delay", "spin", "reject", "uncaught"] as const;

export interface Fault {
  readonly point: FaultPointName;
  readonly action: (typeof actions)[number];
  /** At which passing of the point, from 1; null: at each. */
  readonly nth: number | null;
  readonly ms: number;
}

interface ArmedFault extends Fault {
  passed: number;
}

declare global {
  // The request handlers are bundled apart from the script that runs them, but they fail together.
  var storeMonitoringFaults: ArmedFault[] | undefined;
}

/**
 * Reads `point:action[:nth[:ms]]`, several of them separated by commas; `nth` may be `*`.
 * @throws {Error} naming what is not understood
 */
export function parseFaults(text: string): Fault[] {
  return text.split(",").map((one) => {
    const [name, what, nth = "*", ms = "0"] = one.split(":");
    const point = faultPointNames.find((known) => known === name);
    const action = actions.find((known) => known === what);
    if (point === undefined || action === undefined || !/^(\*|[1-9]\d*)$/.test(nth) || !/^\d+$/.test(ms)) {
      throw new Error(`${one} is not like point:action:nth:ms`);
    }
    return { point, action, nth: nth === "*" ? null : Number(nth), ms: Number(ms) };
  });
}

/** Makes this process fail at these points. For tests alone; without it, a fault point does nothing. */
export function armFaults(faults: readonly Fault[]): void {
  globalThis.storeMonitoringFaults = faults.map((fault) => ({ ...fault, passed: 0 }));
}

/** A place at which a test can make this process fail. */
export async function faultPoint(point: FaultPointName): Promise<void> {
  const here = (globalThis.storeMonitoringFaults ?? []).filter((fault) => fault.point === point);
  // Each is counted, also where one before it throws.
  for (const fault of here) fault.passed += 1;
  for (const fault of here) if (fault.nth === null || fault.nth === fault.passed) await fail(fault);
}

async function fail({ point, action, ms }: Fault): Promise<void> {
  const error = new Error(`A test made ${point} fail.`);
  switch (action) {
    case "kill":
      process.kill(process.pid, "SIGKILL");
      return new Promise(() => undefined);
    case "stop":
      process.kill(process.pid, "SIGSTOP");
      return;
    case "throw":
      throw error;
    case "enospc":
      throw Object.assign(error, { code: "53100" });
    case "delay":
      await pause(ms);
      return;
    case "spin":
      for (const end = performance.now() + ms; performance.now() < end;);
      return;
    case "reject":
      void Promise.reject(error);
      return;
    case "uncaught":
      setImmediate(() => {
        throw error;
      });
      return;
  }
}
