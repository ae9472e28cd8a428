import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it, vi } from "vitest";
import { until } from "@/db/testing/holders";
import { makeLog } from "@/lib/server/log";
import { serve, type WebServer } from "./web-server";

const log = makeLog("silent", { write: () => undefined });
const head = "POST /api/x HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
const end = "0\r\n\r\n";
const chunk = (content: string): string => `${content.length.toString(16)}\r\n${content}\r\n`;

let server: WebServer | null = null;
afterEach(() => server?.drain());

async function started(handler: Parameters<typeof serve>[0]): Promise<WebServer> {
  const rules = { host: "127.0.0.1", port: 0, dev: false, reload: null, log, templateOf: () => "/x", admission: null };
  server = await serve(handler, rules);
  return server;
}

/** Reads bodies as they arrive, and reports for each how much arrived in how many pieces, or why it failed. */
function counting(): { readonly handler: Parameters<typeof serve>[0]; readonly pieces: () => number } {
  let all = 0;
  const handler: Parameters<typeof serve>[0] = async (request, response) => {
    let [pieces, bytes] = [0, 0];
    try {
      for await (const piece of request as AsyncIterable<Buffer>) {
        pieces += 1;
        all += 1;
        bytes += piece.length;
      }
      response.end(JSON.stringify({ pieces, bytes }));
    } catch (error) {
      response.writeHead(413).end(error instanceof Error && "code" in error ? String(error.code) : "");
    }
  };
  return { handler, pieces: () => all };
}

/** A connection that the server may close at any moment. */
function connected(port: number): Socket {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  return socket;
}

async function answered(socket: Socket): Promise<string> {
  let received = "";
  socket.on("data", (part) => (received += part.toString()));
  await until(() => /\r\n\r\n[\s\S]+/.test(received) || socket.closed, 60_000);
  return received;
}
const bodyOf = (answer: string): string => answer.slice(answer.indexOf("\r\n\r\n") + 4);

it("passes on 20,000 chunks of one byte in a few pieces", async () => {
  const { port } = await started(counting().handler);
  const socket = connected(port);
  socket.write(head + chunk("x").repeat(20_000) + end);
  const { pieces, bytes } = JSON.parse(bodyOf(await answered(socket))) as { pieces: number; bytes: number };
  expect(bytes).toBe(20_000);
  expect(pieces).toBeLessThan(50);
  socket.destroy();
});

