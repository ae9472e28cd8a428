import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Page } from "@playwright/test";
import { usClock } from "@/lib/format/test-support/clocks";
import { clockTime, type ZoneOffsets } from "@/lib/format/zoned-time";
import { minutesOf } from "./durations";
import { chartAsTable, expect, expectAccessible, openFleet, openWorstStore, storeRows, test } from "./test";

const windows = [
  { link: "Last hour", title: /^Last hour, in 5-minute steps$/, unit: "minutes", column: "hour" },
  { link: "24 hours", title: /^Last 24 hours, by the hour$/, unit: "hours", column: "day" },
  { link: "7 days", title: /^Last 7 days, by the day$/, unit: "hours", column: "week" },
] as const;

/** The last row of the chart's table: open, up, down and no data, as text. */
async function sumsOfTable(page: Page): Promise<string[]> {
  return page
    .getByRole("row", { name: /^Total/ })
    .getByRole("cell")
    .allTextContents();
}

test("a store is found, read, reported on, and its CSV has the figures of the page", async ({ page }) => {
  await openFleet(page);
  const storeId = new URL(
    (await storeRows(page).nth(2).getByRole("link").getAttribute("href")) ?? "",
    page.url(),
  ).pathname
    .split("/")
    .at(-1);
  expect(storeId).toBeTruthy();

  // Keys work once the page's scripts run, which on a busy machine is some time after it is visible.
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Search stores by ID or name" })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.type(storeId ?? "");
  await expect(page).toHaveURL(new RegExp(`q=${storeId ?? ""}`));
  await expect(storeRows(page)).toHaveCount(1);
  await storeRows(page).first().getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(`/stores/${storeId ?? ""}`));

  await chartAsTable(page).click();
  const shown = new Map<string, string[]>();
  for (const { link, title, column } of windows) {
    await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: link }).click();
    await expect(page).toHaveURL(new RegExp(`window=${column}`));
    await expect(page.getByRole("heading", { name: title })).toBeVisible();
    shown.set(column, await sumsOfTable(page));
  }

  await page.getByRole("button", { name: "Create report" }).dblclick();
  const download = page.getByRole("link", { name: "Download CSV", exact: true });
  await expect(download).toBeVisible({ timeout: 30_000 });
  const reportLink = page.getByRole("link", { name: /^Report \d+$/ });
  await expect(reportLink).toHaveCount(1);
  const reportName = await reportLink.textContent();

  await page.reload();
  await expect(reportLink).toHaveText(reportName ?? "");
  const [file] = await Promise.all([page.waitForEvent("download"), download.click()]);
  const rows: Record<string, string>[] = parse(await readFile(await file.path(), "utf8"), { columns: true });
  expect(rows).toHaveLength(1);
  const row = rows[0] ?? {};
  expect(row["store_id"]).toBe(storeId);
  for (const { column, unit } of windows) {
    const perUnit = unit === "minutes" ? 1 : 60;
    for (const [index, figure] of ["uptime", "downtime", "no_data"].entries()) {
      const inReport = Number(row[`${figure}_last_${column}(in ${unit})`]) * perUnit;
      const onPage = minutesOf(shown.get(column)?.[index + 1] ?? "");
      // The page rounds to the minute, the file to hundredths of its unit.
      expect(Math.abs(onPage - inReport), `${figure} of the last ${column}`).toBeLessThanOrEqual(0.5 + 0.005 * perUnit);
    }
  }
});

test("a double click makes one report", async ({ page }) => {
  await openWorstStore(page);
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/v1/reports")) sent++;
  });
  await page.getByRole("button", { name: "Create report" }).dblclick();
  await expect(page.getByRole("link", { name: "Download CSV", exact: true })).toBeVisible({ timeout: 30_000 });
  expect(sent).toBe(1);
});

test("the windows are in the address: back and forward move through them", async ({ page }) => {
  await openWorstStore(page);
  const choice = page.getByRole("navigation", { name: "Period" });
  await choice.getByRole("link", { name: "7 days" }).click();
  await expect(page.getByRole("heading", { name: /^Last 7 days, by the day$/ })).toBeVisible();
  await choice.getByRole("link", { name: "Last hour" }).click();
  await expect(page.getByRole("heading", { name: /^Last hour, in/ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: /^Last 7 days, by the day$/ })).toBeVisible();
  await page.goForward();
  await expect(page.getByRole("heading", { name: /^Last hour, in/ })).toBeVisible();
});

