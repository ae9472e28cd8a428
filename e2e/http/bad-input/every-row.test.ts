import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");

/** Number of rows in each part of the bad-input table. */
const rows = {
  /** Files. */
  A: 34,
  /** Headers. */
  B: 10,
  /** Ids of stores. */
  C: 10,
  /** Polls. */
  D: 25,
  /** Hours. */
  E: 17,
  /** Time zones. */
  Z: 12,
  /** Addresses, ids and queries. */
  G: 25,
  /** Bodies. */
  H: 24,
  /** What goes out. */
  I: 10,
};

/** The rows named by tests of these files: at the start of a test's title, or of its template. */
function namedIn(folder: string, suffix: string): ReadonlySet<string> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => file.endsWith(suffix))
    .map((file) => readFileSync(join(root, folder, file), "utf8"));
  const starts = texts.flatMap((text) => [...text.matchAll(/["'`]((?:[A-IZ]\d{1,2}(?:, | and | |\b))+)/g)]);
  return new Set(starts.flatMap(([, names = ""]) => names.match(/[A-IZ]\d{1,2}/g) ?? []));
}

it("names every row in a test of the built app, over HTTP or in a browser", () => {
  const overHttp = namedIn("e2e/http", ".app.test.ts");
  const inBrowser = namedIn("e2e/pages", ".spec.ts");
  const all = Object.entries(rows).flatMap(([part, count]) =>
    Array.from({ length: count }, (_, i) => `${part}${i + 1}`),
  );
  expect(all.filter((row) => !overHttp.has(row) && !inBrowser.has(row))).toEqual([]);
  // Only a browser shows what a page does with a name.
  expect(all.filter((row) => !overHttp.has(row))).toEqual(["I7"]);
});
