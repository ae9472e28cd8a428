/** One recurring task of a worker. @returns whether there is more to do at once */
export type BackgroundTask = () => Promise<boolean>;

/** Runs a task when at least `ms` have passed since its last success; after a failure it is retried at once. */
export function atMostEvery(ms: number, act: () => Promise<unknown>): BackgroundTask {
  let doneMs = -Infinity;
  return async () => {
    const nowMs = performance.now();
    if (nowMs - doneMs < ms) return false;
    await act();
    doneMs = nowMs;
    return false;
  };
}
