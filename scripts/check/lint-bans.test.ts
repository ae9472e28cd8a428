import { ESLint, Linter } from "eslint";
import { beforeAll, expect, it } from "vitest";
import tseslint from "typescript-eslint";

let bansOf: (file: string) => Promise<Linter.RuleEntry>;

beforeAll(() => {
  const eslint = new ESLint();
  bansOf = async (file) => {
    const config = (await eslint.calculateConfigForFile(file)) as Linter.Config;
    return config.rules?.["no-restricted-syntax"] ?? "off";
  };
});

async function refuses(file: string, code: string): Promise<boolean> {
  const messages = new Linter().verify(code, [
    {
      files: ["**/*"],
      languageOptions: { parser: tseslint.parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      rules: { "no-restricted-syntax": await bansOf(file) },
    },
  ]);
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  return messages.length > 0;
}

const places = ["app/page.tsx", "components/ui/button.tsx", "lib/server/stores/get-store.ts", "db/queries/stores.ts"];

it.each([
  `export const a = <p dangerouslySetInnerHTML={{ __html: name }} />;`,
  "export const a = sql`select ${sql.raw(name)}`;",
  "export const a = sql`select ${sql.identifier(name)}`;",
  "export const a = sql`now()`.as(name);",
])("rejects %s in every position", async (code) => {
  for (const place of places) expect(await refuses(place, code), place).toBe(true);
});

it("accepts an alias that is a literal", async () => {
  expect(await refuses("db/queries/stores.ts", 'export const a = sql`now()`.as("now");')).toBe(false);
});

it("allows text to become SQL in db only", async () => {
  const code = "export const a = sql.unsafe(text);";
  for (const place of places) expect(await refuses(place, code), place).toBe(!place.startsWith("db/"));
});

it("allows raw SQL of queries in bulk only", async () => {
  for (const code of [
    "export const f = ({ sql }: Db) => sql`select 1`;",
    "export const f = (db: Db) => db.sql`select 1`;",
    "export const f = async (tx: Db) => { const { sql } = tx; await sql`select 1`; };",
  ]) {
    expect(await refuses("db/queries/stores.ts", code), code).toBe(true);
    expect(await refuses("db/queries/bulk/store-keys.ts", code), code).toBe(false);
  }
  expect(
    await refuses("db/queries/stores.ts", 'import { sql } from "drizzle-orm"; export const now = sql`now()`;'),
  ).toBe(false);
});

it("has no row types written by hand", async () => {
  const code = "export const f = ({ sql }: Db) => sql<{ id: string }[]>`select id from reports`;";
  expect(await refuses("db/queries/bulk/store-keys.ts", code)).toBe(true);
});
