import type { IncomingHttpHeaders } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { log } from "@/lib/server/log";
import { serve, type WebServer } from "./web-server";

let server: WebServer | null = null;

afterEach(() => server?.drain());

async function started(handler: Parameters<typeof serve>[0]): Promise<string> {
  server = await serve(handler, {
    host: "127.0.0.1",
    port: 0,
    dev: false,
    reload: null,
    log,
    templateOf: () => "other",
    admission: null,
  });
  return `http://127.0.0.1:${server.port}`;
}

const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

it("sends an uncaught failure with its headers and reveals nothing of it", async () => {
  const origin = await started(() => Promise.reject(new Error("planted secret")));
  for (const path of ["/", "/api/v1/stores"]) {
    const response = await fetch(origin + path);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("planted");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-security-policy")).toBeTruthy();
  }
});

it("passes the handler its own nonce in a request that sent another, and responds with the same", async () => {
  const seen: unknown[] = [];
  const origin = await started((request, response) => {
    seen.push(request.headers["content-security-policy"], request.headers["content-security-policy-report-only"]);
    response.end();
    return Promise.resolve();
  });
  const planted = "script-src 'nonce-planted'";
  const headers = { "content-security-policy": planted, "content-security-policy-report-only": planted };
  const { headers: answered } = await fetch(origin, { headers });
  expect(seen).toEqual([answered.get("content-security-policy"), undefined]);
  expect(seen[0]).toMatch(/'nonce-[A-Za-z0-9+/]{22}=='/);
});

it.each([
  ["GET / HTTP/9.9\r\n\r\n", 400],
  ["FETCH / HTTP/1.1\r\nhost: x\r\n\r\n", 501],
  [`GET / HTTP/1.1\r\nhost: x\r\nx: ${"x".repeat(20_000)}\r\n\r\n`, 431],
])("responds to %.20j, which is no request, with the headers too", async (bytes, status) => {
  const origin = await started(() => Promise.reject(new Error("It was let in.")));
  const socket = connect(Number(new URL(origin).port), "127.0.0.1");
  socket.end(bytes);
  const answer = await text(socket);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain(`content-security-policy: ${dataPolicy}\r\n`);
  expect(answer).toContain("x-content-type-options: nosniff\r\n");
});

/** Sends bytes over one connection, and reads until it ends. */
async function told(origin: string, bytes: string): Promise<string> {
  const socket = connect({ port: Number(new URL(origin).port), host: "127.0.0.1", allowHalfOpen: true });
  socket.write(bytes);
  return text(socket);
}
const head = "POST /api/v1/polls HTTP/1.1\r\nhost: x\r\n";

it.each([
  ["no Host", "GET /api HTTP/1.1\r\nconnection: close\r\n\r\n", 400, "bad_request"],
  ["two Hosts", "GET /api HTTP/1.1\r\nhost: x\r\nHost: y\r\nconnection: close\r\n\r\n", 400, "bad_request"],
  ["an expectation", `${head}connection: close\r\nexpect: magic\r\n\r\n`, 417, "expectation_failed"],
  ["two lengths", `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400, "bad_request"],
  ["a length and chunks", `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n{}`, 400, "bad_request"],
  ["a chunk of no size", `${head}transfer-encoding: chunked\r\n\r\nzz\r\n`, 400, "bad_request"],
  ["an endless address", `GET /${"a".repeat(60_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, 414, "uri_too_long"],
  ["201 parameters", `GET /?${"a&".repeat(200)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`, 400, "bad_request"],
  ...[201, 3_000].map((lines): [string, string, number, string] => {
    const bytes = `GET / HTTP/1.1\r\n${"a:\r\n".repeat(lines)}connection: close\r\n\r\n`;
    return [`${lines} header lines`, bytes, 431, "headers_too_large"];
  }),
])("responds to a request with %s with a problem", async (_, bytes, status, code) => {
  const origin = await started((request, response) => {
    // The server responds to a body that never arrives completely.
    if (request.complete) response.end("let in");
    return Promise.resolve();
  });
  const answer = await told(origin, bytes);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(answer).toContain(`"code":"${code}"`);
});

it("closes a connection after a head of too many lines, and answers nothing behind it", async () => {
  const origin = await started((_request, response) => {
    response.end();
    return Promise.resolve();
  });
  const long = `GET / HTTP/1.1\r\nhost: x\r\n${"a:\r\n".repeat(201)}\r\n`;
  const answers = await told(origin, long.repeat(20));
  expect(answers.match(/^HTTP\/1.1 \d+/gm)).toEqual(["HTTP/1.1 431"]);
  expect(answers).toMatch(/\r\nconnection: close\r\n/i);
});

it("passes on only the entries of a list that are read, and no request for many ranges", async () => {
  const seen: IncomingHttpHeaders[] = [];
  const origin = await started((request, response) => {
    seen.push(request.headers);
    response.end();
    return Promise.resolve();
  });
  const cookies = `cookie: ${"a=b;".repeat(2_000)}\r\n`;
  const lists = `accept: ${"a/b,".repeat(1_000)}\r\nrange: bytes=${"0-0,".repeat(1_000)}0-0\r\n`;
  await told(origin, `GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${cookies}${lists}\r\n`);
  expect(seen).toMatchObject([{ cookie: "a=b;".repeat(200).slice(0, -1), accept: "a/b,".repeat(50).slice(0, -1) }]);
  expect(seen[0]).not.toHaveProperty("range");
});

it.each(["", "connection: upgrade\r\nupgrade: h2c\r\n"])(
  "accepts no body for a request whose length is after 1,500 header lines (%j)",
  async (more) => {
    const paths: string[] = [];
    const origin = await started((request, response) => {
      paths.push(request.url ?? "");
      response.end();
      return Promise.resolve();
    });
    const body = "GET /smuggled HTTP/1.1\r\nhost: x\r\n\r\n";
    const long = `${head}${"a:\r\n".repeat(1_500)}${more}content-length: ${body.length}\r\n\r\n${body}`;
    const answers = await told(origin, `${long}GET /last HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answers).toMatch(/^HTTP\/1.1 431 /);
    expect(paths.filter((path) => path !== "/last")).toEqual([]);
  },
);

it("responds to a whole request before it disconnects because of the garbage after it", async () => {
  const origin = await started(async (request, response) => {
    const body = await text(request);
    await new Promise((resolve) => setTimeout(resolve, 50));
    response.end(`kept ${body}`);
  });
  const answer = await told(origin, `${head}content-length: 4\r\n\r\n{"a"garbage behind it`);
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/);
  expect(answer).toContain('kept {"a"');
  expect(answer).not.toContain("problem");
});

it("reports that a body which its sender ended early was not kept", async () => {
  const origin = await started(() => Promise.resolve());
  const socket = connect({ port: Number(new URL(origin).port), host: "127.0.0.1", allowHalfOpen: true });
  socket.end(`${head}content-length: 9\r\n\r\n{`);
  expect(await text(socket)).toContain('"code":"incomplete_upload"');
});
