import { expect, it } from "vitest";
import { lockFaults } from "./lock";

const sound = { resolved: "https://packages.example/x.tgz", integrity: "sha512-x" };

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

it("refuses what has no hash or comes from elsewhere than a registry", () => {
  const faults = lockFaults({
    "node_modules/a": { resolved: "https://packages.example/a.tgz" },
    "node_modules/b": { ...sound, resolved: "git+ssh://git@example.com/b.git" },
  });
  expect(faults).toHaveLength(2);
});
