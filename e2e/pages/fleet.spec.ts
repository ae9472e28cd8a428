import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Page } from "@playwright/test";
import { expect, openFleet, storeRows, test, untilHydrated } from "./test";

const headings = [
  "Store",
  "State",
  "In state since",
  "Uptime 1h",
  "Uptime 24h",
  "Uptime 7d",
  "Downtime (7d)",
  "Coverage",
] as const;
type Heading = (typeof headings)[number];

/** The text of the column, top to bottom. The first cells are the checkboxes. */
function cells(page: Page, heading: Heading): Promise<string[]> {
  const rows = page.getByRole("table", { name: "Stores" }).locator("tbody tr");
  return rows.locator(`> :nth-child(${String(headings.indexOf(heading) + 2)})`).allInnerTexts();
}

/** The percentages among them. */
async function percents(page: Page, heading: Heading): Promise<number[]> {
  return (await cells(page, heading))
    .filter((text) => text.includes("%"))
    .map((text) => Number.parseFloat(text.replace("<", "")));
}

function isAscending(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || values[index - 1]! <= value);
}

async function sortBy(page: Page, heading: Heading, order: "ascending" | "descending"): Promise<void> {
  const head = page.getByRole("columnheader", { name: heading, exact: true });
  await head.getByRole("link").click();
  await expect(head).toHaveAttribute("aria-sort", order);
}

