import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/**
 * The test files and shared test files that a document names, each with the names of tests that follow it: `x.test.ts`
 * “does this”.
 */
function namedTests(document: string): { readonly file: string; readonly names: readonly string[] }[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/`([^`\s]+(?:\.(?:test|spec)\.tsx?|\/test-support\/[^`\s]+\.ts))`((?:,? ?“[^”]+”)*)/g)].map(
    ([, file = "", names = ""]) => ({
      file,
      names: [...names.matchAll(/“([^”]+)”/g)].map(([, name = ""]) => name),
    }),
  );
}

it.each([
  ["docs/security.md", 30],
  ["docs/security/asvs.md", 30],
])("finds every test that %s names", (document, least) => {
  const found = namedTests(document);
  expect(found.length).toBeGreaterThanOrEqual(least);
  for (const { file, names } of found) {
    expect(existsSync(join(root, file)), file).toBe(true);
    const text = readFileSync(join(root, file), "utf8");
    for (const name of names) expect(text, `${file} “${name}”`).toContain(name);
  }
});

it("names a test for each threat from T1 to T23", () => {
  const rows = readFileSync(join(root, "docs/security.md"), "utf8").match(/^\| T\d+ .*$/gm) ?? [];
  expect(rows.map((row) => /^\| (T\d+) /.exec(row)?.[1])).toEqual(Array.from({ length: 23 }, (_, i) => `T${i + 1}`));
  for (const row of rows) expect(row).toMatch(/`[^`]+\.(test|spec)\.ts`/);
});

it("has a line for each requirement of level 1", () => {
  const rows = readFileSync(join(root, "docs/security/asvs.md"), "utf8").match(/^\| \d+\.\d+\.\d+ .*$/gm) ?? [];
  expect(rows).toHaveLength(70);
  expect(new Set(rows.map((row) => row.split(" ")[1])).size).toBe(70);
});
