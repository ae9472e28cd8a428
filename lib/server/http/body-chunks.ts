import { AppError } from "@/lib/server/errors";
import type { ApiRequest } from "./api-request";

/** The longest pause between two chunks, in ms. After it the sender is considered gone. */
const idleMs = 60_000;

/** The connection is closed with the response, because the rest of the body would precede its next request. */
function tooSlow(detail: string): AppError {
  return new AppError("request_timeout", detail, { headers: { connection: "close" } });
}

/** How long something may take to arrive, in ms, and the error after that. */
interface ArrivalLimit {
  readonly ms: number;
  readonly late: () => AppError;
}

const withinLimit = (withinMs: number): ArrivalLimit => ({
  ms: Math.max(0, withinMs),
  late: () => tooSlow(`The body did not arrive within ${withinMs / 1_000} seconds. Send it in one go.`),
});

/** What `read` reads of a body. @throws AppError incomplete_upload, body_too_fragmented; and `late()` */
async function arriving<T>(read: Promise<T>, { ms, late }: ArrivalLimit, received: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(late());
    }, ms);
  });
  try {
    return await Promise.race([read, limit]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Thrown by our own server, whose classes are other copies than those of handlers that the framework bundles.
    if (error instanceof Error && "code" in error && error.code === "body_too_fragmented") {
      throw new AppError("body_too_fragmented", error.message);
    }
    const place = received === 0 ? "before all of the body arrived" : `after ${received} bytes`;
    const reason = `The connection was lost ${place}. Nothing was kept; send it again.`;
    throw new AppError("incomplete_upload", reason, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The whole body of a request that declares its length, which the server checks.
 * @param withinMs ms in which all of it must arrive
 * @throws AppError incomplete_upload, request_timeout
 */
export async function wholeBody(request: Pick<ApiRequest, "arrayBuffer">, withinMs: number): Promise<Uint8Array> {
  return new Uint8Array(await arriving(request.arrayBuffer(), withinLimit(withinMs), 0));
}

/**
 * The bytes of a request's body as they arrive. A reader that stops early leaves the rest to the server, which discards
 * it. Cancelling the body would block its connection for good, including the next request on it.
 * @param withinMs ms in which all of it must arrive, from the first read; Infinity: only pauses are limited
 * @throws AppError incomplete_upload, request_timeout (a minute without a byte, or not complete within `withinMs`)
 */
export async function* bodyChunks(
  { body }: Pick<ApiRequest, "body">,
  withinMs: number = Infinity,
): AsyncGenerator<Uint8Array, undefined> {
  if (body === null) return undefined;
  const reader = body.getReader();
  const deadline = performance.now() + withinMs;
  let received = 0;
  try {
    for (;;) {
      const remainingMs = deadline - performance.now();
      const idle = { ms: idleMs, late: () => tooSlow(`No data arrived for ${idleMs / 1_000} seconds.`) };
      const limit = remainingMs < idleMs ? { ...withinLimit(withinMs), ms: Math.max(0, remainingMs) } : idle;
      const { done, value } = await arriving(reader.read(), limit, received);
      if (done) return undefined;
      received += value.byteLength;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
