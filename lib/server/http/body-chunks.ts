import { AppError } from "@/lib/server/errors";

/** The longest pause between two chunks, in ms. After it the sender is considered gone. */
const idleMs = 60_000;

/** The connection is closed with the response, because the rest of the body would precede its next request. */
function tooSlow(detail: string): AppError {
  return new AppError("request_timeout", detail, { headers: { connection: "close" } });
}

/** The next chunk. @throws AppError incomplete_upload, body_too_fragmented; and `late()` after `timeoutMs` */
async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  received: number,
  timeoutMs: number,
  late: () => AppError,
) {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(late());
    }, timeoutMs);
  });
  try {
    return await Promise.race([reader.read(), limit]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // Thrown by our own server, which runs other copies of our classes than the bundled handlers.
    if (error instanceof Error && "code" in error && error.code === "body_too_fragmented") {
      throw new AppError("body_too_fragmented", error.message);
    }
    const reason = `The connection was lost after ${received} bytes. Nothing was kept; send them again.`;
    throw new AppError("incomplete_upload", reason, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The bytes of a request's body as they arrive. A reader that stops early leaves the rest to the server, which discards
 * it. Cancelling the body would block its connection for good, including the next request on it.
 * @param withinMs ms in which all of it must arrive, from the first read; Infinity: only pauses are limited
 * @throws AppError incomplete_upload, request_timeout (a minute without a byte, or not complete within `withinMs`)
 */
export async function* bodyChunks(
  { body }: Pick<Request, "body">,
  withinMs: number = Infinity,
): AsyncGenerator<Uint8Array, undefined> {
  if (body === null) return undefined;
  const reader = body.getReader();
  const deadline = performance.now() + withinMs;
  let received = 0;
  try {
    for (;;) {
      const remainingMs = deadline - performance.now();
      const { done, value } =
        remainingMs < idleMs
          ? await nextChunk(reader, received, Math.max(0, remainingMs), () =>
              tooSlow(`The body did not arrive within ${withinMs / 1_000} seconds. Send it in one go.`),
            )
          : await nextChunk(reader, received, idleMs, () => tooSlow(`No data arrived for ${idleMs / 1_000} seconds.`));
      if (done) return undefined;
      received += value.byteLength;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
