import { afterEach, describe, expect, it, vi } from "vitest";

async function siteOf(headers: Readonly<Record<string, string>>, settings: Readonly<Record<string, string>> = {}) {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.resetModules();
  const { requestSite } = await import("./request-site");
  return requestSite(new Request("http://127.0.0.1:8000/api/v1/polls", { method: "POST", headers }));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

const host = "127.0.0.1:8000";
const open = {};
const publicUrl = { PUBLIC_URL: "https://uptime.example" };
const proxy = { TRUST_PROXY: "1" };

describe("where a request comes from", () => {
  it.each<[string, Record<string, string>, Record<string, string>]>([
    ["own", { "sec-fetch-site": "same-origin", origin: "https://proxied.example" }, open],
    ["own", { "sec-fetch-site": "none" }, open],
    ["foreign", { "sec-fetch-site": "cross-site", origin: `http://${host}` }, open],
    ["foreign", { "sec-fetch-site": "same-site", origin: `http://${host}` }, open],
    ["foreign", { "sec-fetch-site": "none, cross-site" }, open],
    ["foreign", { "sec-fetch-site": "" }, open],
    ["foreign", { "sec-fetch-site": "Same-Origin" }, open],
    ["unstated", {}, open],
    ["own", { host, origin: `http://${host}` }, open],
    ["own", { origin: `http://${host}` }, open],
    ["foreign", { host, origin: "null" }, open],
    ["foreign", { host, origin: "" }, open],
    ["foreign", { host, origin: "http://127.0.0.1:8001" }, open],
    ["foreign", { host, origin: "http://127.0.0.1" }, open],
    ["foreign", { host, origin: "http://localhost:8000" }, open],
    ["foreign", { host, origin: `file://${host}` }, open],
    ["foreign", { host, origin: `http://${host}.evil.example` }, open],
    ["own", { host, referer: `http://${host}/reports?page=2` }, open],
    ["foreign", { host, referer: "http://evil.example/" }, open],
    ["foreign", { host, referer: "android-app://com.example.mail/" }, open],
    ["foreign", { host, origin: "http://evil.example", referer: `http://${host}/` }, open],
    // The default port of the scheme may be written or omitted.
    ["own", { host: "uptime.example:443", origin: "https://uptime.example" }, open],
    ["own", { host: "UPTIME.example", origin: "http://uptime.example" }, open],
    ["foreign", { host: "uptime.example:443", origin: "http://uptime.example" }, open],
    // A proxy may pass on another Host. Users on the machine itself do not go through it.
    ["own", { host: "upstream:8000", origin: "https://uptime.example" }, publicUrl],
    ["own", { host, origin: `http://${host}` }, publicUrl],
    ["foreign", { host: "uptime.example", origin: "http://uptime.example" }, publicUrl],
    ["foreign", { host: "upstream:8000", origin: "https://uptime.example:8443" }, publicUrl],
    ["own", { host: "a.example", origin: "https://a.example", "x-forwarded-proto": "https" }, proxy],
    ["foreign", { host: "a.example", origin: "http://a.example", "x-forwarded-proto": "https" }, proxy],
    ["own", { host: "a.example", origin: "http://a.example", "x-forwarded-proto": "https" }, open],
  ])("is %s by %j with %j", async (site, headers, settings) => {
    expect(await siteOf(headers, settings)).toBe(site);
  });
});
