import { expect, test as base, type BrowserContext, type Page } from "@playwright/test";
import axe, { type AxeResults, type RunOptions } from "axe-core";

/**
 * Records what no page may do: write an error to the console (such as a hydration mismatch), throw, open a browser
 * dialog, or violate its Content-Security-Policy.
 * @returns what was recorded, which grows
 */
export async function watch(context: BrowserContext): Promise<readonly string[]> {
  const faults: string[] = [];
  await context.exposeFunction("tellViolation", (violation: string) => {
    faults.push(violation);
  });
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      const { tellViolation } = globalThis as { tellViolation?: (violation: string) => void };
      tellViolation?.(`${violatedDirective} forbids ${blockedURI} ${sample}`);
    });
  });
  context.on("dialog", (dialog) => {
    faults.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on("console", (message) => {
    if (message.type() === "error") faults.push(`${message.text()} ${message.location().url}`);
  });
  context.on("weberror", (error) => {
    faults.push(error.error().message);
  });
  return faults;
}

/**
 * The test of this project: the viewer is in Kathmandu, far from every store and at an odd offset, and a spec fails
 * when a page does what none may.
 */
export const test = base.extend<{ expectedErrors: RegExp | null; quietConsole: undefined }>({
  timezoneId: "Asia/Kathmandu",
  /** What the browser writes in a spec that lets requests fail. */
  expectedErrors: [null, { option: true }],
  page: async ({ page }, use) => {
    await use(page);
    // Prefetches of the page may still be in progress, and would fail the next spec.
    await page.unrouteAll({ behavior: "ignoreErrors" });
  },
  quietConsole: [
    async ({ context, expectedErrors }, use) => {
      const faults = await watch(context);
      await use(undefined);
      const unexpected = faults.filter((fault) => expectedErrors?.test(fault) !== true);
      expect(unexpected, "errors in the console, dialogs, violations of the policy").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** Axe gives no details of rules that pass: finding a selector for each element takes longer than checking it. */
const axeOptions: RunOptions = {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
  resultTypes: ["violations"],
};

/** Fails when axe finds anything against WCAG 2.2 A and AA or its own best practices. */
export async function expectAccessible(page: Page, options: RunOptions = axeOptions): Promise<void> {
  // After a navigation within the app the framework sets the title last.
  await expect(page).toHaveTitle(/\S/);
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (given) => {
    const { axe: inPage } = globalThis as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } };
    const results = await inPage.run(given);
    return results.violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }));
  }, options);
  expect(violations).toEqual([]);
}

/**
 * Checks the open page in both themes. A theme changes colours only, so the second one is checked by the rules for those.
 */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  await expectAccessible(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await expectAccessible(page, {
    ...axeOptions,
    runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  });
}

/** Fails when the page is wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overhang, "pixels wider than the window").toBeLessThanOrEqual(0);
}

/** Fails when links and buttons of the header overlap. */
export async function expectHeaderApart(page: Page): Promise<void> {
  const boxes = await page
    .getByRole("banner")
    .locator("a, button, summary")
    .evaluateAll((all) =>
      all
        .filter((one) => one.checkVisibility())
        .map((one) => ({ name: one.getAttribute("aria-label") ?? one.textContent, box: one.getBoundingClientRect() }))
        .map(({ name, box: { left, right } }) => ({ name, left, right }))
        .sort((one, other) => one.left - other.left),
    );
  expect(boxes.length).toBeGreaterThan(3);
  for (const [at, { name, left }] of boxes.entries()) {
    const before = boxes[at - 1];
    if (before !== undefined) expect(left, `${before.name} before ${name}`).toBeGreaterThanOrEqual(before.right);
  }
}

/** Checks the open page in both themes, each also in forced colours, and at a zoom of 400 % of 1280 by 1024 pixels. */
export async function expectAccessibleInEveryForm(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  for (const colorScheme of ["light", "dark"] as const) {
    for (const forcedColors of ["active", "none"] as const) {
      await page.emulateMedia({ colorScheme, forcedColors });
      await expectAccessible(page);
    }
  }
  await page.setViewportSize({ width: 320, height: 256 });
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
}

/**
 * Waits until the page reacts to its reader. Its markup cannot tell: the server renders the same, and a reader's zone and
 * clock are in cookies.
 */
export async function untilHydrated(page: Page): Promise<void> {
  const palette = page.getByRole("combobox", { name: "Page or store" });
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
}

/** Opens the fleet page, and waits for its first figures. */
export async function openFleet(page: Page, address = "/"): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("navigation", { name: "Filter by state" })).toBeVisible({ timeout: 30_000 });
}

/** Row headers of the list of stores on the page, top to bottom. */
export function storeRows(page: Page) {
  return page.getByRole("table", { name: "Stores" }).getByRole("rowheader");
}

/** Opens the first store of the list, the worst one, and returns its id. Waits for the first figures. */
export async function openWorstStore(page: Page): Promise<string> {
  let storeId: string | undefined;
  const findWorst = async () => {
    const answer = await page.request.get("/api/v1/stores?limit=1");
    const { stores = [] } = (await answer.json()) as { stores?: readonly { store_id: string }[] };
    return (storeId = stores[0]?.store_id);
  };
  await expect.poll(findWorst, { timeout: 30_000 }).toBeDefined();
  await page.goto(`/stores/${storeId ?? ""}`);
  await expect(page.getByRole("heading", { name: "Last 24 hours", exact: true })).toBeVisible();
  return storeId ?? "";
}

/** The button that shows a store's chart as a table. */
export function chartAsTable(page: Page) {
  return page.getByRole("region", { name: /, (by the|in 5-minute)/ }).getByRole("button", { name: "View as table" });
}
