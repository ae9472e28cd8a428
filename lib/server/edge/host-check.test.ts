import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/server/env";
import { foreignHost } from "./host-check";

const refused = (host: string | undefined, settings: Record<string, string>): string | undefined =>
  foreignHost({ headers: host === undefined ? {} : { host } }, parseEnv(settings))?.code;

describe("the host name of a request", () => {
  const ours = [
    "localhost",
    "LOCALHOST:8000",
    "127.0.0.1:8000",
    "127.0.0.2",
    "[::1]",
    "[::1]:8000",
    "shop.localhost:8000",
  ];
  const foreign = [
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "127.0.0.1@evil.example",
  ];
  const more = ["192.168.1.7:8000", "[::ffff:127.0.0.1]", "0.0.0.0", "", "local host", "evil.example, localhost"];

  it("is this machine's when everyone on it has access", () => {
    for (const host of ours) expect([host, refused(host, {})]).toEqual([host, undefined]);
    for (const host of [...foreign, ...more]) expect([host, refused(host, {})]).toEqual([host, "host_not_allowed"]);
    expect(refused(undefined, {})).toBeUndefined();
  });

  it("may be one that the settings list, and no other", () => {
    const settings = { ALLOWED_HOSTS: "uptime.test, Box" };
    for (const host of ["uptime.test", "box:8000", ...ours]) expect(refused(host, settings)).toBeUndefined();
    for (const host of foreign) expect(refused(host, settings)).toBe("host_not_allowed");
  });

  it("is any name when people sign in, unless the settings list names", () => {
    for (const host of [...ours, ...foreign]) expect(refused(host, { AUTH: "required" })).toBeUndefined();
    const listed = { AUTH: "required", HOST: "0.0.0.0", PUBLIC_URL: "https://uptime.example", ALLOWED_HOSTS: "box" };
    for (const host of ["uptime.example", "box", "localhost"]) expect(refused(host, listed)).toBeUndefined();
    expect(refused("evil.example", listed)).toBe("host_not_allowed");
  });

  it("is any name with AUTH=open for other machines: their names are unknown", () => {
    expect(refused("10.0.0.7:8000", { AUTH: "open", HOST: "0.0.0.0" })).toBeUndefined();
    // The operator declared it open, but only this machine can reach it.
    expect(refused("evil.example", { AUTH: "open" })).toBe("host_not_allowed");
  });
});
