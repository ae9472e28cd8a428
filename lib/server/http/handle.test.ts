import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AppError } from "@/lib/server/errors";
import { makeLog } from "@/lib/server/log";
import { openDatabaseGate } from "@/lib/server/health/database-gate";
import { handle } from "./handle";

const context = { params: Promise.resolve({}) };
const request = (method = "GET", headers: Record<string, string> = {}): Request =>
  new Request("http://localhost/api/x", { method, headers });

const throwing = (error: unknown) =>
  handle(null, {
    GET: () => {
      throw error;
    },
  });

async function problemOf(response: Response): Promise<unknown> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("private, no-store");
  return response.json();
}

describe("what a route exports", () => {
  it("responds to a method without a handler with 405 and to the others with theirs", async () => {
    const route = handle(null, { GET: () => Response.json({}) });
    for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const) {
      const response = await route[method](request(method), context);
      expect(response.status).toBe(405);
      expect(response.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
      expect(await problemOf(response)).toMatchObject({ code: "method_not_allowed", status: 405 });
    }
    const options = await route.OPTIONS(request("OPTIONS"), context);
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
  });

  it("has no HEAD where there is no GET", async () => {
    const response = await handle(null, { POST: () => Response.json({}) }).HEAD(request("HEAD"), context);
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, OPTIONS"]);
  });

  it("responds to HEAD with the headers of GET and never starts its body", async () => {
    let pulled = false;
    const body = () =>
      new ReadableStream(
        {
          pull() {
            pulled = true;
          },
        },
        { highWaterMark: 0 },
      );
    const route = handle(null, {
      GET: () => new Response(body(), { headers: { etag: '"1"', "content-type": "text/csv" } }),
    });
    const response = await route.HEAD(request("HEAD"), context);
    expect([response.headers.get("etag"), response.headers.get("content-type")]).toEqual(['"1"', "text/csv"]);
    expect([response.body, pulled]).toEqual([null, false]);
  });

  it("is not stored by caches unless the handler says so", async () => {
    const route = handle(null, {
      GET: () => Response.json({}),
      POST: () => Response.json({}, { headers: { "cache-control": "private" } }),
    });
    expect((await route.GET(request(), context)).headers.get("cache-control")).toBe("private, no-store");
    expect((await route.POST(request("POST"), context)).headers.get("cache-control")).toBe("private");
  });
});

describe("errors", () => {
  it("tell the caller what it can act on", async () => {
    const faults = [{ pointer: "/store_id", code: "bad_request", reason: "No." }];
    const response = await throwing(new AppError("store_not_found", "There is no store x.", { faults })).GET(
      request("GET", { "x-request-id": "abc-1.2_3" }),
      context,
    );
    expect(response.status).toBe(404);
    expect(response.headers.get("x-request-id")).toBe("abc-1.2_3");
    expect(await problemOf(response)).toEqual({
      type: "urn:store-monitoring:problem:store_not_found",
      title: "Store not found",
      status: 404,
      detail: "There is no store x.",
      code: "store_not_found",
      request_id: "abc-1.2_3",
      errors: faults,
    });
  });

  it("of the server reveal nothing", async () => {
    const response = await throwing(new Error("select secret from /etc/passwd")).GET(request(), context);
    const text = await response.clone().text();
    expect(await problemOf(response)).toMatchObject({ code: "internal", status: 500 });
    expect(text).not.toMatch(/secret|passwd|handle/);
  });

  it.each(["ECONNREFUSED", "CONNECTION_CLOSED", "CONNECT_TIMEOUT", "57P01", "57P03", "53300", "08006"])(
    "of an unavailable database (%s) say so, at any depth, with Retry-After",
    async (code) => {
      const cause = Object.assign(new Error("no"), { code });
      const response = await throwing(new Error("Failed query", { cause })).GET(request(), context);
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "2"]);
      expect(await problemOf(response)).toMatchObject({ code: "database_unavailable" });
    },
  );

  it("of a statement that timed out are 503, of one that the database rejected 500", async () => {
    const coded = (code: string) => Object.assign(new Error("no"), { code });
    expect((await throwing(coded("57014")).GET(request(), context)).status).toBe(503);
    expect((await throwing(coded("53100")).GET(request(), context)).status).toBe(507);
    expect((await throwing(coded("22003")).GET(request(), context)).status).toBe(500);
  });

  it.each(["55P03", "40P01", "40001"])(
    "of a transaction that conflicts kept from committing (%s) are 503",
    async (code) => {
      const failed = throwing(Object.assign(new Error("no"), { code }));
      expect((await failed.GET(request(), context)).status).toBe(503);
    },
  );
});

describe("a slow read", () => {
  const never = handle(null, { GET: () => new Promise<Response>(() => undefined) });
  const log = makeLog("silent", { write: () => undefined });
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    globalThis.storeMonitoringDatabaseGate = undefined;
    globalThis.storeMonitoringDatabaseSuspectedAt = undefined;
  });

  /** The response time in ms. */
  async function answeredAfter(path = "/api/x"): Promise<number> {
    const startedMs = performance.now();
    const answer = never.GET(new Request(`http://localhost${path}`), context);
    const answered = answer.then((response) => [response.status, performance.now() - startedMs] as const);
    await vi.advanceTimersByTimeAsync(60_000);
    const [status, afterMs] = await answered;
    expect(status).toBe(503);
    return afterMs;
  }

  it("ends within ten seconds, and within five when the pool has no connection", async () => {
    expect(await answeredAfter()).toBe(10_000);
    openDatabaseGate({ ask: () => Promise.resolve(), log });
    expect(await answeredAfter()).toBe(10_000);
    openDatabaseGate({ ask: () => new Promise(() => undefined), log });
    expect(await answeredAfter()).toBeLessThan(5_000);
    const waiting = await answeredAfter("/api/x?wait=20");
    expect([waiting > 20_000, waiting < 25_000]).toEqual([true, true]);
  });
});

describe("the id of a request", () => {
  it.each([undefined, "", "a b", 'x"y', "é", "x".repeat(129)])("is ours when %j was sent", async (sent) => {
    const headers: Record<string, string> = sent === undefined ? {} : { "x-request-id": sent };
    const response = await handle(null, { GET: () => Response.json({}) }).GET(request("GET", headers), context);
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
