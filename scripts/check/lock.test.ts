import { expect, it } from "vitest";
import { directFaults, lockFaults } from "./lock";

const sound = { integrity: "sha512-x", version: "99.0.0" };

it("names an optional package of another platform that the lock leaves out", () => {
  const faults = lockFaults({
    "": { optionalDependencies: { pg: "1.0.0" } },
    "node_modules/pg": { ...sound, optionalDependencies: { "pg-linux": "1.0.0", "pg-darwin": "1.0.0" } },
    "node_modules/pg-linux": sound,
  });
  expect(faults).toEqual(["node_modules/pg names the optional pg-darwin, which has no entry of its own"]);
});

it("finds an optional package below the one that asks, or beside one above it", () => {
  const faults = lockFaults({
    "node_modules/@a/b": sound,
    "node_modules/@a/b/node_modules/c": {
      ...sound,
      optionalDependencies: { "@d/own": "1", "@d/above": "1", top: "1" },
    },
    "node_modules/@a/b/node_modules/c/node_modules/@d/own": sound,
    "node_modules/@a/b/node_modules/@d/above": sound,
    "node_modules/top": sound,
  });
  expect(faults).toEqual([]);
});

it.each([
  ["no hash", { integrity: undefined }],
  ["a weak hash", { integrity: "sha1-x" }],
  ["a place of its own", { resolved: "https://packages.example/a.tgz" }],
  ["a repository", { resolved: "git+ssh://git@example.com/a.git" }],
  ["a script", { hasInstallScript: true }],
])("rejects a package with %s", (_what, change) => {
  expect(lockFaults({ "node_modules/a": sound })).toEqual([]);
  expect(lockFaults({ "node_modules/a": { ...sound, ...change } })).toHaveLength(1);
});

it("accepts a package without a hash only inside the archive of one that has it", () => {
  const inside = { inBundle: true };
  const nested = "node_modules/a/node_modules/b";
  expect(lockFaults({ "node_modules/a": sound, [nested]: inside, [`${nested}/node_modules/c`]: inside })).toEqual([]);
  expect(lockFaults({ "node_modules/a": { ...sound, integrity: "sha1-x" }, [nested]: inside })).toHaveLength(2);
  expect(lockFaults({ "node_modules/b": inside })).toHaveLength(1);
  expect(lockFaults({ [nested]: inside })).toHaveLength(1);
});

it("accepts install scripts of reviewed packages only", () => {
  const scripted = { ...sound, hasInstallScript: true };
  expect(lockFaults({ "node_modules/esbuild": scripted, "node_modules/x/node_modules/esbuild": scripted })).toEqual([]);
  expect(lockFaults({ "node_modules/@evil/esbuild": scripted })).toHaveLength(1);
});

it.each([
  ["next", "16.4.5", 0],
  ["next", "16.10.0", 0],
  ["next", "16.4.4", 1],
  ["next", "16.4.5-canary.3", 1],
  ["next", "9.9.9", 1],
  ["drizzle-orm", "0.45.1", 1],
  ["drizzle-orm", "1.0.0-beta.1", 0],
])("compares %s %s with the oldest safe version", (name, version, faults) => {
  expect(lockFaults({ [`node_modules/a/node_modules/${name}`]: { ...sound, version } })).toHaveLength(faults);
});

it("requires pinned and few direct dependencies", () => {
  expect(directFaults({ dependencies: { a: "1.0.0", b: "2.0.0-beta.1" } })).toEqual([]);
  expect(directFaults({ dependencies: { a: "^1.0.0", b: "*", c: "github:x/y" } })).toHaveLength(3);
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`p${i}`, "1.0.0"]));
  expect(directFaults({ dependencies: many })).toHaveLength(1);
});
