import { describe, expect, it } from "vitest";
import { scopes } from "@/lib/contract/scopes";
import { raw } from "@/e2e/http/bad-input/test-support/http";
import type { Caller } from "./test-support/access-rows";
import { askAs, post, saidBy, type Said } from "./test-support/ask";
import { guardedApp } from "./test-support/guarded-app";

/** The rows of the bad-input table that are about authentication, by number. */
const guarded = guardedApp();

const ask = (path: string, caller: Caller, init?: RequestInit): Promise<Said> =>
  askAs(guarded().app.address, path, caller, init);
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
  ])("accepts no cookie from another site: 403 for %j, and queues nothing", async (from) => {
    const before = await countReports();
    const answer = await ask(path, { ...sessionOf(guarded().world.callers.owner), ...from });
    expect(answer).toMatchObject({ status: 403, code: "cross_site_request" });
    expect(await countReports()).toEqual(before);
  });

  it("responds with 401 without credentials and with 404 to the owner of another store", async () => {
    const { callers, ownersKey } = guarded().world;
    expect(await ask(path, {})).toMatchObject({ status: 401 });
    for (const caller of [callers.owner, ownersKey]) {
      expect(await ask("/store/other/trigger_report/", caller)).toMatchObject({ status: 404, code: "store_not_found" });
    }
  });
});

describe("H23 authentication", () => {
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

  it.each(["Authorization", "X-Api-Key"])("is 401 with two headers %s, each with a valid key", async (name) => {
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

  it("accepts the scheme in any case, and the header of old clients", async () => {
    const { text } = await guarded().world.keyOf({ scopes });
    for (const scheme of ["bearer", "BEARER", "Bearer"]) {
      expect(await ask(path, { authorization: `${scheme} ${text}` })).toMatchObject({ status: 200 });
    }
    expect(await ask(path, { "x-api-key": text })).toMatchObject({ status: 200 });
  });

  it("rejects a key in the URL, and marks the key", async () => {
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

  it("ignores a key in the body", async () => {
    const { text } = await guarded().world.keyOf({ scopes });
    for (const name of ["key", "access_token", "authorization"]) {
      expect(await ask("/api/v1/reports", {}, post({ scope: "fleet", [name]: text }))).toMatchObject({ status: 401 });
    }
  });

  it("rejects a megabyte before it is read", async () => {
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
