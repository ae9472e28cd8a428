import { once } from "node:events";
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import { buffer, text } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { jsonWithETag } from "@/lib/server/http/conditional";
import { readBytes } from "@/lib/server/http/body-bytes";
import { handle, type RouteHandler } from "@/lib/server/http/handle";
import { clientAddressHeader } from "@/lib/server/http/client-address";
import { jsonResponse } from "@/lib/server/http/text-response";
import { makeLog } from "@/lib/server/log";
import type { ApiRoute } from "./api-routes";
import { directHandler } from "./direct-handler";
import { RouteTree } from "./route-tree";
import { serve, type WebServer } from "./web-server";

let server: WebServer;
let seen: { aborted: number; cancelled: number; pulled: number };
let failures: unknown[];

type Handlers = Parameters<typeof handle<Record<string, string>>>[1];
const route = (path: string, handlers: Handlers): readonly [string, ApiRoute] => [path, handle(null, handlers)];
const streamOf = (pull: UnderlyingSource<Uint8Array>["pull"]): Response => {
  const body = new ReadableStream<Uint8Array>({ pull, cancel: () => void (seen.cancelled += 1) }, { highWaterMark: 0 });
  return new Response(body, { headers: { "content-type": "text/csv" } });
};
const countBytes: RouteHandler<Record<string, string>> = async (sent) => {
  // Looking at the body reads nothing of it.
  if (sent.body === null) throw new Error("The request has no body.");
  return jsonResponse({ bytes: (await readBytes(sent)).byteLength });
};

const routes = new RouteTree<ApiRoute>([
  route("/api/short", { GET: () => jsonResponse({ a: 1 }, { headers: { "x-frame-options": "ALLOW" } }) }),
  route("/api/long", { GET: () => jsonResponse({ text: "x".repeat(5_000) }) }),
  route("/api/tagged", { GET: (sent) => jsonWithETag(sent, { text: "x".repeat(5_000) }) }),
  route("/api/cookies", {
    GET: () =>
      new Response(null, {
        status: 204,
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
        ],
      }),
  }),
  route("/api/count", { POST: countBytes }),
  route("/api/late", {
    POST: async (sent, context) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return countBytes(sent, context);
    },
  }),
  route("/api/unread", { POST: () => jsonResponse({}) }),
  route("/api/items/[item]", {
    GET: async (sent, { params }) => jsonResponse({ ...(await params), url: sent.url }),
  }),
  route("/api/address", { GET: (sent) => jsonResponse(sent.headers.get(clientAddressHeader)) }),
  route("/api/lines", {
    GET: () => {
      let lines = 0;
      return streamOf((controller) => {
        if (++lines > 3) controller.close();
        else controller.enqueue(Buffer.from(`line ${lines}\n`));
      });
    },
  }),
  route("/api/fails", { GET: () => streamOf(() => Promise.reject(new Error("first read"))) }),
  route("/api/endless", {
    GET: (_sent, { signal }) => {
      signal.addEventListener("abort", () => (seen.aborted += 1));
      return streamOf((controller) => {
        seen.pulled += 1;
        controller.enqueue(Buffer.alloc(64 * 1024, "x"));
      });
    },
  }),
]);

beforeEach(async () => {
  seen = { aborted: 0, cancelled: 0, pulled: 0 };
  failures = [];
  const log = makeLog("error", { write: (line) => void failures.push(JSON.parse(line)) });
  const handler = directHandler((_request, response) => Promise.resolve(void response.end("framework")), routes, "x:1");
  server = await serve(handler, {
    ...{ host: "127.0.0.1", port: 0, dev: false, reload: null, log, templateOf: () => "/x", admission: null },
  });
});
afterEach(() => server.drain());

async function send(path: string, options: RequestOptions = {}, body?: Uint8Array): Promise<IncomingMessage> {
  const headers = { connection: "close", ...(options.headers as Record<string, string> | undefined) };
  const outgoing = request({ host: "127.0.0.1", port: server.port, path, ...options, headers });
  outgoing.end(body);
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage];
  return incoming;
}

