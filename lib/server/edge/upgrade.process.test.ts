import { once } from "node:events";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { makeLog } from "@/lib/server/log";
import { serve, type WebServer } from "@/lib/server/edge/web-server";

let server: WebServer;
let lines: Record<string, unknown>[];

beforeEach(async () => {
  lines = [];
  const log = makeLog("info", { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
  server = await serve(
    async (request, response) => {
      const body = await text(request);
      response.end(`<${request.method ?? ""} ${request.url ?? ""} ${body} ${request.headers.upgrade ?? "-"}>`);
    },
    { host: "127.0.0.1", port: 0, dev: false, reload: null, log, templateOf: () => "/x", admission: null },
  );
});
afterEach(() => server.drain());

/**
 * Sends the parts one after another, each after the response to the one before, and reads until the connection ends.
 */
async function exchange(...parts: string[]): Promise<string[]> {
  const socket = connect(server.port, "127.0.0.1");
  let received = "";
  socket.on("data", (chunk) => (received += chunk.toString()));
  for (const [i, part] of parts.entries()) {
    while (i > 0 && [...received.matchAll(/>/g)].length < i) await once(socket, "data");
    socket.write(part);
  }
  await once(socket, "end");
  return received.match(/<[^>]*>/g) ?? [];
}

const plain = "host: x\r\n";
const last = `GET /api/last HTTP/1.1\r\n${plain}connection: close\r\n\r\n`;

it.each([
  [
    "curl --http2",
    "connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n",
  ],
  [
    "a WebSocket",
    "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-key: YQ==\r\nsec-websocket-version: 13\r\n",
  ],
  ["TLS within HTTP", "connection: upgrade\r\nupgrade: TLS/1.2, HTTP/1.1\r\n"],
  ["two protocols on two lines", "connection: upgrade\r\nupgrade: h2c\r\nupgrade: websocket\r\n"],
])("responds to a request for %s as HTTP/1.1, and keeps its connection", async (_, asked) => {
  const head = `${plain}${asked}`;
  expect(await exchange(`GET /api/a HTTP/1.1\r\n${head}\r\n`, `GET /stores/8 HTTP/1.1\r\n${head}\r\n`, last)).toEqual([
    "<GET /api/a  ->",
    "<GET /stores/8  ->",
    "<GET /api/last  ->",
  ]);
  expect(lines).toMatchObject([
    { msg: "request", path: "/api/a", status: 200 },
    { msg: "request", path: "/stores/8", status: 200 },
    { msg: "request", path: "/api/last", status: 200 },
  ]);
});

const asked = `${plain}connection: upgrade\r\nupgrade: h2c\r\n`;

it("loses nothing that is sent after it in the same packet", async () => {
  const get = (path: string): string => `GET ${path} HTTP/1.1\r\n${asked}\r\n`;
  const answers = await exchange(`GET /api/plain HTTP/1.1\r\n${plain}\r\n${get("/api/a")}${get("/api/b")}${last}`);
  expect(answers).toEqual(["/api/plain", "/api/a", "/api/b", "/api/last"].map((path) => `<GET ${path}  ->`));
});

it.each([
  ["with a length", "content-length: 3\r\n\r\nabc"],
  ["in chunks", "transfer-encoding: chunked\r\n\r\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"],
])("accepts its body %s", async (_, body) => {
  const [answer] = await exchange(`POST /api/a HTTP/1.1\r\n${asked}${body}${last}`);
  expect(answer).toMatch(/^<POST \/api\/a abc /);
});

it("rejects what it would reject without the header", async () => {
  const socket = connect(server.port, "127.0.0.1");
  socket.write(`TRACE /api/a HTTP/1.1\r\n${plain}connection: upgrade, close\r\nupgrade: h2c\r\n\r\n`);
  expect(await text(socket)).toMatch(/^HTTP\/1.1 405 [\s\S]*"code":"method_not_allowed"/);
});
