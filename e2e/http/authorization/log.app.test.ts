import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { openDatabase, type Database } from "@/db/client";
import { startBuiltApp, type BuiltApp } from "@/e2e/http/bad-input/test-support/built-app";
import { parseKey } from "@/lib/server/access/key-format";

const password = "nine quiet cormorants";
const nextPassword = "eleven loud cormorants";
const wrongPassword = "a planted wrong password";
const urlSecret = "planted-in-the-address-of-a-webhook";

let app: BuiltApp;
let database: Database;
let databasePassword = "";

beforeAll(async () => {
  app = await startBuiltApp(inject("appServerUrl"), {
    settings: { AUTH: "required", LOG_LEVEL: "trace", RATE_LIMIT_SIGN_IN_PER_MINUTE: "0" },
    prepare: (url) => {
      databasePassword = decodeURIComponent(new URL(url).password);
      database = openDatabase(url, { max: 1, applicationName: "test", statementTimeoutMs: 30_000 });
      return Promise.resolve();
    },
  });
});
afterAll(async () => {
  await database.close();
  await app.stop();
});

async function ask(path: string, headers: Readonly<Record<string, string>>, body?: unknown, method = "POST") {
  const answer = await fetch(`${app.address}${path}`, {
    method: body === undefined && method === "POST" ? "GET" : method,
    redirect: "manual",
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const [set = ""] = answer.headers.getSetCookie();
  const token = /^session=([\w-]{43});/.exec(set)?.[1] ?? "";
  const text = await answer.text();
  const said = text.startsWith("{") ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: answer.status, token, said };
}

it("T17: a full set of secrets leaves none of them in the log", async () => {
  const from = { origin: app.address, "sec-fetch-site": "same-origin" };
  const setupToken = /\/setup\?token=([\w-]{43})/.exec(app.said())?.[1] ?? "";
  const [person, email] = ["Ada", "ada@example.com"];

  // The setup link, with wrong and right tokens.
  await ask(`/setup?token=${setupToken}`, {});
  const setUp = { token: setupToken, name: person, email };
  expect((await ask("/api/setup", from, { ...setUp, password, more: wrongPassword })).status).toBe(400);
  const begun = await ask("/api/setup", from, { ...setUp, password });
  expect(begun.status).toBe(201);
  expect((await ask("/api/setup", from, { ...setUp, password })).status).toBe(409);

  // Sessions: wrong and right passwords, and valid, ended and forged cookies.
  expect((await ask("/api/session", from, { email, password: wrongPassword })).status).toBe(401);
  const signedIn = await ask("/api/session", from, { email, password });
  const changed = await ask(
    "/api/v1/password",
    { ...from, cookie: `session=${signedIn.token}` },
    { current: password, password: nextPassword },
  );
  const sessions = [begun.token, signedIn.token, changed.token];
  expect(sessions.map((one) => one.length)).toEqual([43, 43, 43]);
  expect(new Set(sessions).size).toBe(3);
  for (const token of sessions) {
    for (const path of ["/", "/stores/none", "/nowhere", "/api/v1/stores", "/api/v1/nothing", `/?session=${token}`]) {
      await ask(path, { cookie: `session=${token}` });
      await ask(path, { cookie: `session=${token}`, rsc: "1" });
    }
  }

  // A key, in every place where a client may put one.
  const mine = { ...from, cookie: `session=${changed.token}` };
  const scopes = ["stores:read", "reports:write", "admin"];
  const made = await ask("/api/v1/keys", mine, { name: "Till", scopes });
  const key = String(made.said["key"]);
  expect([made.status, key]).toEqual([201, expect.stringMatching(/^sm_live_/)]);
  const places: readonly Readonly<Record<string, string>>[] = [
    { authorization: `Bearer ${key}` },
    { authorization: key },
    { authorization: `Basic ${btoa(`key:${key}`)}` },
    { "x-api-key": key },
    { cookie: `session=${key}` },
    { "x-request-id": key },
    { "idempotency-key": key },
    { "user-agent": key, referer: `${app.address}/?key=${key}`, "x-forwarded-for": key },
  ];
  for (const headers of places) {
    await ask("/api/v1/stores", headers);
    await ask("/api/v1/reports", headers, { scope: "fleet", key });
    await ask(`/stores/${key}`, headers);
  }
  for (const path of [`/api/v1/stores?key=${key}`, `/api/v1/stores/${key}`, `/api/v1/reports/${key}`, `/${key}`]) {
    await ask(path, {});
  }

  // A webhook: its secret, credentials in its address, and attempts that fail.
  const url = `https://hooks.example.com/${urlSecret}?token=${urlSecret}`;
  const webhook = await ask("/api/v1/webhooks", mine, { url, events: ["report.completed", "report.failed"] });
  const webhookSecrets = [String(webhook.said["secret"])];
  expect(webhookSecrets[0]).toMatch(/^whsec_/);
  const id = String(webhook.said["id"]);
  const rotated = await ask(`/api/v1/webhooks/${id}`, mine, { rotate_secret: true }, "PATCH");
  webhookSecrets.push(String(rotated.said["secret"]));
  await ask(`/api/v1/webhooks/${id}/test`, mine, {});
  const attempts = async () =>
    (await database.sql<{ attempts: number }[]>`select attempts from webhook_deliveries order by id limit 1`)[0]
      ?.attempts;
  await expect.poll(attempts, { timeout: 30_000 }).toBeGreaterThan(0);

  // An invitation link.
  const invited = await ask("/api/v1/invitations", mine, { email: "otto@example.com", role: "owner", grants: [] });
  const invitation = /token=([\w-]{43})/.exec(String(invited.said["link"]))?.[1] ?? "";
  await ask(`/invitation?token=${invitation}`, {});
  expect((await ask("/api/invitations/accept", from, { token: invitation, name: "Otto", password })).status).toBe(201);

  // The database becomes unavailable during requests, and the driver's errors are logged.
  for (let i = 0; i < 5; i++) {
    await database.sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    await Promise.all(
      ["/", "/api/v1/stores", "/api/v1/fleet", "/api/v1/keys"].map((path) =>
        ask(path, { cookie: `session=${changed.token}` }),
      ),
    );
  }
  const lines = app.said().split("\n");
  const logged = lines.filter((line) => line.startsWith("{"));
  expect(logged.filter((line) => line.includes('"msg":"request"')).length).toBeGreaterThan(60);
  expect(logged.some((line) => line.includes("webhook not delivered"))).toBe(true);
  const secrets: Readonly<Record<string, readonly string[]>> = {
    password: [password, nextPassword, wrongPassword],
    session: sessions,
    key: [key, parseKey(key)?.secret ?? ""],
    webhook: [...webhookSecrets, ...webhookSecrets.map((secret) => secret.slice("whsec_".length)), urlSecret],
    invitation: [invitation],
    database: [databasePassword],
    setup: [setupToken],
  };
  for (const [what, texts] of Object.entries(secrets)) {
    for (const text of texts) {
      expect(text.length, what).toBeGreaterThan(10);
      for (const form of [text, encodeURIComponent(text), btoa(text)]) {
        expect([what, logged.filter((line) => line.includes(form))]).toEqual([what, []]);
      }
    }
  }
  // In addition to the log the start prints the link once, for the operator at the terminal; nothing else.
  const all = Object.values(secrets).flat();
  const said = lines.filter((line) => !line.startsWith("{") && all.some((secret) => line.includes(secret)));
  expect(said.map((line) => line.trim())).toEqual([`${app.address}/setup?token=${setupToken}`]);
});
