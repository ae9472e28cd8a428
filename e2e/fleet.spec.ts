import type { Page } from "@playwright/test";
import { expect, openFleet, storeRows, test } from "./test";

/** Percentages of the column, top to bottom; NaN where there is none. */
async function percents(page: Page, column: number): Promise<number[]> {
  const rows = page.getByRole("table", { name: "Stores" }).locator("tbody tr");
  const texts = await rows.locator(`td:nth-child(${String(column)})`).allTextContents();
  return texts.map((text) => (text.includes("%") ? Number.parseFloat(text) : Number.NaN));
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || (numbers[index - 1] ?? Number.NaN) <= number);
}

test("the worst week comes first, and another order is one click away", async ({ page }) => {
  await openFleet(page);
  const known = (await percents(page, 4)).filter((percent) => !Number.isNaN(percent));
  expect(known.length).toBeGreaterThan(10);
  expect(isAscending(known)).toBe(true);

  await page.getByRole("columnheader", { name: "24 h uptime" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=uptime_day/);
  await expect(page.getByRole("columnheader", { name: "24 h uptime" })).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(async () => isAscending((await percents(page, 3)).filter((one) => !Number.isNaN(one)))).toBe(true);
});

test("the counters filter, add up to the fleet, and chosen again filter no more", async ({ page }) => {
  await openFleet(page);
  const counters = page.getByRole("navigation", { name: "Filter by state" }).getByRole("link");
  await expect(counters).toHaveCount(4);
  const names = await counters.evaluateAll((links) => links.map((link) => link.getAttribute("aria-label") ?? ""));
  const counts = names.map((name) =>
    /: ([\d,]+) of ([\d,]+) stores$/
      .exec(name)
      ?.slice(1)
      .map((text) => Number(text.replace(",", ""))),
  );
  const all = counts[0]?.[1];
  expect(all).toBeGreaterThan(100);
  expect(counts.reduce((sum, count) => sum + (count?.[0] ?? Number.NaN), 0)).toBe(all);
  await expect(page.getByText(`${String(all)} stores`, { exact: true })).toBeVisible();

  const online = page.getByRole("link", { name: /^Online: / });
  const onlineCount = /: (\d+)/.exec((await online.getAttribute("aria-label")) ?? "")?.[1] ?? "none";
  await online.click();
  await expect(page).toHaveURL(/state=online/);
  await expect(online).toHaveAttribute("aria-current", "true");
  await expect(page.getByText(`${onlineCount} stores`, { exact: true })).toBeVisible();
  const pills = page.getByRole("table", { name: "Stores" }).locator("tbody td:nth-child(2)");
  await expect(pills.filter({ hasNotText: /online/i })).toHaveCount(0);
  expect(await pills.count()).toBeGreaterThan(0);
  await online.click();
  await expect(page).not.toHaveURL(/state=/);
});

test("pages go forward and back without a store twice", async ({ page }) => {
  await openFleet(page);
  const first = await storeRows(page).allTextContents();
  expect(first).toHaveLength(50);
  await page.getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/page=2/);
  await expect(storeRows(page).first()).not.toHaveText(first[0] ?? "");
  const second = await storeRows(page).allTextContents();
  expect(new Set([...first, ...second]).size).toBe(first.length + second.length);
  await page.getByRole("link", { name: "Previous page" }).click();
  await expect(storeRows(page).first()).toHaveText(first[0] ?? "");
  await page.goBack();
  await expect(storeRows(page).first()).toHaveText(second[0] ?? "");
});

test("a search that nothing matches says so and leads back", async ({ page }) => {
  await openFleet(page);
  await page.getByRole("searchbox").fill("no such store at all");
  await expect(page.getByRole("heading", { name: "No store matches" })).toBeVisible();
  await page.getByRole("link", { name: "Show all stores" }).click();
  await expect(storeRows(page)).toHaveCount(50);
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("values that make no sense fall back with a notice", async ({ page }) => {
  await openFleet(page, "/?state=asleep&sort=luck&page=x&cursor=%00nonsense");
  const notices = page.getByRole("note");
  await expect(notices.filter({ hasText: "asleep" })).toBeVisible();
  await expect(notices.filter({ hasText: "luck" })).toBeVisible();
  await expect(notices.filter({ hasText: "first page" }).first()).toBeVisible();
  await expect(storeRows(page)).toHaveCount(50);

  await storeRows(page).first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Last 7 days", exact: true })).toBeVisible();
  await page.goto(`${new URL(page.url()).pathname}?window=year&report=abc`);
  await expect(page.getByRole("note").filter({ hasText: "year" })).toBeVisible();
  await expect(page.getByRole("note").filter({ hasText: "abc" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Last 24 hours, by the hour$/ })).toBeVisible();
});
