import { AppError } from "@/lib/server/errors";

/** Without a byte for so long, whoever sends is taken to have gone. */
const idleMs = 60_000;

/** The next chunk. @throws AppError incomplete_upload, request_timeout */
async function nextChunk(reader: ReadableStreamDefaultReader<Uint8Array>, received: number) {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new AppError("request_timeout", `No byte came for ${idleMs / 1_000} seconds.`));
    }, idleMs);
  });
  try {
    return await Promise.race([reader.read(), idle]);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const reason = `The connection was lost after ${received} bytes. Nothing was kept; send them again.`;
    throw new AppError("incomplete_upload", reason, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * The bytes of a request's body as they come. Whoever stops early leaves the rest of it to the server, which discards
 * it: a body that is cancelled stops its connection for good, with the next request in it.
 * @throws AppError incomplete_upload, request_timeout (a minute without a byte)
 */
export async function* bodyChunks({ body }: Request): AsyncGenerator<Uint8Array, undefined> {
  if (body === null) return undefined;
  const reader = body.getReader();
  let received = 0;
  try {
    for (;;) {
      const { done, value } = await nextChunk(reader, received);
      if (done) return undefined;
      received += value.byteLength;
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}
