import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Agent, type IncomingMessage, request, type Server } from "node:http";
import { afterEach, beforeEach, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import { makeLog } from "@/lib/server/log";
import { metrics } from "@/lib/server/metrics/metrics";
import { makeRouteTemplates } from "./route-template";
import { serve, type WebServer } from "./web-server";

let lines: Record<string, unknown>[];
let text: string;
let server: WebServer;
let origin: string;

beforeEach(async () => {
  text = "";
  lines = [];
  metrics().registry.resetMetrics();
  const log = makeLog("info", {
    write: (line) => {
      text += line;
      lines.push(JSON.parse(line) as Record<string, unknown>);
    },
  });
  const templateOf = makeRouteTemplates(["/stores/[storeId]", "/api/livez"]);
  server = await serve(
    (request, response) => {
      if (request.url?.startsWith("/throws")) throw new Error("failed at postgresql://monitor:hunter2@db/x");
      response.end(request.headers["x-request-id"]);
      return Promise.resolve();
    },
    { host: "127.0.0.1", port: 0, dev: false, reload: null, log, templateOf, admission: null },
  );
  origin = `http://127.0.0.1:${server.port}`;
});
afterEach(() => server.drain());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => {
  return fetch(origin + path, { headers: { connection: "close", ...headers } });
};

it("accepts a safe id, creates one otherwise, and gives it to handler, caller and log alike", async () => {
  const trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const taken = await get("/stores/74", { "x-request-id": "theirs-1", traceparent: trace });
  expect([taken.headers.get("x-request-id"), await taken.text()]).toEqual(["theirs-1", "theirs-1"]);
  expect(taken.headers.get("traceparent")).toBe(trace);
  const made = await get("/stores/74", { "x-request-id": "no spaces", traceparent: "00-zz-1-01" });
  const id = made.headers.get("x-request-id");
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(await made.text()).toBe(id);
  expect(made.headers.get("traceparent")).toBeNull();
  expect(lines).toMatchObject([
    { requestId: "theirs-1", traceId: "4bf92f3577b34da6a3ce929d0e0e4736", route: "/stores/{storeId}", status: 200 },
    { requestId: id },
  ]);
  expect(lines[1]).not.toHaveProperty("traceId");
});

it("logs one line per request, except for frequent health checks", async () => {
  await get("/stores/74?window=week");
  await get("/api/livez");
  await get("/_next/static/a.js");
  await get("/%FF");
  const { status } = await get("/throws");
  expect(status).toBe(500);
  expect(lines.filter(({ msg }) => msg === "request").map(({ path, status }) => [path, status])).toEqual([
    ["/stores/74", 200],
    ["/%FF", 400],
    ["/throws", 500],
  ]);
});

it("logs no secret, wherever a caller puts it", async () => {
  const secret = "hunter2";
  await get(`/stores/74?token=${secret}`, {
    authorization: `Bearer ${secret}`,
    cookie: `session=${secret}`,
    "x-api-key": secret,
    "idempotency-key": secret,
  });
  await get(`/throws?password=${secret}`);
  await fetch(`${origin}/stores/74`, { method: "POST", body: secret, headers: { connection: "close" } });
  expect(lines.length).toBeGreaterThanOrEqual(4);
  expect(text).not.toContain(secret);
});

it("observes durations by template, method and status, never by id", async () => {
  await get("/stores/74");
  await get("/stores/75");
  await get("/nowhere/75");
  const written = await metrics().registry.metrics();
  const counts = [...written.matchAll(/^http_request_duration_seconds_count\{(.*)\} (\d+)$/gm)];
  expect(counts.map(([, labels, count]) => `${labels} ${count}`)).toEqual([
    'route="/stores/{storeId}",method="GET",status="200" 2',
    'route="other",method="GET",status="200" 1',
  ]);
});

it("records of a client that disconnected before the response that it did", async () => {
  const leave = new AbortController();
  const slow = await serve(() => new Promise(() => leave.abort()), {
    host: "127.0.0.1",
    port: 0,
    dev: false,
    reload: null,
    log: makeLog("info", { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) }),
    templateOf: () => "/slow",
    admission: null,
  });
  await expect(fetch(`http://127.0.0.1:${slow.port}/`, { signal: leave.signal })).rejects.toThrow();
  await until(() => lines.length > 0);
  await slow.drain();
  expect(lines).toMatchObject([{ msg: "request", status: 499, aborted: true }]);
});

it("gives headers a minute, bodies as long as they need, and keeps connections longer than proxies do", async () => {
  const servers: Server[] = [];
  const see = (message: unknown): void => void servers.push((message as { readonly server: Server }).server);
  subscribe("http.server.request.start", see);
  await get("/stores/74");
  unsubscribe("http.server.request.start", see);
  const timeouts = servers.map(({ headersTimeout, requestTimeout, keepAliveTimeout }) => {
    return { headersTimeout, requestTimeout, keepAliveTimeout };
  });
  expect(timeouts).toEqual([{ headersTimeout: 60_000, requestTimeout: 0, keepAliveTimeout: 65_000 }]);
});

it("exits when its last response is sent, although clients keep their connections for more", async () => {
  const connection = new Agent({ keepAlive: true, keepAliveMsecs: 60_000 });
  let answer: () => void = () => undefined;
  const held = await serve(
    (_request, response) =>
      new Promise((resolve) => {
        answer = () => {
          response.end("ok");
          resolve();
        };
        response.flushHeaders();
      }),
    {
      host: "127.0.0.1",
      port: 0,
      dev: false,
      reload: null,
      log: makeLog("silent", { write: () => undefined }),
      templateOf: () => "/x",
      admission: null,
    },
  );
  const response = await new Promise<IncomingMessage>((resolve) => {
    request({ port: held.port, host: "127.0.0.1", path: "/api/x", agent: connection }, resolve).end();
  });
  let ended = false;
  const drained = held.drain().then(() => {
    ended = true;
  });
  expect(ended).toBe(false);
  answer();
  response.resume();
  // The client would keep the connection open.
  await until(() => ended, 20_000);
  await drained;
  connection.destroy();
});
