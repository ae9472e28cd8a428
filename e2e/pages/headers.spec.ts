import { expect, test } from "@playwright/test";
import { type Received, send } from "./send";

const always = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
};
const dataPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";
const pagePolicy =
  /^default-src 'self'; script-src 'self' 'nonce-([A-Za-z0-9+/]{22}==)' 'strict-dynamic'; style-src 'self' 'nonce-\1'; style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/;

/** What every response must have, whatever its source. */
function expectHardened({ headers }: Received): void {
  expect(headers).toMatchObject(always);
  expect(headers).not.toHaveProperty("x-powered-by");
  expect(headers).not.toHaveProperty("server");
  expect(headers).not.toHaveProperty("access-control-allow-origin");
  expect(headers, "nobody came by https").not.toHaveProperty("strict-transport-security");
}

function expectNotStored({ headers }: Received): void {
  expect(headers["cache-control"]).toMatch(/\bprivate\b/);
  expect(headers["cache-control"]).toMatch(/\bno-store\b/);
}

interface Row {
  readonly path: string;
  readonly status: number;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const json = { "content-type": "application/json" };

const pages: readonly Row[] = [
  ...["/", "/?q=%3Cb%3E&state=x", "/reports", "/imports", "/data-quality", "/method", "/docs", "/method/"].map(
    (path) => {
      return { path, status: 200 };
    },
  ),
  ...["/nowhere", "/stores/nobody", "/reports/999999999", "/imports/999999999", "/%5f", "/404"].map((path) => {
    return { path, status: 404 };
  }),
  { path: "/method", method: "HEAD", status: 200 },
  // Requests of the browser's router, and what a cache that only looks at the path would keep.
  { path: "/method?_rsc", headers: { rsc: "1" }, status: 200 },
];

const data: readonly Row[] = [
  { path: "/api/v1/stores?limit=1", status: 200 },
  { path: "/api/v1/stores?limit=1", method: "HEAD", status: 200 },
  { path: "/x/../api/v1/stores?limit=1", status: 200 },
  { path: "/api/v1/stores", method: "OPTIONS", status: 204 },
  { path: "/api/openapi.json", status: 200 },
  { path: "/api/v1/reports?limit=1", status: 200 },
  { path: "/api/v1/stores?limit=many", status: 400 },
  { path: "/api/v1/stores?q=%zz", status: 400 },
  { path: "/api/v1/stores/nobody", status: 404 },
  { path: "/api/nowhere", status: 404 },
  { path: "/store/nobody/trigger_report/", status: 404 },
  { path: "/store/get_report/", status: 405 },
  { path: "/api/v1/stores", method: "DELETE", status: 405 },
  { path: "/store/get_report/", method: "POST", body: `"${"x".repeat(1_000_000)}"`, headers: json, status: 413 },
  { path: "/store/get_report/", method: "POST", body: "<report/>", headers: { "content-type": "a/b" }, status: 415 },
  { path: `/api/v1/stores?q=${"x".repeat(9_000)}`, status: 414 },
];

/** Responses from before the framework. */
const refused: readonly Row[] = [
  { path: "/%E0%A4%A", status: 400 },
  { path: "/method", method: "POST", body: "a=b", status: 405 },
  { path: "/", method: "DELETE", status: 405 },
  { path: "/", method: "PROPFIND", status: 405 },
  { path: "/_next/image?url=%2Ficon.svg&w=64&q=75", status: 404 },
  { path: "/_next/data/x/index.json", status: 404 },
  { path: "/_global-error", status: 404 },
  { path: "/_not-found", status: 404 },
];

for (const row of pages) {
  test(`page ${row.method ?? "GET"} ${row.path} ${Object.keys(row.headers ?? {}).join()}`, async () => {
    const answer = await send(row.path, row);
    expect(answer.status).toBe(row.status);
    expectHardened(answer);
    expectNotStored(answer);
    expect(answer.headers["content-security-policy"]).toMatch(pagePolicy);
  });
}

for (const row of [...data, ...refused]) {
  test(`data ${row.method ?? "GET"} ${row.path.slice(0, 60)} ${String(row.status)}`, async () => {
    const answer = await send(row.path, row);
    expect(answer.status).toBe(row.status);
    expectHardened(answer);
    expectNotStored(answer);
    expect(answer.headers["content-security-policy"]).toBe(dataPolicy);
    if (row.status >= 400) expect(answer.headers["content-type"]).toBe("application/problem+json");
  });
}

test("a malformed request gets a response with the headers too", async () => {
  const answer = await send("/", { headers: { "x-long": "x".repeat(20_000) } });
  expect(answer.status).toBe(431);
  expectHardened(answer);
  expect(answer.headers["content-security-policy"]).toBe(dataPolicy);
});

test("the CSV is downloaded, never shown, and not stored", async () => {
  const { body } = await send("/api/v1/stores?limit=1");
  const { stores } = JSON.parse(body) as { stores: { store_id: string }[] };
  const triggered = await send(`/store/${stores[0]?.store_id ?? ""}/trigger_report/`);
  const { report_id: id } = JSON.parse(triggered.body) as { report_id: number };
  const csv = `/api/v1/reports/${String(id)}.csv`;
  await expect.poll(async () => (await send(csv)).status, { timeout: 30_000 }).toBe(200);
  const answer = await send(csv);
  expectHardened(answer);
  expectNotStored(answer);
  expect(answer.headers["content-security-policy"]).toBe(dataPolicy);
  expect(answer.headers["content-disposition"]).toMatch(/^attachment; filename="/);
  const again = await send(csv, { headers: { "if-none-match": answer.headers.etag ?? "" } });
  expect(again.status).toBe(304);
  expectHardened(again);
});

test("built files may be stored by any cache, and contain no personal data", async () => {
  const { body } = await send("/method");
  // The build's name is the query of each.
  const files = [...body.matchAll(/"(\/_next\/static\/[^"\\?]+\.(?:js|css|woff2))(?:\?dpl=[^"\\]+)?"/g)].map(
    (match) => match[1] ?? "",
  );
  expect(files.length).toBeGreaterThan(5);
  for (const file of new Set(files)) {
    const answer = await send(file);
    expect(answer.status, file).toBe(200);
    expectHardened(answer);
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect((await send(`${file}.map`)).status).toBe(404);
    expect(answer.body).not.toMatch(/sourceMappingURL=(?!data:)/);
  }
  const unasked = await send("/favicon.ico");
  expect([unasked.status, unasked.headers.location]).toEqual([308, "/icon.svg"]);
  expectHardened(unasked);
  const icon = await send("/icon.svg");
  expect(icon.status).toBe(200);
  expectHardened(icon);
});

test("every script and style of a page has the nonce of its own response", async () => {
  const seen = new Set<string>();
  for (const path of ["/", "/method", "/docs", "/nowhere", "/stores/nobody"]) {
    const { body, headers } = await send(path);
    const nonce = pagePolicy.exec(headers["content-security-policy"]?.toString() ?? "")?.[1] ?? "";
    const tags = body.match(/<(?:script|style)\b[^>]*>|<link\b[^>]*rel="stylesheet"[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(5);
    for (const tag of tags) expect(tag).toContain(`nonce="${nonce}"`);
    expect(body).not.toMatch(/<[a-z]+\b[^>]*\son[a-z]+=/);
    seen.add(nonce);
  }
  expect(seen.size).toBe(5);
});

test("nothing that a client sends becomes a nonce, an origin or a scheme", async () => {
  const answer = await send("/docs", {
    headers: {
      "x-nonce": "planted",
      "content-security-policy": "script-src 'nonce-planted'",
      "content-security-policy-report-only": "script-src 'nonce-planted'",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "planted.example",
    },
  });
  expect(answer.status).toBe(200);
  expectHardened(answer);
  expect(answer.headers["content-security-policy"]).toMatch(pagePolicy);
  expect(JSON.stringify(answer)).not.toContain("planted");
});

test("no other site may read the responses", async () => {
  const asked = { origin: "https://elsewhere.example", "access-control-request-method": "POST" };
  for (const method of ["OPTIONS", "GET"]) {
    const answer = await send("/api/v1/stores?limit=1", { method, headers: asked });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  }
});
