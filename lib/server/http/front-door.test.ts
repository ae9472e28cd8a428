import { expect, it } from "vitest";
import { answerToGarbage, refusal } from "./front-door";

it.each([
  ["GET", "/stores/8?window=week&q=%E0%A4%A", null],
  ["POST", "/store/get_report/", null],
  ["GET", "/stores/caf%C3%A9", null],
  ["GET", "/%E0%A4%A", "bad_encoding"],
  ["GET", "/stores/%FF", "bad_encoding"],
  ["GET", "/100%", "bad_encoding"],
  ["GET", "/api/v1/stores?q=%E0%A4%A", "bad_encoding"],
  ["GET", "/api/v1/stores?q=%zz", "bad_encoding"],
  ["GET", "/store/8/trigger_report/?method=%", "bad_encoding"],
  ["GET", "/api/v1/stores?q=caf%C3%A9%3F", null],
  ["TRACE", "/", "method_not_allowed"],
  ["PROPFIND", "/", "method_not_allowed"],
  ["GET", `/${"a".repeat(8191)}`, null],
  ["GET", `/${"a".repeat(8192)}`, "uri_too_long"],
])("lets %s %.30s in or says why not: %s", (method, address, code) => {
  expect(refusal(method, address)?.code ?? null).toBe(code);
});

it.each([
  ["HPE_INVALID_METHOD", 501],
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
  [undefined, 400],
])("answers %s with a whole response of status %i", async (parserCode, status) => {
  const [head = "", body = ""] = (await answerToGarbage(parserCode)).split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain("content-type: application/problem+json");
  expect(head).toContain(`content-length: ${Buffer.byteLength(body)}`);
  expect(JSON.parse(body)).toMatchObject({ status });
});