test("a period is chosen by name or by dates, beside the one before it, and its CSV has its figures", async ({
  page,
}) => {
  const storeId = await openWorstStore(page);
  const choice = page.getByRole("navigation", { name: "Period" });
  await choice.getByRole("link", { name: "30 days" }).click();
  await expect(page).toHaveURL(/window=last_30_days/);
  await expect(page.getByRole("region", { name: /^Last 30 days [A-Z]/ })).toContainText(/Down \d/);
  await expect(page.getByRole("region", { name: /^30 days before/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Incidents, last 30 days" })).toBeVisible();

  const asOf = ((await (await page.request.get(`/api/v1/stores/${storeId}`)).json()) as { as_of: string }).as_of;
  const date = (daysBack: number) => new Date(Date.parse(asOf) - daysBack * 86_400_000).toISOString().slice(0, 10);
  await page.getByRole("button", { name: "Choose dates" }).click();
  const dates = page.getByRole("form", { name: "Dates" });
  await dates.getByLabel("From").fill(date(2));
  await dates.getByLabel("to").fill(date(5));
  await dates.getByRole("button", { name: "Show" }).click();
  await expect(dates.getByRole("alert")).toContainText("Start date must be on or before the end date. Up to 400 days.");
  await dates.getByLabel("From").fill(date(5));
  await dates.getByLabel("to").fill(date(3));
  await dates.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(new RegExp(`from=${date(5)}&to=${date(3)}`));
  await expect(page.getByRole("heading", { name: /, by the day$/ })).toBeVisible();
  await expectAccessible(page);

  // The server renders it too.
  await page.reload();
  await expect(page.getByRole("region", { name: /^Dates before/ })).toBeVisible();
  await chartAsTable(page).click();
  await expect(page.getByRole("row", { name: /^Total/ })).toBeVisible();
  const [, up = ""] = await sumsOfTable(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV of the period" }).click(),
  ]);
  const rows: Record<string, string>[] = parse(await readFile(await file.path(), "utf8"), { columns: true });
  expect(rows).toHaveLength(3);
  const minutes = rows.reduce((sum, row) => sum + Number(row["up_minutes"]), 0);
  expect(Math.abs(minutes - minutesOf(up))).toBeLessThanOrEqual(0.55);

  await page.goto(`/stores/${storeId}?from=2098-01-01&to=2098-01-02`);
  await expect(page.getByText("No data from Jan 1, 2098. Showing the last 7 days.")).toBeVisible();
});

test("the week is drawn by the day, each date once", async ({ page }) => {
  const storeId = await openWorstStore(page);
  await page.goto(`/stores/${storeId}?window=week`);
  await chartAsTable(page).click();
  const labels = await page.getByRole("table").locator("tbody").getByRole("rowheader").allTextContents();
  const dates = labels.map((label) => /^[A-Z][a-z]{2}, [A-Z][a-z]{2} \d+/.exec(label)?.[0]);
  expect(dates).not.toContain(undefined);
  expect(new Set(dates).size).toBe(dates.length);
  expect([7, 8]).toContain(dates.length);
});

test("times are the store's, in every zone of the reader", async ({ page }) => {
  const storeId = await openWorstStore(page);
  const answer = await page.request.get(`/api/v1/stores/${storeId}`);
  const store: unknown = await answer.json();
  expect(store).toHaveProperty("time_zone");
  expect(store).toHaveProperty("as_of");
  const { time_zone: timeZone, as_of: asOf, clock } = store as { time_zone: string; as_of: string; clock: ZoneOffsets };
  await expect(page.getByText(`Times in ${timeZone}`)).toHaveCount(1);
  const asOfOnPage = page.locator(`time[datetime="${asOf}"]`).first();
  await expect(asOfOnPage).toContainText(clockTime(asOf, usClock(clock)));
});

test("an unknown store is a 404 that says so", async ({ page }) => {
  // The browser writes the document's status to the console, so this request is made outside the page.
  const answer = await page.request.get("/stores/no-such-store");
  expect(answer.status()).toBe(404);
  const document = await answer.text();
  expect(document).toContain("Store not found");
  expect(document).toContain("<title>Store not found · Store Monitoring</title>");
});
