import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readBytes } from "./body-bytes";
import { bodyChunks } from "./body-chunks";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A request whose body sends one byte every `ms`, without end. */
function dripping(everyMs: number): Request {
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) =>
      new Promise((resolve) => {
        setTimeout(() => {
          controller.enqueue(new Uint8Array([32]));
          resolve();
        }, everyMs);
      }),
  });
  return new Request("http://127.0.0.1/", { method: "POST", body, duplex: "half" } as RequestInit);
}

async function failureOf(reading: Promise<unknown>, ms: number): Promise<unknown> {
  const failed = reading.then(
    () => "arrived",
    (error: unknown) => error,
  );
  await vi.advanceTimersByTimeAsync(ms);
  return Promise.race([failed, Promise.resolve("still reading")]);
}

it("gives a small body 30 s to arrive, however steadily its bytes arrive, and closes the connection", async () => {
  const timeout = { code: "request_timeout", options: { headers: { connection: "close" } } };
  expect(await failureOf(readBytes(dripping(1_000)), 29_900)).toBe("still reading");
  expect(await failureOf(readBytes(dripping(1_000)), 30_100)).toMatchObject(timeout);
  expect(await failureOf(readBytes(dripping(3_600_000)), 30_100)).toMatchObject(timeout);
});

async function readAll(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let size = 0;
  for await (const chunk of chunks) size += chunk.byteLength;
  return size;
}

it("gives a file as long as it needs, while its pauses are shorter than a minute", async () => {
  expect(await failureOf(readAll(bodyChunks(dripping(50_000))), 600_000)).toBe("still reading");
  expect(await failureOf(readAll(bodyChunks(dripping(61_000))), 60_100)).toMatchObject({ code: "request_timeout" });
});
