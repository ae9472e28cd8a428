import { expect, it } from "vitest";
import { parseEnv } from "./env";

it("serves the loopback alone unless told otherwise", () => {
  const env = parseEnv({});
  expect(env).toMatchObject({ HOST: "127.0.0.1", PORT: 8000, DATABASE_POOL_MAX: 10 });
  expect(env.DATABASE_URL).toBeUndefined();
});

it("takes an empty value for none", () => {
  expect(parseEnv({ DATABASE_URL: "", PORT: "" })).toEqual(parseEnv({}));
});

it("names every fault at once and repeats no value", () => {
  const bad = () => parseEnv({ DATABASE_URL: "mysql://root:hunter2@db/x", PORT: "70000", LOG_LEVEL: "loud" });
  expect(bad).toThrow(/DATABASE_URL[^]*PORT[^]*LOG_LEVEL/);
  expect(bad).not.toThrow(/hunter2/);
});
