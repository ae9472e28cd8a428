import type { Locator, Page } from "@playwright/test";
import { chartAsTable, expect, expectAccessible, openFleet, storeRows, test } from "./test";

/** Presses Tab until `target` has the focus, like a user without a mouse. */
async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
  }
  throw new Error("The focus never got there.");
}

test("from the fleet to a downloaded CSV without a mouse", async ({ page }) => {
  await openFleet(page);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();

  await tabTo(page, storeRows(page).first().getByRole("link"));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Last 24 hours", exact: true })).toBeVisible();

  await tabTo(page, page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "24 hours" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: /^Last 24 hours, by the hour$/ })).toBeVisible();

  const table = chartAsTable(page);
  await tabTo(page, table);
  await page.keyboard.press("Space");
  await expect(page.getByRole("row", { name: /^Total/ })).toBeVisible();

  await tabTo(page, page.getByRole("button", { name: "Create report" }));
  await page.keyboard.press("Enter");
  const download = page.getByRole("link", { name: "Download CSV", exact: true });
  await expect(download).toBeVisible({ timeout: 30_000 });
  await tabTo(page, download);
  const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
  expect(file.suggestedFilename()).toMatch(/^report-\d+.*\.csv$/);
});

test("the chart can be read with the arrow keys", async ({ page }) => {
  await openFleet(page);
  await storeRows(page).first().getByRole("link").click();
  const chart = page.getByRole("application");
  await chart.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(page.locator(".recharts-tooltip-wrapper")).toContainText(/^[A-Z][a-z]{2}, [A-Z][a-z]{2} \d+/);
});

test("Ctrl K goes to a page or a store by a part of its name", async ({ page }) => {
  await openFleet(page);
  const first = storeRows(page).first().getByRole("link");
  const id = (await first.getAttribute("data-store-id")) ?? "";
  const field = page.getByRole("combobox", { name: "Page or store" });
  // Before hydration the page does not react.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(field).toBeFocused({ timeout: 2_000 });
  }).toPass();
  await expectAccessible(page);
  await field.fill(id);
  await expect(page.getByRole("listbox", { name: "Pages and stores" }).getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/stores/${id}$`));
  await page.keyboard.press("Control+k");
  await field.fill("retention");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/limits$/);
  await expect(field).toHaveCount(0);
});
