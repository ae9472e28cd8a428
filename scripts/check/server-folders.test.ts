import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

it("lists in docs/architecture.md the imports that the check allows in lib/server", () => {
  const table = /const serverFolders = \{(.*?)\n\};/s.exec(read("scripts/check-boundaries.mjs"))?.[1] ?? "";
  const held = [...table.matchAll(/^ {2}(\w+): \[(.*)\],$/gm)].map(([, folder = "", may = ""]) => [
    folder,
    [...may.matchAll(/"(\w+)"/g)].map(([, name]) => name).join(", ") || "–",
  ]);
  const text = read("docs/architecture.md");
  const rows = text.slice(text.indexOf("Inside `lib/server`"));
  const documented = [...rows.matchAll(/^\| `(\w+)` +\| [^|]+\| ([^|]+?) *\|$/gm)].map(([, folder, may]) => [
    folder,
    may,
  ]);
  expect(documented.length).toBeGreaterThan(10);
  expect(documented).toEqual(held);
});
