import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { noFreeConnection } from "@/db/connection-errors";
import { makeLog } from "@/lib/server/log";
import { LostJob, runLeased, type LeasedJob } from "./run-leased";

const log = makeLog("silent", { write: () => undefined });

function failing(code: string): Error {
  return Object.assign(new Error(`failed with ${code}`), { code });
}

/** Runs a job whose work is `work`. @returns the calls it caused, in order, and what was thrown */
async function run(
  work: LeasedJob["work"],
  { stop = new AbortController().signal, ...changes }: Partial<LeasedJob> & { readonly stop?: AbortSignal } = {},
) {
  const done: string[] = [];
  const job: LeasedJob = {
    name: "report",
    logged: {},
    heartbeat: null,
    work,
    canRetry: true,
    returnToQueue: (counts) =>
      Promise.resolve(done.push(counts ? "returned after a failure" : "returned to the queue")),
    fail: ({ code }) => Promise.resolve(done.push(`failed: ${code}`) > 0),
    ...changes,
  };
  const thrown = await runLeased({ log, stop }, job).then(
    () => null,
    (error: unknown) => error,
  );
  return { done, thrown };
}

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(failing("ABORTED"));
    });
  });

describe("a job", () => {
  it("that was done is left alone", async () => {
    expect(await run(() => Promise.resolve())).toEqual({ done: [], thrown: null });
  });

  it("is returned to the queue, without counting, when the worker is told to stop", async () => {
    const stop = new AbortController();
    const ended = run(untilAborted, { stop: stop.signal, canRetry: false });
    stop.abort();
    expect(await ended).toEqual({ done: ["returned to the queue"], thrown: null });
  });

  it("that finds its claim gone is dropped", async () => {
    expect(await run(() => Promise.reject(new LostJob()))).toEqual({ done: [], thrown: null });
  });

  it("is returned to the queue when no connection was free, and the worker waits", async () => {
    const error = noFreeConnection();
    expect(await run(() => Promise.reject(error), { canRetry: false })).toEqual({
      done: ["returned to the queue"],
      thrown: error,
    });
  });

  it("returns to its queue after a conflict with another transaction", async () => {
    const { done, thrown } = await run(() => Promise.reject(failing("40P01")));
    expect({ done, thrown }).toEqual({ done: ["returned after a failure"], thrown: null });
  });

  it("returns to its queue when the database is away, and the worker waits", async () => {
    const error = failing("ECONNREFUSED");
    const { done, thrown } = await run(() => Promise.reject(error));
    expect({ done, thrown }).toEqual({ done: ["returned after a failure"], thrown: error });
  });

  it.each([
    ["40001", "internal"],
    ["53100", "disk_full"],
    ["57014", "timeout"],
    ["22P02", "internal"],
  ])("that may not be tried again fails: %s is %s", async (code, failure) => {
    const { done, thrown } = await run(() => Promise.reject(failing(code)), { canRetry: false });
    expect({ done, thrown }).toEqual({ done: [`failed: ${failure}`], thrown: null });
  });
});

describe("the heartbeat", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("goes on while it fails, and ends the work when the claim is gone", async () => {
    const beat = vi
      .fn<() => Promise<boolean>>()
      .mockResolvedValueOnce(true)
      .mockRejectedValueOnce(failing("ECONNRESET"))
      .mockResolvedValue(false);
    const ended = run(untilAborted, { heartbeat: { everySeconds: 10, beat } });
    await vi.advanceTimersByTimeAsync(29_999);
    expect(beat).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(await ended).toEqual({ done: [], thrown: null });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(beat).toHaveBeenCalledTimes(3);
  });

  it("stops before the job returns to its queue", async () => {
    const beat = vi.fn(() => Promise.resolve(true));
    const heartbeat = { everySeconds: 1, beat };
    const returnToQueue = async (): Promise<void> => {
      await vi.advanceTimersByTimeAsync(5_000);
    };
    await run(() => Promise.reject(failing("40001")), { heartbeat, returnToQueue });
    expect(beat).not.toHaveBeenCalled();
  });
});
