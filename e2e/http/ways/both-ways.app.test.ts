import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { addressOf, changes } from "@/e2e/http/authorization/test-support/access-rows";
import { operations } from "@/lib/contract/operations";
import { apiRouteNames } from "@/lib/server/edge/api-routes";
import { builtRoutes } from "@/lib/server/edge/route-template";
import { httpMethods } from "@/lib/server/http/methods";
import { twoWays, type WayRequest } from "./test-support/two-ways-app";

/**
 * Our own server calls the handlers of routes that the framework would call. A program must not notice which of them
 * answers it.
 */
const ways = twoWays();
const root = join(import.meta.dirname, "..", "..", "..");

async function expectSame(sent: WayRequest): Promise<void> {
  const { direct, framework } = await ways().ask(sent);
  const shown = `${sent.method} ${sent.path}`;
  expect({ shown, ...direct }).toEqual({ shown, ...framework });
}

it("serves every route of the framework that has handlers", () => {
  const served = apiRouteNames(join(root, "app"));
  const built = builtRoutes(root).filter((route) => /^\/(?:api|store|metrics|\.well-known)(?:\/|$)/.test(route));
  expect(built.sort()).toEqual(served);
});

/** Operations whose response lists that they were called before. */
const recordsItself = new Set(["exportPerson"]);

describe.each(operations.map((operation) => ({ id: operation.id, operation })))("$id", ({ operation }) => {
  it("answers every method, without and with rights", async () => {
    const { theirs, callers, everyScope, ownersKey } = ways().world;
    const path = addressOf(operation, theirs);
    for (const method of httpMethods) await expectSame({ method, path });
    await expectSame({ method: operation.method, path, headers: ownersKey });
    if (changes(operation) || recordsItself.has(operation.id)) {
      // A change that succeeds could not be repeated by the other way.
      const headers = { ...everyScope, "content-type": "application/json" };
      await expectSame({ method: operation.method, path: `${path}${path.includes("?") ? "&" : "?"}x=1`, headers });
      if (operation.body !== undefined) await expectSame({ method: operation.method, path, headers, body: "{" });
      return;
    }
    for (const caller of [callers.operator, everyScope]) {
      await expectSame({ method: "GET", path, headers: caller });
      await expectSame({ method: "HEAD", path, headers: caller });
      await expectSame({ method: "GET", path, headers: { ...caller, "accept-encoding": "gzip, br" } });
      await expectSame({ method: "GET", path, headers: { ...caller, accept: "image/png" } });
    }
  });
});

/** Spellings of addresses, some of which lead nowhere. */
const addresses = [
  ...["/api", "/api/", "/api/v1", "/api/nothing", "/store", "/store/", "/store/x", "/metrics/", "/metrics/x"],
  ...["/api/livez/", "/api/livez//", "//api/livez", "/api//livez", "/api/livez/x", "/api/livez.rsc", "/api/livez?"],
  ...["/api/livez?x=1", "/api/livez?x=%zz", "/api/%6civez", "/%61pi/livez", "/api%2flivez", "/api%2Fv1%2Fstores"],
  ...["/api/v1/stores/a%2Fb", "/api/v1/stores/a%20b", "/api/v1/stores/%C3%A9", "/api/v1/stores/%ff"],
  ...[
    "/api/v1/stores/mine/",
    "/api/v1/stores/mine/uptime/?window=day",
    "/api/v1%2Fstores/mine",
    "/%61pi/v1/stores/mine",
  ],
  ...["/api/v1/stores/%6dine", "/api/v1/stores/x/../mine", "/api/./livez", "/api/livez/..", "/api/v1/stores/."],
  ...["/api/v1/stores?limit=1&limit=2", "/api/v1/stores?limit=%31", "/api/v1/stores?q=a+b%20c", "/API/livez"],
  ...[
    "/api/v1/stores?limit=1;x",
    "/api/v1/stores/mine;a=1",
    "/api/v1/stores/{x}",
    '/api/v1/stores/"',
    "/api/v1/stores/[x]",
  ],
  ...["/.well-known/security.txt", "/.well-known/", "/.well-known/x", "/store/get_report", "/store/get_report/x"],
  ...["/store/mine/trigger_report/x", "/api/v1/reports/1.csv", "/api/v1/reports/1.txt", "/api/v1/stores.csv/"],
  ...["http://app/api/livez", "/api/livez#x", "/api/livez\\x", `/api/${"x".repeat(9_000)}`],
];

it.each(addresses)("answers %s", async (path) => {
  const { everyScope } = ways().world;
  for (const method of ["GET", "HEAD", "POST", "OPTIONS"]) await expectSame({ method, path, headers: everyScope });
});

it("takes bodies: polls, forms, wrong ones and none", async () => {
  const { everyScope } = ways().world;
  const path = "/api/v1/polls";
  const batch = JSON.stringify({ polls: [{ store_id: "mine", at: "2023-01-20T10:00:00Z", status: "active" }] });
  const json = { ...everyScope, "content-type": "application/json" };
  // Stored by the first request, a duplicate for all others.
  await ways().ask({ method: "POST", path, headers: json, body: batch });
  const chunked = { ...json, "transfer-encoding": "chunked" };
  for (const headers of [json, chunked, { ...json, "idempotency-key": "k" }]) {
    await ways().ask({ method: "POST", path, headers, body: batch });
    await expectSame({ method: "POST", path, headers, body: batch });
  }
  const lines = { ...everyScope, "content-type": "application/x-ndjson" };
  await expectSame({ method: "POST", path, headers: lines, body: "{}\nx\n" });
  await expectSame({ method: "POST", path, headers: json, body: "" });
  await expectSame({ method: "POST", path, headers: everyScope, body: batch });
  await expectSame({ method: "POST", path, headers: { ...json, "content-encoding": "br" }, body: batch });
  await expectSame({ method: "POST", path, headers: { ...json, expect: "100-continue" }, body: batch });
  await expectSame({ method: "POST", path, headers: { ...json, "content-length": "1000001" } });
  await expectSame({ method: "GET", path: "/api/livez", headers: { "content-length": "3" }, body: "abc" });
  const form = { ...everyScope, "content-type": "multipart/form-data; boundary=b" };
  await expectSame({ method: "POST", path: "/api/v1/imports/polls", headers: form, body: "--b--\r\n" });
  const report = { method: "POST", path: "/store/get_report/", headers: everyScope, body: '{"report_id":1}' };
  await expectSame(report);
  await expectSame({ ...report, headers: { ...report.headers, host: "proxy.example" } });
});

it("starts and ends sessions", async () => {
  const { callers } = ways().world;
  const wrong = { method: "POST", path: "/api/session", headers: { "content-type": "application/json" } };
  await expectSame({ ...wrong, body: JSON.stringify({ email: "op@x.org", password: "not this one" }) });
  await expectSame({ method: "GET", path: "/api/session", headers: callers.operator });
  await expectSame({ method: "DELETE", path: "/api/session", headers: { "sec-fetch-site": "same-origin" } });
});

it("uses one pool of connections, however a request arrives", async () => {
  const { database, everyScope } = ways().world;
  const asked = Array.from({ length: 40 }, () =>
    ways().ask({ method: "GET", path: "/api/v1/stores", headers: everyScope }),
  );
  await Promise.all(asked);
  const [row] = await database.sql<{ sessions: number }[]>`
    select count(*)::int as sessions from pg_stat_activity
    where application_name = 'store-monitoring web' and datname = current_database()`;
  expect(row?.sessions).toBeLessThanOrEqual(10);
});
