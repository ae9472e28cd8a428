import { expect, it } from "vitest";
import { newNonce, pagePolicy, responseHeaders } from "./response-headers";
import { isHttps } from "@/lib/server/http/request-scheme";

it("allows a page's scripts and styles by the nonce only", () => {
  const policy = pagePolicy({ nonce: "abc", https: false, dev: false });
  const directives = policy.split("; ");
  expect(directives).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  expect(directives).toContain("style-src 'self' 'nonce-abc'");
  expect(directives).toContain("style-src-attr 'unsafe-inline'");
  expect(policy.match(/unsafe-\w+/g)).toEqual(["unsafe-inline"]);
  expect(policy).not.toContain("upgrade-insecure-requests");
});

it("enforces https in browsers only when they used it", () => {
  expect(responseHeaders("x", false)).not.toHaveProperty("strict-transport-security");
  expect(responseHeaders("x", true)).toHaveProperty("strict-transport-security");
  expect(pagePolicy({ nonce: "abc", https: true, dev: false })).toMatch(/; upgrade-insecure-requests$/);
});

it("never creates a nonce twice", () => {
  const nonces = Array.from({ length: 1000 }, newNonce);
  expect(new Set(nonces).size).toBe(1000);
  for (const nonce of nonces) expect(Buffer.from(nonce, "base64").byteLength).toBe(16);
});

it.each([
  ["https", 0, false],
  ["https", 1, true],
  ["http", 1, false],
  ["HTTPS", 1, true],
  ["https, http", 1, false],
  ["http, https", 1, true],
  ["https, http", 2, true],
  ["https", 2, true],
  [undefined, 1, false],
])("takes a proxy's value %s as the last of %i", (forwarded, trusted, https) => {
  expect(isHttps({ "x-forwarded-proto": forwarded }, trusted)).toBe(https);
});
