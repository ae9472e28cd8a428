import { afterEach, describe, expect, it, vi } from "vitest";

const token = "t".repeat(43);

async function cookieOf(settings: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  const { sessionCookie, readSessionCookie } = await import("./session-cookie");
  const request = new Request("http://localhost/api/session", { headers });
  return { set: sessionCookie(request, token), read: readSessionCookie(request.headers) };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the cookie of a session", () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["a trusted proxy says so", { TRUST_PROXY: "1" }, { "x-forwarded-proto": "https" }],
    ["the last of several proxies says so", { TRUST_PROXY: "1" }, { "x-forwarded-proto": "http, https" }],
    ["the settings say so", { PUBLIC_URL: "https://uptime.example" }, {}],
  ])("is __Host- and Secure where %s", async (_how, settings, headers) => {
    const { set } = await cookieOf(settings, headers);
    expect(set).toBe(`__Host-session=${token}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure`);
    expect((await cookieOf(settings, { ...headers, cookie: `__Host-session=${token}` })).read).toBe(token);
    // A cookie that any page of a sibling host could have set is not accepted.
    expect((await cookieOf(settings, { ...headers, cookie: `session=${token}` })).read).toBeNull();
  });

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["nothing says otherwise", {}, {}],
    ["only the client says otherwise", {}, { "x-forwarded-proto": "https" }],
    ["the client says otherwise before the proxy", { TRUST_PROXY: "1" }, { "x-forwarded-proto": "https, http" }],
    [
      "the settings say so",
      { PUBLIC_URL: "http://127.0.0.1:8000", TRUST_PROXY: "1" },
      { "x-forwarded-proto": "https" },
    ],
  ])("is plain, and still out of scripts' reach, where %s", async (_how, settings, headers) => {
    const { set } = await cookieOf(settings, headers);
    expect(set).toBe(`session=${token}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax`);
    expect((await cookieOf(settings, { ...headers, cookie: `a=b; session=${token}` })).read).toBe(token);
  });

  it.each(["", "short", `${token}x`, "t".repeat(42) + "!"])("is ignored when it is not a token: %j", async (text) => {
    expect((await cookieOf({}, { cookie: `session=${text}` })).read).toBeNull();
  });
});
