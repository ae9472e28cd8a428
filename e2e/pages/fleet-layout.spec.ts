import { hold } from "./stub-responses";
import { expect, openFleet, test, untilHydrated } from "./test";

test("the reader's columns stay on the way back, and replace those of the address at once", async ({ page }) => {
  await openFleet(page);
  await untilHydrated(page);
  const heads = page.getByRole("table", { name: "Stores" }).getByRole("columnheader");
  await page.getByText("Columns", { exact: true }).first().click();
  await page.getByRole("checkbox", { name: "Coverage" }).uncheck();
  await page.keyboard.press("Escape");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "How it works" }).click();
  await expect(page).toHaveURL(/method/);
  await page.goBack();
  await expect(heads.filter({ hasText: "Uptime 7d" })).toBeVisible();
  await expect(heads.filter({ hasText: "Coverage" })).toBeHidden();

  await page.goto("/?columns=state+week");
  await untilHydrated(page);
  await page.getByText("Columns", { exact: true }).first().click();
  const release = await hold(page, /_rsc=/);
  await page.getByRole("checkbox", { name: "Coverage" }).check();
  await expect(heads.filter({ hasText: "Coverage" })).toBeVisible();
  await page.getByRole("checkbox", { name: "Uptime 24h" }).check();
  await expect(heads.filter({ hasText: "Uptime 24h" })).toBeVisible();
  release();
  await expect(page).not.toHaveURL(/columns=/);
});
