import { beforeAll, describe, expect, it } from "vitest";
import { operations } from "@/lib/contract/operations";
import { ReportSchema } from "@/lib/contract/reports";
import { StoreListSchema } from "@/lib/contract/stores";
import { httpMethods } from "@/lib/server/http/methods";
import { ask, bodyOf, json, outcome, problemOf, raw, type Answer } from "./test-support/http";

const store = `request-${process.pid}`;
const get = (path: string, headers = ""): Promise<Answer> => raw(`GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);

/** The methods of an address according to the API's document. */
function allowOf(path: string): string {
  const documented = new Set<string>(operations.filter((one) => one.path === path).map(({ method }) => method));
  if (documented.has("GET")) documented.add("HEAD");
  return httpMethods.filter((method) => documented.has(method) || method === "OPTIONS").join(", ");
}

beforeAll(async () => {
  const polls = [0, 1, 2].map((i) => ({ store_id: `${store}-${i}`, at: "2023-01-24T09:06:42Z", status: "active" }));
  expect(outcome(await ask("/api/v1/polls", json({ polls: [...polls, { ...polls[0], store_id: store }] })))).toBe(
    "200",
  );
});

describe("a method", () => {
  it.each([
    ["POST", "/api/v1/stores", "GET, HEAD, OPTIONS"],
    ["DELETE", "/api/v1/stores", "GET, HEAD, OPTIONS"],
    ["PUT", "/api/v1/polls", allowOf("/api/v1/polls")],
    ["GET", "/api/v1/polls", allowOf("/api/v1/polls")],
    ["GET", "/store/get_report/", "POST, OPTIONS"],
    ["POST", `/store/${store}/trigger_report/`, "GET, HEAD, OPTIONS"],
    ["PATCH", "/api/openapi.json", "GET, HEAD, OPTIONS"],
  ])("G1 %s %s is not allowed, and told which are: 405", async (method, path, allow) => {
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

  it("G4 OPTIONS says what is allowed, and lets no other origin in", async () => {
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

  it("G6 is never redirected where something is posted to it", async () => {
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
    "G9 %s with too many parameters or header lines is refused",
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

  it("G9 lists in headers are read up to a number of entries", async () => {
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

describe("the id of a report", () => {
  const asked = (text: string): Promise<string> =>
    ask("/store/get_report/", { method: "POST", headers: { "content-type": "application/json" }, body: text }).then(
      outcome,
    );

  it("G10 is missing: missing_report_id", async () => {
    expect(await asked("{}")).toBe("400 missing_report_id");
  });

  it.each([
    ...['""', '"  "', "null", '"null"', '"undefined"', '"[object Object]"', "[]", "{}", "true"].map((id) => [
      "G11",
      id,
    ]),
    ...['" 74 "', '"74.0"', "7.5", '"7.4e1"', '"0x4a"', '"1_000"', '"７４"', '"+74"', '"074"'].map((id) => ["G12", id]),
    ...["-1", "0", '"0"', `"${"9".repeat(400)}"`, "1e300"].map((id) => ["G13", id]),
  ])("%s %s: invalid_report_id", async (_, id) => {
    expect(await asked(`{"report_id":${id}}`)).toBe("400 invalid_report_id");
  });

  it.each(["2147483648", "9007199254740993", '"999999999999999999"'])("G13 %s is none that there is", async (id) => {
    expect(await asked(`{"report_id":${id}}`)).toBe("404 report_not_found");
  });

  it.each([
    ["G11", "/api/v1/reports/null", "400 invalid_report_id"],
    ["G11", "/api/v1/reports/%20", "400 invalid_report_id"],
    ["G12", "/api/v1/reports/7.4e1", "400 invalid_report_id"],
    ["G12", "/api/v1/reports/0x4a", "400 invalid_report_id"],
    ["G13", "/api/v1/reports/9223372036854775808", "400 invalid_report_id"],
    ["G13", "/api/v1/reports/2147483648", "404 report_not_found"],
    ["G13", "/api/v1/reports/-1", "400 invalid_report_id"],
    ["G14", "/api/v1/stores?limit=1&limit=2", "400 duplicate_parameter"],
    ["G14", "/api/v1/stores?limit[]=1", "400 unknown_parameter"],
    ["G14", "/api/v1/stores?q[$ne]=", "400 unknown_parameter"],
    ["G15", "/api/v1/reports/999999999", "404 report_not_found"],
    ["G15", "/api/v1/reports/999999999.csv", "404 report_not_found"],
    ["G15", "/api/v1/imports/999999999", "404 import_not_found"],
    ["G21", "/api/v1/stores?stor_id=1", "400 unknown_parameter"],
    ["G21", "/api/v1/reports?page=2", "400 unknown_parameter"],
    ["G21", "/api/v1/fleet?x=", "400 unknown_parameter"],
    ...["-1", "0", "501", "1e9", "1e1", "abc", "10.5", "0x10", "", "%20", "+5", "١٠", "999999999999"].map((limit) => [
      "G22",
      `/api/v1/stores?limit=${limit === "%20" ? limit : encodeURIComponent(limit)}`,
      "400 invalid_limit",
    ]),
    ...["stores", "reports", "imports", "data-quality/conflicts", `stores/${store}/incidents`].flatMap((list) => [
      ["G22", `/api/v1/${list}?cursor=garbage`, "400 invalid_cursor"],
      ["G22", `/api/v1/${list}?cursor=${"A".repeat(600)}`, "400 invalid_cursor"],
      ["G22", `/api/v1/${list}?limit=1e1`, "400 invalid_limit"],
    ]),
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00Z&to=2023-01-23T00:00:00Z`, "400 invalid_range"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00Z&to=2023-01-24T00:00:00Z`, "400 invalid_range"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2021-01-01T00:00:00Z&to=2023-01-24T00:00:00Z`, "400 invalid_range"],
    ["G23", `/api/v1/stores/${store}/uptime?from=yesterday`, "400 invalid_from"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-02-30T00:00:00Z`, "400 invalid_from"],
    ["G23", `/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00`, "400 invalid_from"],
    ["G24", `/api/v1/stores?q=${"a".repeat(101)}`, "400 bad_request"],
    ["G24", "/api/v1/stores?q=%00", "400 bad_request"],
    ["G24", "/api/v1/stores?q=%ED%A0%80", "400 bad_encoding"],
    ["G25", "/api/v1/stores?sort=password_hash", "400 invalid_sort"],
    ["G25", "/api/v1/stores?sort=", "400 invalid_sort"],
    ["G25", "/api/v1/stores?sort=constructor", "400 invalid_sort"],
  ])("%s %s: %s", async (_, path = "", expected = "") => {
    expect(outcome(await get(path))).toBe(expected);
  });

  it("G23 points at what is wrong", async () => {
    const answer = await ask(`/api/v1/stores/${store}/uptime?from=2023-01-24T00:00:00Z&to=2023-01-23T00:00:00Z`);
    expect(problemOf(answer).errors).toMatchObject([{ pointer: "/from", code: "invalid_range" }]);
  });

  it.each(["%", "_", "\\", "(.*)", "[", "'; drop table stores; --", "\u202egnp", "🍔", "ı"])(
    "G24 text searched for means itself: %s",
    async (text) => {
      const list = bodyOf(await ask(`/api/v1/stores?q=${encodeURIComponent(store + text)}`), StoreListSchema);
      expect([list.matching, list.stores]).toEqual([0, []]);
    },
  );
});

describe("a report", () => {
  let id = 0;
  beforeAll(async () => {
    const answer = await ask("/api/v1/reports", json({ store_id: store }));
    expect([answer.status, answer.headers.get("location")]).toEqual([
      202,
      expect.stringMatching(/^\/api\/v1\/reports\/\d+$/),
    ]);
    ({ id } = bodyOf(answer, ReportSchema));
    expect(bodyOf(await ask(`/api/v1/reports/${id}?wait=30`), ReportSchema).state).toBe("complete");
  });

  it("G18 that is complete is one CSV for good: ETag, name, 304, and never a part", async () => {
    const first = await ask(`/api/v1/reports/${id}.csv`);
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[^"]+"$/);
    expect(first.headers.get("content-disposition")).toMatch(/^attachment; filename="report-\d+-[\dT.-]+Z\.csv"$/);
    const again = await ask(`/api/v1/reports/${id}.csv`, { headers: { "if-none-match": `"x", ${etag}` } });
    expect([again.status, again.text]).toEqual([304, ""]);
    const part = await ask(`/api/v1/reports/${id}.csv`, { headers: { range: "bytes=0-3" } });
    expect([part.status, part.text, part.headers.get("accept-ranges")]).toEqual([200, first.text, "none"]);
  });

  it.each([
    ["application/json", 200, "application/json"],
    ["*/*", 200, "application/json"],
    ["garbage", 200, "application/json"],
    ["image/png", 406, "application/problem+json"],
    ["text/csv", 200, "text/csv; charset=utf-8; header=present"],
    ["text/csv;q=0.5, application/json", 200, "application/json"],
    ["application/json;q=0.1, text/csv;q=0.2", 200, "text/csv; charset=utf-8; header=present"],
    ["text/html, */*;q=0.1", 200, "application/json"],
  ])("G20 asked for as %s: %d", async (accept, status, type) => {
    const answer = await raw(`GET /api/v1/reports/${id} HTTP/1.1\r\nHost: x\r\nAccept: ${accept}\r\n\r\n`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([status, type]);
    if (status === 200) expect(answer.headers.get("vary")).toContain("Accept");
  });

  it("G20 asked for without Accept is JSON; a trigger is never hidden behind 406", async () => {
    expect((await get(`/api/v1/reports/${id}`)).headers.get("content-type")).toBe("application/json");
    expect((await get(`/store/${store}/trigger_report/`, "Accept: image/png\r\n")).status).toBe(200);
  });

  it("may be waited for, but not for ever", async () => {
    for (const wait of ["31", "-1", "1.5", "x", "1e1", ""]) {
      expect(outcome(await ask(`/api/v1/reports/${id}?wait=${wait}`))).toBe("400 invalid_wait");
    }
  });
});

describe("a page of a list", () => {
  it("G22 goes on where the one before ended, and only with the same filter", async () => {
    const list = (query: string) => ask(`/api/v1/stores?sort=store_id&limit=1${query}`);
    await expect
      .poll(async () => bodyOf(await list(`&q=${store}`), StoreListSchema).matching, { timeout: 50_000 })
      .toBe(4);
    const first = await list(`&q=${store}`);
    const { next_cursor: cursor, stores } = bodyOf(first, StoreListSchema);
    expect(first.headers.get("link")).toContain(`cursor=${cursor ?? ""}`);
    const second = bodyOf(await list(`&q=${store}&cursor=${cursor ?? ""}`), StoreListSchema);
    expect([stores[0]?.store_id, second.stores[0]?.store_id]).toEqual([store, `${store}-0`]);
    for (const other of [`&q=${store}-`, "", `&q=${store}&state=offline`]) {
      expect(outcome(await list(`${other}&cursor=${cursor ?? ""}`))).toBe("400 invalid_cursor");
    }
    const [text = "", signature = ""] = (cursor ?? "").split(".");
    const forged = Buffer.from(Buffer.from(text, "base64url").toString().replace(store, "a")).toString("base64url");
    expect(outcome(await list(`&q=${store}&cursor=${forged}.${signature}`))).toBe("400 invalid_cursor");
  });
});

describe("a connection", () => {
  it("goes on after a body that was refused before its end", async () => {
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
