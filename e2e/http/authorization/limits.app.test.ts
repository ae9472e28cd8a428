import { describe, expect, it } from "vitest";
import { raw, json, outcome, problemOf, type Answer } from "@/e2e/http/bad-input/test-support/http";
import { ownApp } from "@/e2e/http/bad-input/test-support/own-app";

const { app, ask } = ownApp({
  ...{ RATE_LIMIT_STATUS_PER_MINUTE: "6", RATE_LIMIT_DOWNLOAD_PER_MINUTE: "4", RATE_LIMIT_PAGES_PER_MINUTE: "5" },
  ALLOWED_HOSTS: "listed.test",
});

function expectRefusal(answer: Answer, name: string, most: number): void {
  expect(answer.status).toBe(429);
  expect(answer.headers.get("ratelimit-policy")).toBe(`"${name}";q=${most};w=60`);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(Number(answer.headers.get("retry-after"))).toBeLessThanOrEqual(63);
}

describe("a limit on requests", () => {
  it("for status requests is shared by reports, the documented endpoint and imports", async () => {
    const questions = [
      () => ask("/api/v1/reports/999"),
      () => ask("/store/get_report/", json({ report_id: 999 })),
      () => ask("/api/v1/imports/999"),
    ];
    for (let round = 0; round < 2; round++) {
      for (const question of questions) expect((await question()).status).toBe(404);
    }
    for (const question of questions) {
      const answer = await question();
      expectRefusal(answer, "status", 6);
      expect(problemOf(answer).code).toBe("rate_limited");
    }
    expect(outcome(await ask("/api/v1/reports"))).toBe("200");
  });

  it("for downloads is shared by reports, stores and rejects", async () => {
    const paths = [
      ...["/api/v1/reports/999.csv", "/api/v1/reports/999.ndjson", "/api/v1/stores.csv"],
      "/api/v1/imports/999/rejects.csv",
    ];
    for (const path of paths) expect((await ask(path)).status).not.toBe(429);
    for (const path of paths) expectRefusal(await ask(path), "download", 4);
    const asCsv = await ask("/api/v1/reports/999", { headers: { accept: "text/csv" } });
    expectRefusal(asCsv, "download", 4);
  });

  it("for pages is per address, responds with a page or a problem, and leaves the API alone", async () => {
    const html = { headers: { accept: "text/html" } };
    for (let i = 0; i < 5; i++) expect((await ask("/method", html)).status).toBe(200);
    const page = await ask("/", html);
    expectRefusal(page, "pages", 5);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(page.text).toContain("This page reloads automatically");
    expect(problemOf(await ask("/method?_rsc=1", { headers: { rsc: "1" } })).code).toBe("rate_limited");
    for (const path of ["/api/v1/stores", "/api/livez", "/api/readyz", "/icon.svg"]) {
      expect([path, (await ask(path)).status]).toEqual([path, 200]);
    }
  });
});

describe("a request to a foreign host name", () => {
  const get = async (path: string, host: string): Promise<Answer> =>
    raw(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, { to: app().web.origin });

  it.each(["/", "/stores/1", "/api/v1/stores", "/store/1/trigger_report/", "/api/livez", "/_next/static/none.js"])(
    "gets 421 at %s, for any address, with an explanation",
    async (path) => {
      for (const host of ["evil.example", "evil.example:8000", "x"]) {
        const answer = await get(path, host);
        expect(outcome(answer)).toBe("421 host_not_allowed");
        expect(problemOf(answer).detail).toContain("ALLOWED_HOSTS");
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
      }
    },
  );

  it.each(["localhost", "localhost:8000", "127.0.0.1", "[::1]:8000", "listed.test", "LISTED.test:8000"])(
    "never gets %s",
    async (host) => {
      expect((await get("/api/v1/stores", host)).status).toBe(200);
    },
  );
});
