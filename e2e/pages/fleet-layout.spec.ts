import { hold } from "./stub-responses";
import { expect, openFleet, storeRows, test, untilHydrated } from "./test";

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

test("the rows of the table are equally high, and a name that is cut off is shown under the pointer", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await openFleet(page);
  const storeId = (await storeRows(page).first().locator("a span").innerText()).trim();
  const address = `/api/v1/stores/${storeId}`;
  const { name: before } = (await (await page.request.get(address)).json()) as { name: string | null };
  await page.request.patch(address, { data: { name: "Long name ".repeat(8).trim() } });
  await openFleet(page);
  await untilHydrated(page);
  const rows = page.getByRole("table", { name: "Stores" }).locator("tbody tr");
  const heights = await rows.evaluateAll((all) => all.map((row) => Math.round(row.getBoundingClientRect().height)));
  expect(heights.length).toBeGreaterThan(20);
  expect([...new Set(heights)]).toHaveLength(1);
  const links = rows.locator("th a");
  const cut = await links.evaluateAll((all) => all.findIndex((link) => link.scrollWidth > link.clientWidth));
  expect(cut).toBeGreaterThanOrEqual(0);
  const link = links.nth(cut);
  await link.hover({ position: { x: 10, y: 8 } });
  const name = await link.evaluate((one) => one.firstChild?.textContent ?? "");
  await expect(link).toHaveAttribute("title", name);
  // Other specs search for stores by their names.
  await page.request.patch(address, { data: { name: before } });
});
