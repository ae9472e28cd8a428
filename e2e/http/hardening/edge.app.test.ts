import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, inject, it } from "vitest";
import { raw } from "@/e2e/http/bad-input/test-support/http";

/** Pages are requested in turn, so that each header and each value meets all of them; cheap addresses every time. */
const rendered = ["/", "/stores/8", "/reports", "/method", "/nowhere"];
const cheap = ["/icon.svg", "/api/livez"];
const atOnce = 8;
const head = "host: x\r\nconnection: close\r\n";
const nested = encodeURIComponent(`["",{"children":${"[".repeat(500)}`);

/** Values that are valid for no header; the app's own tests fail on an error in its log. */
const garbage = [
  "garbage",
  "%E0%A4%A",
  "null",
  "[]",
  "{}",
  '["",{}]',
  encodeURIComponent('["",{"children":["nowhere",{"children":[["x","y","d",null],{}]}]},null,"refetch"]'),
  encodeURIComponent('["",{"__proto__":["",{}]}]'),
  encodeURIComponent('["__proto__",{"children":["constructor",{}]}]'),
  encodeURIComponent('["",{"children":["__PAGE__",{}]},null,"metadata-only"]'),
  nested,
  "9".repeat(7_000),
  "2",
  "/_tree",
  "/nowhere/$d$x/__PAGE__",
  "//evil.example",
  "../../etc",
];

const alone = [
  ...[
    "rsc",
    "next-router-state-tree",
    "next-router-prefetch",
    "next-router-segment-prefetch",
    "next-url",
    "next-action",
  ],
  ...["next-hmr-refresh", "next-resume", "x-nextjs-data", "x-matched-path", "x-invoke-path", "x-invoke-status"],
  ...["x-now-route-matches", "x-prerender-revalidate", "x-middleware-prefetch", "x-middleware-rewrite", "purpose"],
  ...["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "x-deployment-id", "x-nextjs-html-request-id"],
];
const withRsc = ["next-router-state-tree", "next-router-prefetch", "next-router-segment-prefetch", "next-url"];

describe("headers that control the framework", () => {
  it("never make a page or a file fail, with any value", async () => {
    const formsOf = (value: string): string[] => [
      alone.map((name) => `${name}: ${value}\r\n`).join(""),
      ...withRsc.map((name) => `rsc: 1\r\n${name}: ${value}\r\n`),
      `rsc: 1\r\nnext-router-prefetch: 1\r\nnext-router-segment-prefetch: ${value}\r\n`,
      `rsc: 1\r\nnext-router-state-tree: ${value}\r\nnext-router-state-tree: ${value}\r\n`,
    ];
    const left = garbage.flatMap((value, i) =>
      formsOf(value).flatMap((form, j) => {
        const page = rendered[(i + 2 * j) % rendered.length] ?? "/";
        return [page, ...cheap].map((path) => [path, form] as const);
      }),
    );
    const askOthers = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const [path, form] = next;
        const { status, headers } = await raw(`GET ${path} HTTP/1.1\r\n${head}${form}\r\n`);
        expect(status, `${path} ${form}`).toBeLessThan(500);
        expect(headers.get("location") ?? "/", `${path} ${form}`).toMatch(/^\/(?!\/)/);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, askOthers));
  });

  it("leave the router state of a real navigation unchanged", async () => {
    const state = encodeURIComponent('["",{"children":["method",{"children":["__PAGE__",{}]}]},null,null]');
    const asked = `${head}rsc: 1\r\nnext-router-state-tree: ${state}\r\n`;
    const first = await raw(`GET /method HTTP/1.1\r\n${asked}\r\n`);
    const path = first.headers.get("location") ?? "/method";
    const { headers } = await raw(`GET ${path} HTTP/1.1\r\n${asked}\r\n`);
    expect(headers.get("content-type")).toBe("text/x-component");
  });

  it("are rejected in the query of the API", async () => {
    for (const name of ["nxtPx", "nxtIx", "%6extPx"]) {
      const { status, text } = await raw(`GET /api/v1/stores?${name}=1 HTTP/1.1\r\n${head}\r\n`);
      expect([status, text]).toEqual([400, expect.stringContaining("unknown_parameter")]);
    }
  });
});

const paths = [
  "/",
  "/stores/",
  "/stores/8/",
  "/favicon.ico",
  "//evil.example",
  "/\\evil.example",
  "/stores//8",
  "/api/x/",
];
const targets: readonly [string, (path: string) => string][] = [
  ["a path", (path) => path],
  ["an absolute address", (path) => `http://evil.example${path}`],
  ["an absolute address by https", (path) => `https://evil.example:81${path}`],
  ["an address with a name in front", (path) => `http://a@evil.example${path}`],
  ["an address of another scheme", (path) => `ftp://evil.example${path}`],
  ["an authority", () => "evil.example:80"],
  ["a query that leads away", (path) => `${path}?next=//evil.example&_rsc=//evil.example`],
];
const hosts = ["host: x\r\n", "host: evil.example\r\n", "host: x\r\nx-forwarded-host: evil.example\r\n"];

it.each(targets)("never redirects to %s", async (_, targetOf) => {
  for (const path of paths) {
    for (const host of hosts) {
      for (const more of ["", "rsc: 1\r\n"]) {
        const { status, headers, text } = await raw(
          `GET ${targetOf(path)} HTTP/1.1\r\nconnection: close\r\n${host}${more}\r\n`,
        );
        const location = headers.get("location") ?? headers.get("refresh")?.replace(/^.*url=/, "") ?? "/";
        expect(location, `${targetOf(path)} ${host}`).toMatch(/^\/(?![/\\])/);
        expect(location.split("?", 1)[0]).not.toContain("evil");
        if (status >= 300 && status < 400) expect(text).not.toContain("http:");
      }
    }
  }
});

describe("requests with an Upgrade header", () => {
  const upgrade = "host: x\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n";

  it.each([
    ["GET", "/", 200],
    ["GET", "/stores/nowhere-at-all", 404],
    ["GET", "/icon.svg", 200],
    ["GET", "/api/v1/stores?limit=1", 200],
    ["GET", "/api/x", 404],
    ["HEAD", "/method", 200],
    ["GET", "/_next/hmr", 404],
  ])("get a response: %s %s", async (method, path, status) => {
    await raw(`GET /api/livez HTTP/1.1\r\n${head}\r\n`);
    const { hostname, port } = new URL(inject("appAddress"));
    const socket = connect(Number(port), hostname);
    socket.write(`${method} ${path} HTTP/1.1\r\n${upgrade}\r\nGET /api/livez HTTP/1.1\r\n${head}\r\n`);
    const answers = await text(socket);
    const statuses = [...answers.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, code]) => Number(code));
    expect(statuses).toEqual([status, 200]);
  });

  it("may have a body", async () => {
    const body = "content-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    const { text } = await raw(`POST /api/v1/polls HTTP/1.1\r\n${upgrade}${body}`);
    expect(text).toContain('"status":400');
  });
});

it("rejects a body of a million tiny chunks, whether or not a handler reads it", async () => {
  const chunks = "1\r\nx\r\n".repeat(60_000);
  const post = (path: string): string =>
    `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${chunks}`;
  const refused = await raw(post("/api/v1/polls"));
  expect([refused.status, refused.text]).toEqual([413, expect.stringContaining("body_too_fragmented")]);
  expect((await raw(post("/api/none"))).status).toBe(404);
});
