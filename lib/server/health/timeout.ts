/** Something took longer than anybody waits for it. */
export class TimeoutError extends Error {}

/**
 * Settles as `work` does, or rejects after so many ms; the work is then left to end by itself.
 * @param what for the message: "The answer"
 * @throws TimeoutError
 */
export function withTimeout<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new TimeoutError(`${what} took longer than ${ms} ms.`));
    }, ms);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
