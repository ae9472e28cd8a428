import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { databaseUrl } from "@/db/testing/database-url";
import { makeDataDir, query } from "@/db/testing/holders";
import { appUrl } from "@/e2e/http/bad-input/test-support/http";
import { startFor, stopAll, type Started } from "@/scripts/start/test-support/started";

const name = `plain_${process.pid}`;
const password = "nine quiet cormorants";
const dataDir = makeDataDir();
const passwordFile = join(dataDir, "admin-password");

let serverUrl = "";
let url = "";

/** A database whose user has all rights in it, and none on the server. */
beforeAll(async () => {
  serverUrl = inject("appServerUrl");
  await query(serverUrl, `create role ${name} login password 'planted'`);
  await query(serverUrl, `create database ${name} owner ${name}`);
  const plain = new URL(databaseUrl(serverUrl, name));
  plain.username = name;
  plain.password = "planted";
  url = plain.href;
  writeFileSync(passwordFile, `${password}\n`);
});
afterAll(async () => {
  stopAll();
  await query(serverUrl, `drop database if exists ${name} with (force)`);
  await query(serverUrl, `drop role if exists ${name}`);
  rmSync(dataDir, { recursive: true });
});

describe("the start", () => {
  it.each<Record<string, string>>([
    { HOST: "0.0.0.0" },
    { HOST: "::" },
    { TRUST_PROXY: "1" },
    { PUBLIC_URL: "https://uptime.example" },
  ])("fails without AUTH when others can connect: %j", async (settings) => {
    const started = startFor(dataDir, "0", { DATABASE_URL: url, ...settings });
    expect(await started.exitCode).toBe(1);
    expect(started.said()).toMatch(/AUTH=required people sign in .*AUTH=open everyone/);
  });

  it("fails with AUTH=required when row-level security is unavailable, and says what to do", async () => {
    const started = startFor(dataDir, "0", { DATABASE_URL: url, AUTH: "required" });
    expect(await started.exitCode).toBe(1);
    expect(started.said()).toMatch(/CREATE ROLE store_monitoring_viewer NOLOGIN; GRANT store_monitoring_viewer TO/);
    expect(started.said()).not.toContain("/setup?token=");
    expect(started.said()).not.toContain("planted");
  });
});

describe("works once an administrator has followed it, behind a proxy that terminates https", () => {
  let started: Started;
  let address = "";

  beforeAll(async () => {
    await query(
      serverUrl,
      `
      do $$ begin create role store_monitoring_viewer nologin; exception when duplicate_object then null; end $$;
      grant store_monitoring_viewer to ${name}`,
    );
    const settings = { AUTH: "required", TRUST_PROXY: "1", ADMIN_EMAIL: "ada@example.com" };
    started = startFor(dataDir, "0", { DATABASE_URL: url, ...settings, ADMIN_PASSWORD_FILE: passwordFile });
    address = (await started.address()).origin;
  });

  const https = { "x-forwarded-proto": "https", "sec-fetch-site": "same-origin" };
  const signIn = (headers: Readonly<Record<string, string>>) =>
    fetch(`${address}/api/session`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ email: "ada@example.com", password }),
    });

  it("creates the operator of the settings, and no link", async () => {
    expect(started.said()).not.toContain("/setup?token=");
    expect((await signIn({ "sec-fetch-site": "same-origin" })).status).toBe(200);
  });

  it("gives browsers a __Host- cookie that is Secure, and accepts no other", async () => {
    const [cookie = "", ...more] = (await signIn(https)).headers.getSetCookie();
    expect(more).toEqual([]);
    expect(cookie).toMatch(/^__Host-session=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax; Secure$/);
    const [pair = ""] = cookie.split(";");
    const ask = async (sent: string) =>
      (await fetch(`${address}/api/v1/stores`, { headers: { ...https, cookie: sent } })).status;
    expect(await ask(pair)).toBe(200);
    expect(await ask(pair.replace("__Host-", ""))).toBe(401);
  });

  it("sets HSTS on pages, data and errors, only over https", async () => {
    for (const path of ["/sign-in", "/api/v1/stores", "/api/livez", "/nowhere", "/_next/static/none.js"]) {
      const of = async (headers: Readonly<Record<string, string>>, origin = address) =>
        (await fetch(`${origin}${path}`, { headers, redirect: "manual" })).headers;
      const secure = await of(https);
      expect([path, secure.get("strict-transport-security")]).toEqual([path, "max-age=31536000; includeSubDomains"]);
      expect((await of({})).get("strict-transport-security")).toBeNull();
      expect((await of({ "x-forwarded-proto": "http" })).get("strict-transport-security")).toBeNull();
      // Without a trusted proxy anyone could claim that.
      expect((await of(https, appUrl(""))).get("strict-transport-security")).toBeNull();
    }
  });
});
