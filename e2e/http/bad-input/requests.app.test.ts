import { beforeAll, describe, expect, it } from "vitest";
import { operations } from "@/lib/contract/operations";
import { httpMethods } from "@/lib/server/http/methods";
import { ask, get, json, outcome, problemOf, raw } from "./test-support/http";

const store = `request-${process.pid}`;

/** The methods of an address according to the API's document. */
function allowOf(path: string): string {
  const documented = new Set<string>(operations.filter((one) => one.path === path).map(({ method }) => method));
  if (documented.has("GET")) documented.add("HEAD");
  return httpMethods.filter((method) => documented.has(method) || method === "OPTIONS").join(", ");
}

beforeAll(async () => {
  const polls = [{ store_id: store, at: "2023-01-24T09:06:42Z", status: "active" }];
  expect(outcome(await ask("/api/v1/polls", json({ polls })))).toBe("200");
});

describe("a method", () => {
  it.each([
    ["POST", "/api/v1/fleet", "GET, HEAD, OPTIONS"],
    ["PUT", "/api/v1/stores", allowOf("/api/v1/stores")],
    ["DELETE", "/api/v1/stores", allowOf("/api/v1/stores")],
    ["PUT", "/api/v1/polls", allowOf("/api/v1/polls")],
    ["GET", "/api/v1/polls", allowOf("/api/v1/polls")],
    ["GET", "/store/get_report/", "POST, OPTIONS"],
    ["POST", `/store/${store}/trigger_report/`, "GET, HEAD, OPTIONS"],
    ["PATCH", "/api/openapi.json", "GET, HEAD, OPTIONS"],
  ])("G1 %s %s is not allowed, and the response names the allowed ones: 405", async (method, path, allow) => {
    const answer = await ask(path, { method });
    expect([outcome(answer), answer.headers.get("allow")]).toEqual(["405 method_not_allowed", allow]);
  });

  it.each([
    ...["TRACE", "PROPFIND", "PURGE"].map((method) => [method, "405 method_not_allowed"]),
    ...["CONNECT", "FOO", "get", "GETT"].map((method) => [method, "501 not_implemented"]),
  ])("G2 %s: %s", async (method, expected) => {
    const answer = await raw(`${method} /api/v1/stores HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(outcome(answer)).toBe(expected);
    expect(problemOf(answer).status).toBe(answer.status);
    expect(answer.headers.get("allow")).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  });

  it.each(["/api/v1/stores", "/api/v1/fleet", "/api/openapi.json", "/api/v1/reports", "/api/v1/imports"])(
    "G3 HEAD %s has the headers of GET and no body",
    async (path) => {
      const [head, got] = [await ask(path, { method: "HEAD" }), await ask(path)];
      expect([head.status, head.text]).toEqual([200, ""]);
      for (const name of ["content-type", "etag", "cache-control"]) {
        expect([name, head.headers.get(name)]).toEqual([name, got.headers.get(name)]);
      }
    },
  );

  it("G3 HEAD of a trigger queues nothing", async () => {
    const before = (await ask("/api/v1/reports?limit=1")).text;
    expect((await ask(`/store/${store}/trigger_report/`, { method: "HEAD" })).status).toBe(200);
    expect((await ask("/api/v1/reports?limit=1")).text).toBe(before);
  });

  it("G4 OPTIONS names the allowed methods, and allows no other origin", async () => {
    const answer = await ask("/api/v1/polls", { method: "OPTIONS", headers: { origin: "https://evil.example" } });
    expect([answer.status, answer.headers.get("allow"), answer.text]).toEqual([204, allowOf("/api/v1/polls"), ""]);
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("an address", () => {
  it.each<[string, string, string]>([
    ["G5", "/api/x", "404 not_found"],
    ["G5", "/api/v1/x/y/z", "404 not_found"],
    ["G5", "/api", "404 not_found"],
    ["G5", "/store/x/y", "404 not_found"],
    ["G6", "/api/x/", "404 not_found"],
    ["G6", "/api/v1/stores/", "200"],
    ["G6", "//api/v1/x", "404 not_found"],
    ["G6", "/api//v1/stores", "404 not_found"],
    ["G6", "/API/v1/x", "404"],
    ["G6", "/api/./x", "404 not_found"],
    ["G6", "/api/v1/../v1/x", "404 not_found"],
    ["G7", "/api/v1/stores/%E0%A4%A", "400 bad_encoding"],
    ["G7", "/api/v1/stores/%", "400 bad_encoding"],
    ["G7", "/api/v1/stores/%zz", "400 bad_encoding"],
    ["G7", "/api/v1/stores?q=%E0%A4%A", "400 bad_encoding"],
    ["G7", "/api/v1/stores?q=%", "400 bad_encoding"],
    ["G7", "/api/v1/stores?q=%ff", "400 bad_encoding"],
    ["G7", "/stores/%E0%A4%A", "400 bad_encoding"],
    ["G8", "/api/v1/stores/%00", "400 invalid_store_id"],
    ["G8", "/api/v1/stores/..%2f..%2fetc", "400 invalid_store_id"],
    ["G8", "/api/v1/stores/%2e%2e", "404 not_found"],
    ["G8", "/api/v1/stores/a;jsessionid=1", "400 invalid_store_id"],
    ["G8", "/api/v1/stores/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "400 invalid_store_id"],
    ["G9", `/api/v1/stores/${"a".repeat(10_000)}`, "414 uri_too_long"],
    ["G9", `/api/v1/stores/${"a".repeat(15_000)}`, "414 uri_too_long"],
    ["G9", `/api/v1/stores/${"a".repeat(100_000)}`, "414 uri_too_long"],
    ["G9", `/api/v1/stores?q=${"a".repeat(10_000)}`, "414 uri_too_long"],
  ])("%s %s", async (_, path, expected) => {
    const answer = await get(path);
    const isPage = answer.headers.get("content-type")?.startsWith("text/html") === true;
    expect(isPage ? String(answer.status) : outcome(answer)).toBe(expected);
    if (path.startsWith("/api") && answer.status !== 200) expect(problemOf(answer).request_id).not.toBe("");
  });

  it("G6 is never redirected when something is posted to it", async () => {
    const body = JSON.stringify({ report_id: 999_999_999 });
    for (const path of ["/store/get_report", "/store/get_report/"]) {
      expect(outcome(await ask(path, { ...json({}), body }))).toBe("404 report_not_found");
    }
    expect(outcome(await ask("/api/v1/polls/", json({ polls: [] })))).toBe("400 empty_batch");
    for (const path of ["//api/v1/polls", "/api//v1/polls", "//store/get_report/", "/store//get_report/"]) {
      const sent = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
      expect(outcome(await raw(sent))).toBe("404 not_found");
    }
    expect(outcome(await ask("/API/v1/polls", json({ polls: [] })))).toBe("405 method_not_allowed");
  });

  it("G9 headers of 20 kB: 431", async () => {
    expect(outcome(await get("/api/v1/stores", `X-A: ${"a".repeat(20_000)}\r\n`))).toBe("431 headers_too_large");
  });

  it.each(["/api/v1/stores", "/", "/stores/8", "/api/livez", "/nowhere"])(
    "G9 %s with too many parameters or header lines is rejected",
    async (path) => {
      const query = await get(`${path}?${"a=1&".repeat(1_000)}`);
      expect([outcome(query), query.text]).toEqual(["400 bad_request", expect.stringContaining("1001 parameters")]);
      for (const lines of [201, 1_900, 3_000]) {
        expect(outcome(await get(path, "a:\r\n".repeat(lines)))).toBe("431 headers_too_large");
        const upgrade = "Connection: upgrade\r\nUpgrade: h2c\r\n";
        expect(outcome(await get(path, "a:\r\n".repeat(lines) + upgrade))).toBe("431 headers_too_large");
      }
    },
  );

  it("G9 lists in headers are read up to a maximum of entries", async () => {
    for (const more of [
      ...[`Cookie: ${"a=b;".repeat(3_500)}`, `Range: bytes=${"0-0,".repeat(3_000)}0-0`],
      ...[`Accept-Encoding: ${"gzip,".repeat(3_000)}`, `Accept-Language: ${"en,".repeat(4_000)}`],
      ...[`If-None-Match: ${'"a",'.repeat(3_500)}`, `X-Forwarded-For: ${"192.0.2.1,".repeat(1_500)}`],
    ]) {
      for (const path of ["/api/v1/stores?limit=1", "/method", "/icon.svg"]) {
        expect((await get(path, `${more}\r\n`)).status, `${path} ${more.slice(0, 20)}`).toBe(200);
      }
    }
    // The rest is not read: only the one type that does not fit counts.
    expect(outcome(await get("/api/v1/stores?limit=1", `Accept: ${"image/png,".repeat(50)}*/*\r\n`))).toBe(
      "406 not_acceptable",
    );
  });
});

describe("a connection", () => {
  it("can be used again after a body that was rejected before its end", async () => {
    const form = `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n`.repeat(10_000);
    const head = `POST /api/v1/imports/polls HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n`;
    const both = await raw([`${head}Content-Length: ${form.length}\r\n\r\n`, form]);
    expect(outcome(both)).toBe("400 bad_multipart");
    // The client pools connections: if one were stuck, one of these would never get a response.
    const bodies = Array.from({ length: 8 }, () =>
      ask("/api/v1/imports/polls", {
        method: "POST",
        headers: { "content-type": "multipart/form-data; boundary=b" },
        body: form,
      }),
    );
    expect((await Promise.all(bodies)).map(outcome)).toEqual(Array(8).fill("400 bad_multipart"));
    expect((await Promise.all(Array.from({ length: 8 }, () => ask("/api/v1/fleet")))).map(outcome)).toEqual(
      Array(8).fill("200"),
    );
  });
});
