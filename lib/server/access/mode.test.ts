import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/server/env";
import { accessMode } from "./mode";

const modeOf = (settings: Record<string, string>) => accessMode(parseEnv(settings));

describe("who has access", () => {
  it.each<Record<string, string>>([
    {},
    { HOST: "localhost" },
    { HOST: "::1" },
    { HOST: "127.0.0.2" },
    { PUBLIC_URL: "http://127.0.0.1:8000" },
  ])("is everyone when only this machine can connect: %j", (settings) => {
    expect(modeOf(settings)).toBe("open");
  });

  it.each<Record<string, string>>([
    { HOST: "0.0.0.0" },
    { HOST: "::" },
    { HOST: "192.168.1.7" },
    { HOST: "127.evil.example" },
    { PUBLIC_URL: "https://uptime.example" },
    { TRUST_PROXY: "1" },
  ])("must be set when others can: %j", (settings) => {
    expect(() => modeOf(settings)).toThrow(/AUTH=required/);
    expect(modeOf({ ...settings, AUTH: "open" })).toBe("open");
    expect(modeOf({ ...settings, AUTH: "required" })).toBe("required");
  });

  it("can be set on this machine too", () => {
    expect(modeOf({ AUTH: "required" })).toBe("required");
  });
});
