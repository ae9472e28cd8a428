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
])("refuses %s wherever it stands", async (code) => {
  for (const place of places) expect(await refuses(place, code), place).toBe(true);
});

it("takes an alias that is a literal", async () => {
  expect(await refuses("db/queries/stores.ts", 'export const a = sql`now()`.as("now");')).toBe(false);
});

it("lets text become SQL in db alone", async () => {
  const code = "export const a = sql.unsafe(text);";
  for (const place of places) expect(await refuses(place, code), place).toBe(!place.startsWith("db/"));
});
