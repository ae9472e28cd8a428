import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { childEnv } from "@/lib/server/env";

let folder: string;
let newer: string;

interface Shipped {
  readonly release: string;
  readonly zones: Record<string, string>;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zones-"));
  newer = join(folder, "newer.json");
  const shipped = JSON.parse(readFileSync("lib/uptime/shipped-zones.json", "utf8")) as Shipped;
  const zones = { ...shipped.zones, "Asia/Tokyo": "NEW=36000;;" };
  writeFileSync(newer, JSON.stringify({ ...shipped, release: "2099a", zones }));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function zones(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const env = childEnv({ ZONEINFO_DIR: folder, TZDATA: "", ...settings });
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "scripts/zones.ts", ...args], {
    encoding: "utf8",
    env,
  });
  return { status, stdout, stderr };
}

it("says which rules are in use, and why others are not", () => {
  const { status, stdout } = zones([], { TZDATA: newer });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^tz 2099a/);
  expect(stdout).toContain(`in use    2099a  TZDATA (${newer})`);
  expect(stdout).toContain("is older than tz 2099a");

  const damaged = join(folder, "damaged.json");
  writeFileSync(damaged, readFileSync(newer).subarray(0, 50_000));
  const fallback = zones([], { TZDATA: damaged });
  expect(fallback.status).toBe(0);
  expect(fallback.stdout).toContain(`TZDATA (${damaged}): the file is not valid JSON`);
  expect(fallback.stdout).toMatch(/in use {4}\d{4}[a-z]+ {2}shipped/);
});

it("lists how two releases differ in a range of years", () => {
  const { status, stdout } = zones(["--diff", "shipped", newer, "--from", "2030", "--to", "2030"]);
  expect(status).toBe(0);
  // Japan is an alias of Tokyo.
  expect(stdout).toContain(
    "Asia/Tokyo, Japan\n  2030-01-01T00:00:00Z to the end of 2030: +09:00 JST (09:00) becomes +10:00 NEW (10:00)",
  );
  expect(stdout).toMatch(/: 2 of 597 names differ/);
  expect(zones(["--diff", "shipped", "shipped"]).stdout).toMatch(/: 0 of 597 names differ\n$/);
});

it("finds that the shipped files match what the installed packages generate", () => {
  expect(zones(["--check"])).toEqual({ status: 0, stdout: "", stderr: "" });
});

it.each([
  [["--diff", "shipped"], "--diff compares two places"],
  [["--diff", "shipped", "shipped", "--from", "soon"], "soon is not a year"],
  [["shipped"], "is not understood"],
  [["--write", "--check"], "Give one of"],
  [["--bogus"], "Unknown option"],
])("rejects %j", (args, message) => {
  const { status, stderr } = zones(args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

it("fails when a place has no rules", () => {
  const { status, stderr } = zones(["--diff", "shipped", join(folder, "nowhere")]);
  expect(status).toBe(1);
  expect(stderr).toContain("there is no such file or folder");
});
