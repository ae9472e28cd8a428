import { expect, it } from "vitest";
import { parseEnv } from "./env";

it("serves loopback only by default", () => {
  const env = parseEnv({});
  expect(env).toMatchObject({ HOST: "127.0.0.1", PORT: 8000, DATABASE_POOL_MAX: 10 });
  expect(env.DATABASE_URL).toBeUndefined();
});

it("treats an empty value as missing", () => {
  expect(parseEnv({ DATABASE_URL: "", PORT: "" })).toEqual(parseEnv({}));
});

it("names every error at once and repeats no value", () => {
  const bad = () => parseEnv({ DATABASE_URL: "mysql://root:hunter2@db/x", PORT: "70000", LOG_LEVEL: "loud" });
  expect(bad).toThrow(/DATABASE_URL[^]*PORT[^]*LOG_LEVEL/);
  expect(bad).not.toThrow(/hunter2/);
});

it("accepts an instant as the end of the demo data, and nothing else", () => {
  expect(parseEnv({}).DEMO_DATA).toBe("1");
  expect(parseEnv({ DEMO_DATA: "2026-01-28T20:03:00Z" }).DEMO_DATA).toBe("2026-01-28T20:03:00Z");
  expect(() => parseEnv({ DEMO_DATA: "yesterday" })).toThrow(/DEMO_DATA/);
});
