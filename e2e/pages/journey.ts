import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Locator, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import type { StartedApp } from "./start-app";
import { expect, expectAccessible, expectNoSidewaysScroll, storeRows, watch } from "./test";

const contexts: BrowserContext[] = [];
let faults: (readonly string[])[] = [];

/** Before their app stops, which their pages would report. */
export async function closeBrowsers(): Promise<void> {
  for (const context of contexts.splice(0)) await context.close();
}

/** Closes the browsers of a journey. @returns what no page may do and theirs did */
export async function leave(): Promise<readonly string[]> {
  await closeBrowsers();
  const all = faults.flat();
  faults = [];
  return all;
}

/** A browser that has never been here. */
export async function coldStart(
  browser: Browser,
  { address }: StartedApp,
  viewport?: { width: number; height: number },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: address,
    timezoneId: "Asia/Kathmandu",
    acceptDownloads: true,
    ...(viewport && { viewport }),
  });
  contexts.push(context);
  faults.push(await watch(context));
  return context.newPage();
}

/** Follows the navigation, which is a menu on a phone. */
export async function goTo(page: Page, place: string): Promise<void> {
  const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place, exact: true });
  const visible = link.locator("visible=true");
  if ((await visible.count()) === 0) await page.getByLabel("Menu").click();
  await visible.first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
}

/** Fails where the open page is not accessible or scrolls sideways. */
export async function expectUsable(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
}

/** The rows of the file that a link downloads. */
export async function downloadedRows(page: Page, link: Locator): Promise<readonly Readonly<Record<string, string>>[]> {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const rows: Record<string, string>[] = parse(await readFile(await file.path(), "utf8"), { columns: true });
  return rows;
}

/** Selects two stores of the list, tags them, and finds them by their tag. */
export async function tagTwoStores(page: Page): Promise<void> {
  const boxes = page.getByRole("checkbox", { name: /^Select (?!all)/ });
  // Before hydration the page does not react.
  await expect(async () => {
    await boxes.nth(0).check({ timeout: 2_000 });
    await boxes.nth(1).check({ timeout: 2_000 });
  }).toPass();
  await expect(page.getByText("2 stores selected")).toBeVisible();
  await page.getByRole("button", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change 2 stores" });
  await dialog.getByRole("combobox", { name: "Action" }).selectOption("Add tag");
  await dialog.getByRole("textbox", { name: "Tag" }).fill("journey");
  await dialog.getByRole("button", { name: "Check" }).click();
  await expectUsable(page);
  await dialog.getByRole("button", { name: "Add tag: 2 stores" }).click();
  await expect(dialog.getByText("2 stores changed.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.goto("/?tag=journey");
  await expect(async () => {
    await page.reload();
    await expect(storeRows(page)).toHaveCount(2, { timeout: 1_000 });
  }).toPass();
}
