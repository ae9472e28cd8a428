import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { operations } from "@/lib/contract/operations";
import { ask, raw } from "@/e2e/http/bad-input/test-support/http";

const build = join(import.meta.dirname, "..", "..", "..", ".next");

/** Every page that exists, and its resources. A page that is not listed here is not meant to be served. */
const pages = [
  ...[
    "/",
    "/data-quality",
    "/docs",
    "/docs/[]",
    "/docs/changelog",
    "/docs/errors",
    "/imports",
    "/incidents",
    "/imports/[]",
    "/method",
    "/reports",
    "/reports/[]",
    "/stores/[]",
    "/stores/[]/edit",
  ],
  ...["/account", "/audit", "/invitation", "/keys", "/limits", "/people", "/setup", "/sign-in"],
  ...["/calendars", "/calendars/[]", "/new-calendar", "/manage-stores"],
  ...["/rollups", "/status", "/wallboard", "/webhooks", "/webhooks/[]"],
  ...["/_global-error", "/_not-found", "/icon.svg"],
];
/** Respond with 404 as problem+json to everything else below them. */
const restOf = ["/api/[]", "/store/[]"];

function manifest(name: string): unknown {
  return JSON.parse(readFileSync(join(build, name), "utf8"));
}

it("serves the listed pages and the documented operations, and nothing else", () => {
  const built = Object.values(manifest("app-path-routes-manifest.json") as Record<string, string>);
  const documented = operations.map(({ path }) => {
    return path.replace(/(.)\/$/, "$1").replace(/\{[^}]+\}(\.(csv|ndjson)$)?/g, "[]");
  });
  const routes = built.map((route) => route.replace(/\[+[^\]]+\]+/g, "[]"));
  expect(routes.sort()).toEqual([...new Set([...pages, ...restOf, ...documented])].sort());
  expect(Object.keys(manifest("server/pages-manifest.json") as object)).toEqual(["/500"]);
});

it("has no server action, and no middleware that could be bypassed", () => {
  expect(manifest("server/server-reference-manifest.json")).toMatchObject({ node: {}, edge: {} });
  expect(Object.keys((manifest("server/server-reference-manifest.json") as { node: object }).node)).toEqual([]);
  expect(manifest("server/middleware-manifest.json")).toMatchObject({ middleware: {}, functions: {} });
  expect(Object.keys((manifest("server/middleware-manifest.json") as { middleware: object }).middleware)).toEqual([]);
});

it("ships no source map, and no server text in what browsers load", () => {
  const files = readdirSync(join(build, "static"), { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => file.endsWith(".js")).length).toBeGreaterThan(10);
  expect(files.filter((file) => file.endsWith(".map"))).toEqual([]);
  for (const file of files.filter((one) => one.endsWith(".js"))) {
    expect(readFileSync(join(build, "static", file), "utf8"), file).not.toMatch(/DATABASE_URL|drizzle|pg_catalog/);
  }
});

const leaks = [
  ...["/.env", "/.env.local", "/.env.production", "/.git/config", "/.git/HEAD", "/.gitignore", "/.npmrc", "/.DS_Store"],
  ...["/.ssh/id_rsa", "/.aws/credentials", "/.well-known/security.txt", "/.vscode/settings.json", "/.htaccess"],
  ...["/package.json", "/package-lock.json", "/tsconfig.json", "/next.config.mjs", "/README.md", "/Dockerfile"],
  ...["/docker-compose.yml", "/node_modules/next/package.json", "/.next/BUILD_ID", "/.next/required-server-files.json"],
  ...["/server.js", "/app/page.tsx", "/db/schema/stores.ts", "/.data/pg/PG_VERSION", "/.data/secrets.json"],
  ...["/backup.sql", "/dump.sql", "/database.sqlite", "/id_rsa", "/config.json", "/web.config", "/phpinfo.php"],
  ...["/wp-login.php", "/admin", "/server-status", "/actuator/env", "/debug/pprof/", "/graphql", "/swagger.json"],
  ...["/_next/image?url=%2Ficon.svg&w=64&q=75", "/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75"],
  ...["/_next/data/build/index.json", "/_next/static/", "/_next/static/chunks/", "/_next/webpack-hmr", "/_next/mcp"],
  ...["/__nextjs_original-stack-frames", "/_next/server/app/page.js", "/api/_get", "/api/v1/_next", "/api/metrics"],
];

it.each(leaks)("serves nothing at %s", async (path) => {
  const { status, text } = await ask(path);
  expect(status).toBe(404);
  expect(text).not.toMatch(/DATABASE_URL=|\[core\]|"dependencies"|BEGIN [A-Z ]*PRIVATE KEY/);
});

/** Addresses that no HTTP client would write: unknown, malformed, or valid once `\\` is removed. */
it.each([
  "/../package.json",
  "/_next/static/../../package.json",
  "/_next/static/..%2f..%2fpackage.json",
  "/_next/static/%2e%2e/%2e%2e/package.json",
  "/_next/static/..\\..\\package.json",
  "/stores/..%2f..%2f..%2fetc%2fpasswd",
  "/reports/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
  "/api/v1/reports/..%2f..%2f..%2fetc%2fpasswd.csv",
  "/icon.svg/../../package.json",
  "/%00",
])("does not leave its folders by %s", async (path) => {
  const { status, text } = await raw(`GET ${path} HTTP/1.1\r\nhost: app\r\nconnection: close\r\n\r\n`);
  expect([308, 400, 404, 405]).toContain(status);
  expect(text).not.toMatch(/"dependencies"|root:/);
});
