import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const everywhere = [
  { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text is text: React escapes it." },
  {
    selector: "MemberExpression[object.name='sql'][property.name=/^(raw|identifier)$/]",
    message: "Text that becomes SQL unescaped: name the column or table in the builder.",
  },
  {
    selector: "CallExpression[callee.property.name='as'][arguments.0.type!='Literal']",
    message: "An alias is a literal: drizzle once wrote it into the SQL as it was.",
  },
  { selector: "TSEnumDeclaration", message: "Write a union of strings." },
  { selector: "ExportAllDeclaration", message: "Import from the file that has it: no barrels." },
];
const noNonNull = {
  selector: "TSNonNullExpression:not(:has(> MemberExpression[computed=true]))",
  message: "`!` is for elements of arrays that a loop bound proves.",
};
const noDefaultExport = { selector: "ExportDefaultDeclaration", message: "Export it by its name." };
const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "The environment is parsed once, in lib/server/env.ts.",
};
const noUnsafeSql = {
  selector: "CallExpression[callee.property.name='unsafe']",
  message: "SQL is put together from text in db alone, of literals and of values that db checked.",
};
const inBulk = "Raw SQL is in db/queries/bulk; here the query builder is used.";
const noRawSql = [
  { selector: "ObjectPattern > Property[key.name='sql']", message: inBulk },
  { selector: "TaggedTemplateExpression > MemberExpression[property.name='sql']", message: inBulk },
];
const noRowTypes = {
  selector: "TaggedTemplateExpression[typeArguments]",
  message: "Declare the columns of the row in a shape, and read it with readRows (db/rows.ts).",
};
const ownZoneRules = "Local times come from a ZoneClock that the server sent (lib/format/zoned-time.ts).";
/** Runtimes and browsers have zone rules of other releases. The browser may only be asked for the name of its zone. */
const noOwnZoneRules = [
  { selector: "Property[key.name=/^timeZone(Name)?$/]", message: ownZoneRules },
  { selector: "NewExpression[callee.property.name='DateTimeFormat'][arguments.length>0]", message: ownZoneRules },
  { selector: "CallExpression[callee.property.name='DateTimeFormat']", message: ownZoneRules },
  { selector: "CallExpression[callee.property.name=/^toLocale(Date|Time)String$/]", message: ownZoneRules },
  {
    selector:
      "CallExpression[callee.property.name=/^(get|set)(Date|Day|FullYear|Hours|Milliseconds|Minutes|Month|Seconds|TimezoneOffset)$/]",
    message: ownZoneRules,
  },
  { selector: "ImportDeclaration[source.value='luxon']", message: ownZoneRules },
];
const noClock = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "No clock in the domain." },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: "No clock in the domain." },
  { selector: "MemberExpression[object.name='performance']", message: "No clock in the domain." },
];

/** A later block replaces the restrictions of an earlier one, so each gets all that apply. */
const bans = (files, ...selectors) => ({
  files,
  rules: { "no-restricted-syntax": ["error", ...everywhere, ...selectors] },
});

export default tseslint.config(
  { ignores: [".next/", ".data/", "node_modules/", "next-env.d.ts", "test-results/", "playwright-report/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["../*"], message: "Siblings are imported as ./x, all else as @/…." }] },
      ],
    },
  },
  {
    files: ["**/*.tsx", "components/**/*.ts", "lib/client/**/*.ts"],
    extends: [reactHooks.configs.flat["recommended-latest"], jsxA11y.flatConfigs.strict],
    rules: {
      // Scrollable areas must be reachable by keyboard.
      "jsx-a11y/no-noninteractive-tabindex": ["error", { tags: [], roles: ["tabpanel", "region", "group"] }],
    },
  },
  {
    // Rights are checked in the transaction of the effect: use cases open it only with `changeAs`.
    files: ["app/**/*.ts", "lib/server/{access,http,imports,polls,reports,stores,webhooks}/**/*.ts"],
    ignores: [
      "**/*.test.ts",
      "lib/server/access/as-viewer.ts",
      // Before sign-in, or authorized by a link.
      "lib/server/access/{invitations,set-up,sign-in}.ts",
      "lib/server/http/request-viewer.ts",
      // The worker's.
      "lib/server/imports/fail-imports.ts",
      "lib/server/reports/{fail-reports,produce-report}.ts",
      // Only reads.
      "lib/server/stores/require-store.ts",
    ],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [{ group: ["../*"], message: "Siblings are imported as ./x, all else as @/…." }],
          paths: [
            {
              name: "@/db/transaction",
              importNames: ["withTransaction", "retryOnSerializationFailure"],
              message: "Change something by changeAs, which checks the viewer's rights in the same transaction.",
            },
          ],
        },
      ],
    },
  },
  // A page renders once, on the server: its clock is passed down, so that the browser renders the same.
  { files: ["app/**/page.tsx"], rules: { "react-hooks/purity": "off" } },
  bans(["**/*.ts", "**/*.tsx"], noNonNull, noDefaultExport, noEnvironment, noUnsafeSql),
  bans(
    ["components/**/*.ts", "components/**/*.tsx", "lib/client/**/*.ts", "lib/format/**/*.ts", "lib/contract/**/*.ts"],
    ...[noNonNull, noDefaultExport, noEnvironment, noUnsafeSql, ...noOwnZoneRules],
  ),
  bans(["lib/uptime/**/*.ts"], noNonNull, noDefaultExport, noEnvironment, noUnsafeSql, ...noClock),
  bans(["db/**/*.ts", "bench/**/*.ts"], noNonNull, noDefaultExport, noEnvironment),
  bans(["db/queries/*.ts"], noNonNull, noDefaultExport, noEnvironment, ...noRawSql),
  bans(["db/queries/bulk/*.ts"], noNonNull, noDefaultExport, noEnvironment, noRowTypes),
  // A missing value should fail a test, and its child processes need an environment.
  bans(["**/*.test.ts", "**/*.test.tsx", "lib/uptime/arbitraries.ts"], noDefaultExport),
  bans(["lib/server/env.ts", "e2e/apt.ts", "e2e/pages/**", "e2e/playwright.config.ts"], noDefaultExport, noUnsafeSql),
  bans(["app/**/*.tsx", "app/**/*.ts"], noNonNull, noEnvironment, noUnsafeSql, ...noOwnZoneRules),
  bans([
    "*.config.ts",
    "db/drizzle.config.ts",
    "db/testing/global-setup.ts",
    "e2e/http/bad-input/test-support/start-app.ts",
    "e2e/faults/harness/global-setup.ts",
    "e2e/faults/harness/fault-env.ts",
    "e2e/faults/harness/arm-faults.ts",
    "e2e/playwright.config.ts",
    "e2e/pages/global-*.ts",
  ]),
);
