/** Something took longer than its timeout. */
export class TimeoutError extends Error {}

/**
 * Settles like `work`, or rejects after `ms`; the work itself is not stopped.
 * @param what for the message: "The response"
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
