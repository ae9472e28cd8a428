/** One thing that a worker keeps doing. @returns whether there is more to do at once */
export type BackgroundTask = () => Promise<boolean>;

/** Does something when at least `ms` have passed since it was last done; what failed is tried again at once. */
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
