import { expect, it } from "vitest";
import { rejectMalformed } from "./malformed-request";
import { requestProblem } from "./request-problem";

it.each([
  ["GET", "/stores/8?window=week&q=%E0%A4%A", null],
  ["POST", "/store/get_report/", null],
  ["POST", "/x/../api/v1/polls", null],
  ["GET", "/x/../api/v1/stores?q=%zz", "bad_encoding"],
  ["HEAD", "/method", null],
  ["POST", "/method", "method_not_allowed"],
  ["DELETE", "/stores/8", "method_not_allowed"],
  ["OPTIONS", "/", "method_not_allowed"],
  ["GET", "/_next/static/chunks/a.js", null],
  ["POST", "/_next/static/chunks/a.js", "method_not_allowed"],
  ["GET", "/_next/image?url=/icon.svg&w=64&q=75", "not_found"],
  ["GET", "/_next/static/../image", "not_found"],
  ["GET", "/_global-error", "not_found"],
  ["GET", "//_next/image", "not_found"],
  ["GET", "http://elsewhere.example/method", "bad_request"],
  ["OPTIONS", "*", "bad_request"],
  ["GET", "/stores/caf%C3%A9", null],
  ["GET", "/%E0%A4%A", "bad_encoding"],
  ["GET", "/stores/%FF", "bad_encoding"],
  ["GET", "/100%", "bad_encoding"],
  ["GET", "/api/v1/stores?q=%E0%A4%A", "bad_encoding"],
  ["GET", "/api/v1/stores?q=%zz", "bad_encoding"],
  ["GET", "/store/8/trigger_report/?method=%", "bad_encoding"],
  ["GET", "/api/v1/stores?q=caf%C3%A9%3F", null],
  ["POST", "//api/v1/polls", "not_found"],
  ["POST", "/api//v1/polls", "not_found"],
  ["POST", "/store//get_report/", "not_found"],
  ["GET", "//stores/8", "not_found"],
  ["GET", "/stores\\8", "not_found"],
  ["TRACE", "/", "method_not_allowed"],
  ["PROPFIND", "/", "method_not_allowed"],
  ["GET", `/${"a".repeat(8191)}`, null],
  ["GET", `/${"a".repeat(8192)}`, "uri_too_long"],
])("accepts %s %.30s or says why not: %s", (method, address, code) => {
  expect(requestProblem(method, address, false)?.code ?? null).toBe(code);
});

it("names the methods of an address", () => {
  expect(requestProblem("POST", "/method", false)?.options.headers).toEqual({ allow: "GET, HEAD" });
  expect(requestProblem("TRACE", "/api", false)?.options.headers?.["allow"]).toContain("PATCH");
});

it("keeps the requests of the development server", () => {
  expect(requestProblem("POST", "/__nextjs_original-stack-frames", true)).toBeNull();
});

it.each([
  ["HPE_INVALID_METHOD", 501],
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
  [undefined, 400],
])("responds to %s with a whole response of status %i", async (parserCode, status) => {
  const [head = "", body = ""] = (await rejectMalformed({ code: parserCode })).split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain("content-type: application/problem+json");
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(JSON.parse(body)).toMatchObject({ status });
});
