import { expect, it } from "vitest";
import { appUrl, ask, json, outcome } from "@/e2e/http/bad-input/test-support/http";

/** Headers that once made the framework skip a check, misread a body, or respond with another page. */
const headerForms: readonly Readonly<Record<string, string>>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { "x-middleware-subrequest": "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware" },
  { "x-middleware-rewrite": "/api/v1/webhooks" },
  { "x-middleware-next": "1" },
  { "x-nextjs-data": "1" },
  { "x-invoke-path": "/api/v1/webhooks" },
  { "x-matched-path": "/api/v1/webhooks" },
  { "x-now-route-matches": "1=webhooks" },
  { "x-original-url": "/api/v1/webhooks" },
  { "x-rewrite-url": "/api/v1/webhooks" },
  { "x-http-method-override": "DELETE" },
  { "x-method-override": "DELETE" },
  { "next-action": "0".repeat(42) },
  { "next-resume": "1" },
];

it.each(headerForms)("responds as usual to %o", async (headers) => {
  for (const path of ["/api/v1/stores?limit=1", "/api/openapi.json"]) {
    const [plain, formed] = [await ask(path), await ask(path, { headers })];
    expect([formed.status, formed.text]).toEqual([plain.status, plain.text]);
  }
  expect((await ask("/method", { headers })).status).toBe(200);
});

it.each([
  "/method.rsc",
  "/index.rsc",
  "/method.segments/_tree.segment.rsc",
  "/_next/data/x/method.json",
  "/method.txt",
])("has no page at %s", async (path) => {
  expect((await ask(path)).status).toBe(404);
});

it.each([
  ["a call of an action", { headers: { "next-action": "0".repeat(42) }, body: "[]" }],
  ["a form", { body: new URLSearchParams({ $ACTION_ID: "1" }) }],
  ["a form of parts", { body: form({ "1_$ACTION_ID_1": "", 0: '["$K1"]' }) }],
  ["a form of parts that is cut off", { headers: { "content-type": "multipart/form-data; boundary=x" }, body: "--x" }],
  ["a reference to itself", { headers: { "next-action": "x" }, body: form({ 0: '"$@0"', 1: '{"then":"$0"}' }) }],
])("has no page that accepts %s", async (_what, init) => {
  for (const path of ["/", "/method", "/stores/x", "/nowhere"]) {
    const answer = await ask(path, { method: "POST", ...init });
    expect(outcome(answer)).toBe("405 method_not_allowed");
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
  }
});

function form(fields: Readonly<Record<string, string>>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

it("accepts a change from no form of another site: the API requires JSON", async () => {
  for (const body of [new URLSearchParams({ store_ids: "x" }), form({ store_ids: "x" }), '{"store_ids":["x"]}']) {
    expect(outcome(await ask("/api/v1/reports", { method: "POST", body }))).toBe("415 unsupported_media_type");
  }
});

it("never redirects to another site", async () => {
  const paths = ["//evil.example", "//evil.example/", "/\\evil.example", "/%5cevil.example", "/%2f%2fevil.example"];
  for (const path of [...paths, "/.//evil.example", "///evil.example", "/@evil.example", "/;//evil.example"]) {
    const answer = await fetch(appUrl(path), { redirect: "manual" });
    const location = answer.headers.get("location");
    if (location === null) continue;
    expect(new URL(location, appUrl(path)).origin, `${path} → ${location}`).toBe(new URL(appUrl("")).origin);
  }
});

it("takes the viewer and their rights from no body, query or header", async () => {
  const planted = { org_id: 1, role: "admin", userId: 1, user_id: 1, email: "a@example.com", viewer: "system" };
  for (const [name, value] of Object.entries(planted)) {
    expect(outcome(await ask(`/api/v1/stores?${name}=${value}`))).toBe("400 unknown_parameter");
    const body = { method: "interpolated", [name]: value };
    expect(outcome(await ask("/api/v1/reports", json(body)))).toBe("400 unknown_field");
  }
});
