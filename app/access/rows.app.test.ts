import { describe, expect, it } from "vitest";
import { scopes } from "@/lib/contract/scopes";
import { raw } from "@/app/catalogue/test-support/http";
import { bearer, type Caller } from "./test-support/access-rows";
import { guardedApp } from "./test-support/guarded-app";

/** The rows of the catalogue of bad input that need access control, by their numbers. */
const guarded = guardedApp();

interface Said {
  readonly status: number;
  readonly code: unknown;
  /** Without the request's own id. */
  readonly text: string;
  readonly headers: Headers;
}

async function ask(path: string, caller: Caller, init: RequestInit = {}): Promise<Said> {
  const answer = await fetch(`${guarded().app.address}${path}`, {
    redirect: "manual",
    ...init,
    headers: { ...caller, ...(init.body === undefined ? {} : { "content-type": "application/json" }) },
  });
  return saidBy(answer.status, answer.headers, await answer.text());
}

function saidBy(status: number, headers: Headers, text: string): Said {
  const code: unknown = text.startsWith("{") ? Reflect.get(JSON.parse(text) as object, "code") : undefined;
  return { status, code, text: text.replace(/"request_id":"[^"]+"/, ""), headers };
}

const post = (body: unknown): RequestInit => ({ method: "POST", body: JSON.stringify(body) });
const countReports = async (): Promise<unknown> =>
  (await guarded().world.database.sql`select count(*)::int as count from reports where origin = 'request'`)[0];
const sessionOf = ({ cookie = "" }: Caller): Caller => ({ cookie });

describe("H19 GET /store/{store_id}/trigger_report/", () => {
  const path = "/store/mine/trigger_report/";

  it("works with a key", async () => {
    const { status, text } = await ask(path, guarded().world.ownersKey);
    expect([status, JSON.parse(text)]).toEqual([200, { report_id: expect.any(Number) as number }]);
  });

  it.each(["same-origin", "none"])("works with a session of Sec-Fetch-Site: %s", async (site) => {
    const { callers } = guarded().world;
    const { status, text } = await ask(path, { ...sessionOf(callers.owner), "sec-fetch-site": site });
    expect([status, JSON.parse(text)]).toEqual([200, { report_id: expect.any(Number) as number }]);
  });

  it.each<Caller>([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
    { origin: "https://evil.example" },
    {},
  ])("takes no cookie from elsewhere: 403 for %j, and queues nothing", async (from) => {
    const before = await countReports();
    const answer = await ask(path, { ...sessionOf(guarded().world.callers.owner), ...from });
    expect(answer).toMatchObject({ status: 403, code: "cross_site_request" });
    expect(await countReports()).toEqual(before);
  });

  it("answers 401 to nobody and 404 to the owner of another store", async () => {
    const { callers, ownersKey } = guarded().world;
    expect(await ask(path, {})).toMatchObject({ status: 401 });
    for (const caller of [callers.owner, ownersKey]) {
      expect(await ask("/store/other/trigger_report/", caller)).toMatchObject({ status: 404, code: "store_not_found" });
    }
  });
});

describe("H23 who sends a request", () => {
  const path = "/api/v1/stores?limit=1";

  it("is 401 with WWW-Authenticate and the same body, whatever is wrong", async () => {
    const { refused } = guarded().world;
    const bodies = new Set<string>();
    for (const [what, caller] of Object.entries(refused)) {
      const { status, text, headers } = await ask(path, caller);
      expect([what, status, headers.get("www-authenticate")]).toEqual([what, 401, 'Bearer realm="store monitoring"']);
      bodies.add(text);
    }
    expect(bodies.size).toBe(1);
  });

  it.each(["Authorization", "X-Api-Key"])("is 401 with two headers %s, each of a good key", async (name) => {
    const { app, world } = guarded();
    const [one, other] = [await world.keyOf({ scopes }), await world.keyOf({ scopes })];
    const scheme = name === "Authorization" ? "Bearer " : "";
    const lines = (texts: readonly string[]) => texts.map((text) => `${name}: ${scheme}${text}\r\n`).join("");
    const sent = (texts: readonly string[]) =>
      raw(`GET ${path} HTTP/1.1\r\nHost: ${new URL(app.address).host}\r\n${lines(texts)}\r\n`, { to: app.address });
    expect((await sent([one.text])).status).toBe(200);
    for (const both of [
      [one.text, other.text],
      [one.text, one.text],
      [one.text, "x"],
    ]) {
      const { status, headers } = await sent(both);
      expect([status, headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="store monitoring"']);
    }
  });

  it("may write the scheme as it likes, and old clients their own header", async () => {
    const { text } = await guarded().world.keyOf({ scopes });
    for (const scheme of ["bearer", "BEARER", "Bearer"]) {
      expect(await ask(path, { authorization: `${scheme} ${text}` })).toMatchObject({ status: 200 });
    }
    expect(await ask(path, { "x-api-key": text })).toMatchObject({ status: 200 });
  });

  it("is told that a key in the address is refused, and the key is marked", async () => {
    const { keyOf, callers } = guarded().world;
    const { id, text } = await keyOf({ scopes });
    for (const name of ["key", "access_token", "q"]) {
      const answer = await ask(`/api/v1/stores?${name}=${text}`, {});
      expect(answer).toMatchObject({ status: 400, code: "key_in_url" });
      expect(answer.text).not.toContain(text);
    }
    const { text: keys } = await ask("/api/v1/keys", callers.operator);
    const { keys: list } = JSON.parse(keys) as { keys: { id: string; exposed_at: string | null }[] };
    expect(list.find((key) => key.id === id)?.exposed_at).toEqual(expect.any(String));
  });

  it("is nobody with a key in the body", async () => {
    const { text } = await guarded().world.keyOf({ scopes });
    for (const name of ["key", "access_token", "authorization"]) {
      expect(await ask("/api/v1/reports", {}, post({ scope: "fleet", [name]: text }))).toMatchObject({ status: 401 });
    }
  });

  it("cannot send a megabyte: it is refused before it is read", async () => {
    const { app } = guarded();
    const answer = await raw(
      `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${"x".repeat(1_000_000)}\r\n\r\n`,
      { to: app.address },
    );
    expect(saidBy(answer.status, answer.headers, answer.text)).toMatchObject({
      status: 431,
      code: "headers_too_large",
    });
  });
});

describe("H24 scopes", () => {
  it("let a read-only key change nothing: 403", async () => {
    const { readOnly, callers } = guarded().world;
    const poll = { store_id: "mine", at: "2023-01-25T10:00:00Z", status: "active" };
    for (const [path, body] of [
      ["/api/v1/reports", { store_id: "mine" }],
      ["/api/v1/polls", { polls: [poll] }],
      ["/api/v1/webhooks", { url: "https://hooks.invalid/", events: ["store.offline"] }],
      ["/api/v1/keys", { name: "more", scopes }],
    ] as const) {
      const answer = await ask(path, readOnly, post(body));
      expect([path, answer.status, answer.code]).toEqual([path, 403, "insufficient_scope"]);
    }
    expect(await ask("/store/mine/trigger_report/", readOnly)).toMatchObject({ status: 403 });
    expect(await ask("/api/v1/stores/mine", readOnly)).toMatchObject({ status: 200 });
    expect(await ask("/api/v1/stores/mine", callers.owner)).toMatchObject({ status: 200 });
  });

  it("let an owner's key do nothing to the fleet: 403; other stores are not there: 404", async () => {
    const { ownersKey } = guarded().world;
    for (const path of ["/api/v1/imports", "/api/v1/webhooks", "/api/v1/people", "/api/v1/audit"]) {
      expect(await ask(path, ownersKey)).toMatchObject({ status: 403, code: "insufficient_scope" });
    }
    for (const path of ["", "/uptime?window=day", "/timeline", "/incidents", "/heatmap", "/exceptions"]) {
      const answer = await ask(`/api/v1/stores/other${path}`, ownersKey);
      expect([path, answer.status, answer.code]).toEqual([path, 404, "store_not_found"]);
    }
  });
});

describe("what is somebody else's", () => {
  const addresses = (report: string, store: string): string[] => [
    ...["", "/summary", ".csv", ".ndjson"].map((rest) => `/api/v1/reports/${report}${rest}`),
    ...["", "/uptime?window=day", "/timeline", "/incidents", "/heatmap"].map(
      (rest) => `/api/v1/stores/${store}${rest}`,
    ),
    `/store/${store}/trigger_report/`,
  ];

  it("G15 gets the body that what nobody has gets", async () => {
    const { callers, ownersKey } = guarded().world;
    for (const caller of [callers.owner, ownersKey]) {
      const [theirs, nobodys] = [addresses("1", "other"), addresses("999", "nobody")];
      for (const [index, path] of theirs.entries()) {
        const [foreign, absent] = [await ask(path, caller), await ask(nobodys[index] ?? "", caller)];
        expect([path, foreign.status, absent.status]).toEqual([path, 404, 404]);
        expect(foreign.text.replaceAll("other", "…")).toBe(absent.text.replaceAll("nobody", "…"));
      }
      const [foreign, absent] = [
        await ask("/store/get_report/", caller, post({ report_id: 1 })),
        await ask("/store/get_report/", caller, post({ report_id: 999 })),
      ];
      expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
    }
    expect(await ask("/api/v1/reports/1", callers.other)).toMatchObject({ status: 200 });
  });

  it("G16 is 404 also when it is no more; its owner is told: 410", async () => {
    const { callers, ownersKey, database } = guarded().world;
    const report = await ask("/api/v1/reports", callers.other, post({ store_id: "other" }));
    const { id } = JSON.parse(report.text) as { id: number };
    const state = async () =>
      (JSON.parse((await ask(`/api/v1/reports/${id}`, callers.other)).text) as { state: string }).state;
    await expect.poll(state, { timeout: 30_000 }).toBe("complete");
    await database.sql`delete from report_rows where report_id = ${id}`;
    await database.sql`update reports set expired_at = now() where id = ${id}`;
    for (const rest of ["", "/summary", ".csv", ".ndjson"]) {
      const path = `/api/v1/reports/${id}${rest}`;
      expect(await ask(path, callers.other)).toMatchObject({ status: 410, code: "report_expired" });
      for (const caller of [callers.owner, ownersKey]) {
        const [foreign, absent] = [await ask(path, caller), await ask(`/api/v1/reports/999${rest}`, caller)];
        expect([foreign.status, foreign.text]).toEqual([404, absent.text]);
      }
    }
  });

  it("H16 leaves an Idempotency-Key to others: each has their own of that name", async () => {
    const { callers, ownersKey, everyScope } = guarded().world;
    const key = { "idempotency-key": "the same for all" };
    const reports: unknown[] = [];
    for (const caller of [callers.owner, ownersKey, callers.other, everyScope]) {
      const [first, again] = [
        await ask("/api/v1/reports", { ...caller, ...key }, post({ scope: "fleet" })),
        await ask("/api/v1/reports", { ...caller, ...key }, post({ scope: "fleet" })),
      ];
      expect([first.status, first.headers.get("idempotent-replay")]).toEqual([202, null]);
      expect([again.text, again.headers.get("idempotent-replay")]).toEqual([first.text, "true"]);
      const { id } = JSON.parse(first.text) as { id: number };
      reports.push(id);
      const other = await ask("/api/v1/reports", { ...caller, ...key }, post({ scope: "fleet", method: "poll_count" }));
      expect(other).toMatchObject({ status: 422, code: "idempotency_key_reused" });
    }
    // A person's key asks in their name, and joins the report that they have under way.
    const [mine, , theirs, all] = reports;
    expect(new Set([mine, theirs, all]).size).toBe(3);
  });

  it("keeps a key to its stores", async () => {
    const { text } = await guarded().world.keyOf({ scopes, storeKeys: [1] });
    expect(await ask("/api/v1/stores/mine", bearer(text))).toMatchObject({ status: 200 });
    expect(await ask("/api/v1/stores/other", bearer(text))).toMatchObject({ status: 404 });
  });
});