it("reads the next request of a connection whose body filled the buffers", async () => {
  const { handler } = counting();
  // Like a handler that looks up the caller before it reads: by then all of the body has arrived.
  const { port } = await started(async (request, response) => {
    await until(() => request.complete, 10_000);
    await handler(request, response);
  });
  const socket = connected(port);
  const body = "x".repeat(40_000);
  const request = `POST /api/x HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  for (let round = 0; round < 3; round++) {
    socket.write(request);
    const { bytes } = JSON.parse(bodyOf(await answered(socket))) as { bytes: number };
    expect(bytes).toBe(body.length);
    socket.removeAllListeners("data");
  }
  socket.destroy();
});

it("accepts 200,000 chunks of a line each", async () => {
  const { port } = await started(counting().handler);
  const socket = connect(port, "127.0.0.1");
  const line = "8419537941919820732,active,2023-01-24 09:06:42.605777 UTC\r\n";
  socket.write(head + chunk(line).repeat(200_000) + end);
  const { pieces, bytes } = JSON.parse(bodyOf(await answered(socket))) as { pieces: number; bytes: number };
  expect(bytes).toBe(200_000 * line.length);
  expect(pieces).toBeLessThan(2_000);
  socket.destroy();
});

it.each([
  ["chunks of one byte", chunk("x")],
  ["chunks of four bytes", chunk("abcd")],
  ["bytes with long extensions", `1;${"e".repeat(100)}\r\nx\r\n`],
])("rejects a million %s before most of them were read", async (_, one) => {
  const { handler, pieces } = counting();
  const { port } = await started(handler);
  const socket = connected(port);
  socket.write(head + one.repeat(1_000_000) + end);
  expect(await answered(socket)).toMatch(/^HTTP\/1.1 413 [\s\S]*body_too_fragmented/);
  await until(() => socket.closed);
  expect(pieces()).toBeLessThan(100);
});

it("closes the connection of a rejected body that ended", async () => {
  const { port } = await started(counting().handler);
  const socket = connected(port);
  socket.write(head + chunk("x").repeat(40_000) + end);
  expect(await answered(socket)).toMatch(/^HTTP\/1.1 413 /);
  await until(() => socket.closed);
});

it("stops reading a body that no handler reads, and disconnects after its response when it continues in tiny chunks", async () => {
  const { port } = await started((_request, response) => {
    response.end("no");
    return Promise.resolve();
  });
  const socket = connected(port);
  socket.write(head + chunk("x").repeat(1_000_000));
  expect(bodyOf(await answered(socket))).toMatch(/^no|\r\nno/);
  await until(() => socket.closed);
});

it("gives others their turn between two reads of one connection", async () => {
  let turns = 0;
  let [atStart, atEnd] = [0, 0];
  const { port } = await started(async (request, response) => {
    atStart = turns;
    await text(request);
    atEnd = turns;
    response.end("ok");
  });
  let isOver = false;
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const socket = connected(port);
  // 2.9 MB: Node would read it in two chunks.
  socket.write(head + chunk("0123456789").repeat(200_000) + end);
  await answered(socket);
  isOver = true;
  // A read is 64 KiB, which hold 4,400 of these chunks.
  expect(atEnd - atStart).toBeGreaterThan(200_000 / 5_000);
  socket.destroy();
});

it("releases a body whose sender disconnected", async () => {
  let isClosed = false;
  const { port } = await started((request) => {
    request.once("close", () => (isClosed = true));
    request.resume();
    return Promise.resolve();
  });
  const socket = connected(port);
  socket.write(head + chunk("x").repeat(30_000));
  socket.resetAndDestroy();
  await until(() => isClosed);
});

it("responds to 5,000 pipelined requests one after another, with turns for others in between", async () => {
  let [begun, most, open, turns] = [0, 0, 0, 0];
  let [maxRead, readBefore] = [0, 0];
  const { port } = await started(async (request, response) => {
    // What was read before any request but the first started.
    maxRead = Math.max(maxRead, request.socket.bytesRead - readBefore);
    readBefore = request.socket.bytesRead;
    begun += 1;
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    response.end("ok");
  });
  let isOver = false;
  const turn = (): void => {
    turns += 1;
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  const socket = connected(port);
  socket.resume();
  socket.write("GET /api/x HTTP/1.1\r\nhost:x\r\n\r\n".repeat(5_000));
  await until(() => begun === 5_000, 60_000);
  isOver = true;
  expect(most).toBe(1);
  expect(maxRead).toBeLessThanOrEqual(65_536);
  expect(turns).toBeGreaterThan(5_000);
  socket.destroy();
});

it("drops the waiting requests of a connection that closes without an error for each", async () => {
  let [begun, ended] = [0, 0];
  let disconnect = (): void => undefined;
  const { port } = await started(async (_request, response) => {
    begun += 1;
    // While requests wait, the connection is not read. That it is closed shows when the server writes.
    await new Promise<void>((resolve) => (disconnect = resolve));
    const writing = setInterval(() => response.write("x"), 1);
    response.once("close", () => {
      clearInterval(writing);
      ended += 1;
    });
  });
  const socket = connected(port);
  socket.write("GET /api/x HTTP/1.1\r\nhost:x\r\n\r\n".repeat(1_000));
  await until(() => begun === 1);
  let errors = 0;
  // Node asks for the stack of each error that it destroys a request with.
  const prepare = vi.spyOn(Error, "prepareStackTrace").mockImplementation(({ message }) => {
    if (message === "aborted") errors += 1;
    return message;
  });
  socket.resetAndDestroy();
  disconnect();
  await until(() => ended === 1);
  prepare.mockRestore();
  expect(begun).toBe(1);
  // That of the request in progress.
  expect(errors).toBe(1);
});
