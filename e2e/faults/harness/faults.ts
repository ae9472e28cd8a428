import { setTimeout as pause } from "node:timers/promises";

/**
 * `kill`: the process ends at once, `stop`: it is suspended until SIGCONT, `throw`: an ordinary error, `enospc`: the
 * error of a full disk, `delay` and `spin`: the given ms pass, with the event loop running or blocked, `reject` and
 * `uncaught`: an unhandled rejection, or an uncaught exception.
 */
const actions = ["kill", "stop", "throw", "enospc", "delay", "spin", "reject", "uncaught"] as const;

export interface Fault {
  readonly point: string;
  readonly action: (typeof actions)[number];
  /** On which pass of the point, from 1; null: on each. */
  readonly nth: number | null;
  readonly ms: number;
}

/**
 * Parses `point:action[:nth[:ms]]`, several of them separated by commas; `nth` may be `*`.
 * @throws {Error} naming what is invalid
 */
export function parseFaults(text: string): Fault[] {
  return text.split(",").map((one) => {
    const [point = "", what, nth = "*", ms = "0"] = one.split(":");
    const action = actions.find((known) => known === what);
    if (!/^\w+\.\w+$/.test(point) || action === undefined || !/^(\*|[1-9]\d*)$/.test(nth) || !/^\d+$/.test(ms)) {
      throw new Error(`${one} is not like point:action:nth:ms`);
    }
    return { point, action, nth: nth === "*" ? null : Number(nth), ms: Number(ms) };
  });
}

/** Makes this process fail at these points. */
export function armFaults(faults: readonly Fault[]): void {
  const armed = faults.map((fault) => ({ ...fault, passed: 0 }));
  globalThis.storeMonitoringFaultHook = async (point) => {
    const here = armed.filter((fault) => fault.point === point);
    // Each is counted, even when one before it throws.
    for (const fault of here) fault.passed += 1;
    for (const fault of here) if (fault.nth === null || fault.nth === fault.passed) await fail(fault);
  };
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
