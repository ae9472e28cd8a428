import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { FileFault } from "./file-fault";
import { looksLikeGzip } from "./file-signature";

export interface FileLimits {
  /** Maximum size of the file as received, in bytes. */
  readonly bytes: number;
  /** Maximum inflated size in bytes. */
  readonly inflatedBytes: number;
  /** Maximum inflated bytes per byte of gzip, after the first inflated megabyte. */
  readonly inflatedRatio: number;
}

export const defaultFileLimits: FileLimits = { bytes: 2 ** 34, inflatedBytes: 2 ** 32, inflatedRatio: 100 };

/** Counts the bytes read of the file as received. */
export interface BytesRead {
  bytes: number;
}

/**
 * The bytes of a file, inflated when it is gzip; members are concatenated (RFC 1952).
 * @throws FileFault `file_too_large`, `inflated_too_large`, `corrupt_gzip`
 */
export async function* fileBytes(
  source: AsyncIterable<Uint8Array>,
  limits: FileLimits,
  read: BytesRead,
): AsyncGenerator<Uint8Array> {
  const chunks = counted(source, limits, read);
  try {
    // The signature may be split between two chunks.
    let head = new Uint8Array(0);
    while (head.length < 2) {
      const next = await chunks.next();
      if (next.done === true) break;
      head = head.length === 0 ? new Uint8Array(next.value) : Buffer.concat([head, next.value]);
    }
    const whole = startingWith(head, chunks);
    yield* looksLikeGzip(head) ? inflated(whole, limits, read) : whole;
  } finally {
    await chunks.return(undefined);
  }
}

async function* counted(
  source: AsyncIterable<Uint8Array>,
  limits: FileLimits,
  read: BytesRead,
): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of source) {
    read.bytes += chunk.length;
    if (read.bytes > limits.bytes) {
      throw new FileFault("file_too_large", `The file is larger than ${limits.bytes.toString()} bytes; split it.`);
    }
    yield chunk;
  }
  return undefined;
}

async function* startingWith(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* inflated(
  source: AsyncIterable<Uint8Array>,
  limits: FileLimits,
  read: BytesRead,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  const compressed = Readable.from(source, { objectMode: false });
  compressed.on("error", (error) => gunzip.destroy(error));
  compressed.pipe(gunzip);
  let bytes = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > limits.inflatedBytes || (bytes > 2 ** 20 && bytes > read.bytes * limits.inflatedRatio)) {
        throw new FileFault(
          "inflated_too_large",
          `The file inflates to more than ${limits.inflatedBytes.toString()} bytes, or more than ` +
            `${limits.inflatedRatio.toString()} times its size; send it uncompressed.`,
        );
      }
      yield chunk;
    }
    // NUL bytes after its end are ignored, although they are not gzip.
    if (gunzip.bytesWritten !== read.bytes) {
      throw new FileFault("corrupt_gzip", "There is other data after the end of the gzip file.");
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_")) {
      throw new FileFault(
        "corrupt_gzip",
        "The gzip file is damaged, truncated, or continues after its end; nothing of it was kept.",
        {
          cause: error,
        },
      );
    }
    throw error;
  } finally {
    compressed.destroy();
    gunzip.destroy();
  }
}
