import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { expect, expectNoSidewaysScroll, test, untilHydrated } from "./test";

test("an operator finds last week's longest incidents, goes to a store, and downloads the list", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Incidents" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Incidents" })).toBeVisible();
  await page.getByRole("link", { name: "Last 7 days" }).click();
  await expect(page).toHaveURL(/window=week/);
  await page.getByRole("combobox", { name: "Sort by" }).selectOption("Longest downtime first");
  await expect(page).toHaveURL(/sort=down/);
  const rows = page.getByRole("table", { name: "Incidents" }).locator("tbody tr");
  await expect(rows).toHaveCount(50);
  // Both ends of a range have a day or none is missing: "Thu 09:30 to Fri 12:30", "Since Thu 09:30".
  for (const text of await rows.locator("time").allInnerTexts()) expect(text).toMatch(/ to |^Since /);

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const file = await readFile(await (await download).path(), "utf8");
  const downloaded: Record<string, string>[] = parse(file, { columns: true });
  const shown = Number(/[\d,]+$/.exec(await page.getByText(/^1–50 of /).innerText())?.[0].replace(",", ""));
  expect(downloaded).toHaveLength(shown);
  const minutes = downloaded.map((one) => Number(one["downtime_minutes"]));
  expect(minutes).toEqual(minutes.toSorted((one, other) => other - one));
  const stores = downloaded.slice(0, 50).map((one) => one["store_id"]);
  const links = await rows.getByRole("link").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  expect(links.map((href) => /^\/stores\/([^?]+)/.exec(href)?.[1])).toEqual(stores);

  const store = await rows.first().getByRole("link").innerText();
  await rows.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/stores\/.+\?from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(store.split("\n")[0] ?? "");
  await expect(page.getByRole("heading", { name: /^Incidents, / })).toBeVisible();
});

test("incidents are filtered, paged, and take two lines on a phone", async ({ page }) => {
  await page.goto("/incidents?window=week&sort=down");
  await untilHydrated(page);
  const rows = page.getByRole("table", { name: "Incidents" }).getByRole("rowheader");
  const first = await rows.allInnerTexts();
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(page.getByText(/^51–100 of /)).toBeVisible();
  expect(await rows.allInnerTexts()).not.toEqual(first);
  await page.getByRole("searchbox").fill("no such store");
  await expect(page.getByRole("heading", { name: "No matching incidents" })).toBeVisible();
  await page.getByRole("link", { name: "Show incidents of all stores" }).click();
  await expect(rows.first()).toBeVisible();
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);
  // The scope of a fleet-wide incident may need a third line.
  const heights = await page
    .locator(".incident-list tbody tr:not(:has([data-wide]))")
    .evaluateAll((all) => all.map((row) => row.clientHeight));
  for (const height of heights) expect(height).toBeLessThan(64);
});