it("sends a text in one piece, and keeps the headers that the server has set", async () => {
  const incoming = await send("/api/short");
  expect(incoming.headers).toMatchObject({ "content-length": "7", "x-frame-options": "DENY" });
  expect(incoming.headers["transfer-encoding"]).toBeUndefined();
  expect(await text(incoming)).toBe('{"a":1}');
});

it("sends no body to HEAD", async () => {
  expect(await text(await send("/api/long", { method: "HEAD" }))).toBe("");
});

it("sends each cookie by itself", async () => {
  expect((await send("/api/cookies")).headers["set-cookie"]).toEqual(["a=1", "b=2"]);
});

it("compresses long texts and streams for those who accept it", async () => {
  const headers = { "accept-encoding": "gzip" };
  const long = await send("/api/long", { headers });
  expect(long.headers).toMatchObject({ "content-encoding": "gzip", vary: "Accept, Accept-Encoding" });
  expect(gunzipSync(await buffer(long)).length).toBe(5_011);
  const lines = await send("/api/lines", { headers });
  expect(gunzipSync(await buffer(lines)).toString()).toBe("line 1\nline 2\nline 3\n");
  expect((await send("/api/short", { headers })).headers["content-encoding"]).toBeUndefined();
  const plain = await send("/api/long");
  expect(plain.headers).toMatchObject({ vary: "Accept, Accept-Encoding", "content-length": "5011" });
});

it("gives a 304 the ETag and Vary of the response that it stands for", async () => {
  const { etag, vary } = (await send("/api/tagged")).headers;
  const unchanged = await send("/api/tagged", { headers: { "if-none-match": etag } });
  expect(unchanged.statusCode).toBe(304);
  expect(unchanged.headers).toMatchObject({ etag, vary });
  expect(vary).toBe("Accept, Accept-Encoding");
});

it.each([{}, { "transfer-encoding": "chunked" }])("reads bodies of any size with %j", async (headers) => {
  for (const size of [1, 70_000, 999_999]) {
    for (const path of ["/api/count", "/api/late"]) {
      const incoming = await send(path, { method: "POST", headers }, Buffer.alloc(size));
      expect([path, await text(incoming)]).toEqual([path, JSON.stringify({ bytes: size })]);
    }
  }
});

it("answers without reading the body", async () => {
  const incoming = await send("/api/unread", { method: "POST" }, Buffer.alloc(3_000_000));
  expect([incoming.statusCode, await text(incoming)]).toEqual([200, "{}"]);
});

it("decodes the variables of a path", async () => {
  const incoming = await send("/api/items/a%2Fb%20c?d=%31");
  expect(JSON.parse(await text(incoming))).toEqual({ item: "a/b c", url: "http://x:1/api/items/a%2Fb%20c?d=%31" });
});

it("shows handlers the address that the server has found, not one that the client sends", async () => {
  const incoming = await send("/api/address", { headers: { [clientAddressHeader]: "10.0.0.1" } });
  expect(await text(incoming)).toBe('"127.0.0.1"');
});

it("leaves all other addresses to the framework", async () => {
  expect(await text(await send("/stores"))).toBe("framework");
  expect(await text(await send("/metrics/x"))).toBe("framework");
});

it("closes the connection when a stream fails, even at its first read", async () => {
  await expect(send("/api/fails").then(text)).rejects.toThrow(/aborted|socket hang up/);
  await until(() => failures.length > 0);
  expect(failures).toMatchObject([{ err: { message: "first read" } }]);
});

it("reads a stream no faster than the client, and not after the client has gone", async () => {
  const incoming = await send("/api/endless");
  await once(incoming, "readable");
  let before = 0;
  await until(() => {
    const isStill = seen.pulled === before;
    before = seen.pulled;
    return isStill;
  });
  incoming.destroy();
  await until(() => seen.cancelled === 1 && seen.aborted === 1);
  expect(failures).toEqual([]);
});