for (const width of [1440, 1280]) {
  test(`all columns of the table fit a screen of ${width} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await openFleet(page);
    const frame = page.getByRole("table", { name: "Stores" }).locator("..");
    expect(await frame.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  });
}

test("the worst week comes first, and every other order is one click away", async ({ page }) => {
  await openFleet(page);
  const known = await percents(page, "Uptime 7d");
  expect(known.length).toBeGreaterThan(10);
  expect(isAscending(known)).toBe(true);

  // The last hour has only one or two checks, so its outcome is given in words.
  await sortBy(page, "Uptime 1h", "ascending");
  await expect.poll(async () => (await cells(page, "Uptime 1h"))[0]).toMatch(/^Down( \d+ min)?$/);
  for (const heading of ["Uptime 24h", "Coverage"] as const) {
    await sortBy(page, heading, "ascending");
    await expect.poll(async () => isAscending(await percents(page, heading))).toBe(true);
  }
  await sortBy(page, "Coverage", "descending");
  await expect.poll(async () => isAscending((await percents(page, "Coverage")).toReversed())).toBe(true);
  await sortBy(page, "State", "ascending");
  await expect.poll(async () => (await cells(page, "State"))[0]).toMatch(/Offline/);
  await sortBy(page, "Store", "ascending");
  await expect.poll(async () => (await cells(page, "Store"))[0]).toMatch(/^Big Sky Pizza/);
  await page.goBack();
  await expect(page).toHaveURL(/sort=state/);
});

test("the counters filter, add up to the fleet, and chosen again remove the filter", async ({ page }) => {
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
  const pills = page.getByRole("table", { name: "Stores" }).locator("tbody tr > :nth-child(3)");
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

test("a search without matches says so and links back", async ({ page }) => {
  await openFleet(page);
  await page.getByRole("searchbox").fill("no such store at all");
  await expect(page.getByRole("heading", { name: "No matching stores" })).toBeVisible();
  await page.getByRole("link", { name: "Show all stores" }).click();
  await expect(storeRows(page)).toHaveCount(50);
  await expect(page.getByRole("searchbox")).toHaveValue("");
});

test("a view is saved under a name, and replaced only when asked", async ({ page }) => {
  await openFleet(page, "/?sort=name");
  const name = page.getByLabel("View name");
  const saved = page.getByRole("list", { name: "Saved views" }).getByRole("link");
  await untilHydrated(page);
  await page.getByText("Saved views", { exact: true }).click();
  await name.fill("By name");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(saved).toHaveText(["By name"]);
  await name.fill("By name");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("A view has this name.")).toBeVisible();
  await page.getByRole("button", { name: "Replace" }).click();
  await expect(saved).toHaveText(["By name"]);
  await page.keyboard.press("Escape");
  await expect(name).toBeHidden();
  await page.getByText("Saved views", { exact: true }).click();
  await page.getByRole("button", { name: "Delete view By name" }).click();
  await expect(name).toBeFocused();
  await expect(saved).toHaveCount(0);
});

test("invalid values are replaced by the defaults with a notice", async ({ page }) => {
  await openFleet(page, "/?state=asleep&sort=luck&preset=hope&zone=Mars&page=x&cursor=%00nonsense");
  const notices = page.getByRole("note");
  await expect(notices.filter({ hasText: "asleep" })).toBeVisible();
  await expect(notices.filter({ hasText: "luck" })).toBeVisible();
  await expect(notices.filter({ hasText: "hope" })).toBeVisible();
  await expect(notices.filter({ hasText: "Mars" })).toBeVisible();
  await expect(notices.filter({ hasText: "page 1" }).first()).toBeVisible();
  await expect(storeRows(page)).toHaveCount(50);

  await storeRows(page).first().getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Last 7 days", exact: true })).toBeVisible();
  await page.goto(`${new URL(page.url()).pathname}?window=year&report=abc`);
  await expect(page.getByRole("note").filter({ hasText: "year" })).toBeVisible();
  await expect(page.getByRole("note").filter({ hasText: "abc" })).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Last 7 days, by the day$/ })).toBeVisible();
});

test("a filter is downloaded as it is shown: the same stores, in the same order", async ({ page }) => {
  await openFleet(page);
  await page.getByRole("link", { name: "Needs attention" }).click();
  await expect(page).toHaveURL(/preset=needs_attention/);
  await page.getByLabel("Group").selectOption("East");
  await expect(page).toHaveURL(/group=East/);
  await sortBy(page, "Downtime (7d)", "descending");
  const shown = await storeRows(page)
    .getByRole("link")
    .evaluateAll((links) => {
      return links.map((link) => (link instanceof HTMLElement ? link.dataset["storeId"] : undefined));
    });
  expect(shown.length).toBeGreaterThan(3);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^stores-\d{4}-.*\.csv$/);
  const rows: Record<string, string>[] = parse(await readFile(await file.path(), "utf8"), { columns: true });
  expect(rows.map((row) => row["store_id"])).toEqual(shown);
  expect(rows.every((row) => row["group"] === "East")).toBe(true);

  await page.getByRole("link", { name: "Healthy" }).click();
  await expect(page.getByText(/^Online or closed now/)).toBeVisible();
  const states = await cells(page, "State");
  expect(states.length).toBeGreaterThan(3);
  expect(states.filter((state) => !/online|closed/i.test(state))).toEqual([]);
});

test("the header shows how the fleet did, hour by hour, and when nothing was polled", async ({ page }) => {
  await openFleet(page);
  const uptime = page.getByRole("region", { name: "Fleet uptime" });
  await expect(uptime.getByText(/^Median store (\d+\.\d|100)%$/)).toHaveCount(3);
  const hours = page.getByRole("region", { name: "Stores offline per hour (%), last 7 days" });
  await expect(hours.getByText(/^Monitoring gap [A-Z][a-z]{2} \d?\d:\d\d\s[AP]M(–| to )/)).toBeVisible();

  const chart = hours.getByRole("slider");
  await chart.focus();
  const newest = await chart.getAttribute("aria-valuetext");
  await page.keyboard.press("ArrowLeft");
  await expect(chart).not.toHaveAttribute("aria-valuetext", newest ?? "");
  await expect(chart).toHaveAttribute("aria-valuetext", /% of open stores offline \((\d+|<1) of \d+\)$/);
  await page.keyboard.press("Home");
  await expect(chart).toHaveAttribute("aria-valuenow", "0");

  await hours.getByRole("button", { name: "View as table" }).click();
  const rows = hours.getByRole("table").locator("tbody tr");
  expect(await rows.count()).toBeGreaterThanOrEqual(168);
  // The gap of five hours contains one without any figure, at whatever minute the demo data end.
  await expect(rows.filter({ hasText: /—\s*—\s*0$/ }).first()).toBeAttached();
});

test("times are the reader's, UTC, or each store's, as set in the address", async ({ page }) => {
  await openFleet(page);
  const asOf = page.getByRole("main").locator("time").first();
  await expect(asOf).toContainText("UTC+5:45");
  await page.getByRole("navigation", { name: "Times in" }).getByRole("link", { name: "UTC" }).click();
  await expect(page).toHaveURL(/zone=UTC/);
  await expect(asOf).toContainText("UTC");
  const inUtc = await cells(page, "In state since");
  await page.getByRole("navigation", { name: "Times in" }).getByRole("link", { name: "Store" }).click();
  await expect(page).toHaveURL(/zone=store/);
  await expect.poll(() => cells(page, "In state since")).not.toEqual(inUtc);
});

test("stores are reached, selected and reported on with the keyboard alone", async ({ page }) => {
  await openFleet(page);
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const links = storeRows(page).getByRole("link");
  await page.keyboard.press("j");
  await expect(links.nth(0)).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("x");
  await page.keyboard.press("k");
  await expect(links.nth(0)).toBeFocused();
  const bar = page.getByRole("region", { name: "Selected stores" });
  await expect(bar.getByText("2 stores selected")).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("xjk?");
  await expect(page.getByRole("searchbox")).toHaveValue("xjk?");
  await expect(bar.getByText("2 stores selected")).toBeVisible();
  await bar.getByRole("button", { name: "Create report" }).click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  await expect(page.getByRole("heading", { name: "2 stores" })).toBeVisible({ timeout: 30_000 });
});

test("the reader's columns and rows are remembered, and rendered by the server", async ({ page }) => {
  await openFleet(page);
  await untilHydrated(page);
  const table = page.getByRole("table", { name: "Stores" });
  await page.getByText("Columns", { exact: true }).first().click();
  await page.getByRole("checkbox", { name: "Coverage" }).uncheck();
  await page.getByRole("radio", { name: "Compact" }).check();
  await expect(table.getByRole("columnheader", { name: "Coverage" })).toBeHidden();
  const html = await (await page.request.get("/")).text();
  expect(html).toContain('data-density="compact"');
  expect(html).toContain('data-hidden="coverage"');
  await page.goto("/?columns=state+week");
  await expect(table.getByRole("columnheader", { name: "Coverage" })).toBeHidden();
  await expect(table.getByRole("columnheader", { name: "Uptime 7d" })).toBeVisible();
  await expect(table.getByRole("columnheader", { name: "Uptime 24h" })).toBeHidden();
});

test("the table comes before the charts", async ({ page }) => {
  await openFleet(page);
  const topOf = async (name: string) => (await page.getByRole("region", { name }).boundingBox())?.y ?? 0;
  const table = await page.getByRole("table", { name: "Stores" }).boundingBox();
  expect(table?.y ?? Infinity).toBeLessThan(450);
  expect(await topOf("Fleet uptime")).toBeGreaterThan((table?.y ?? 0) + (table?.height ?? 0));
});
