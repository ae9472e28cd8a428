import type { BrowserContext, Page } from "@playwright/test";
import { startApp, type StartedApp } from "./start-app";
import { chartAsTable, expect, expectAccessible, test, watch } from "./test";

/** The life of one server that starts without data: each test continues where the one before ended. */
test.describe.configure({ mode: "serial" });

let app: StartedApp;
let context: BrowserContext;
let page: Page;
let faults: readonly string[] = [];

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  app = await startApp({ DEMO_DATA: "0" }, (said) => said.includes("There is no store"));
  context = await browser.newContext({ baseURL: app.address, timezoneId: "Asia/Kathmandu" });
  faults = await watch(context);
  page = await context.newPage();
});
test.afterEach(() => {
  expect(faults, "errors in the console").toEqual([]);
});
test.afterAll(async () => {
  await context.close();
  await app.stop();
});

/** Sends a file and waits for its end. @returns the import's id */
async function importFile(
  kind: "polls" | "hours" | "timezones",
  data: string,
  end: "complete" | "complete_with_rejects" = "complete",
): Promise<number> {
  const sent = await page.request.post(`/api/v1/imports/${kind}`, { headers: { "content-type": "text/csv" }, data });
  const { id } = (await sent.json()) as { id: number };
  await expect
    .poll(async () => (await (await page.request.get(`/api/v1/imports/${String(id)}`)).json()) as object, {
      timeout: 30_000,
    })
    .toMatchObject({ state: end });
  return id;
}

const hourMs = 3_600_000;

/** Hourly checks of a store, all online, the last one at `until`. */
function hourly(storeId: string, until: string, count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse(until) - index * hourMs).toISOString().replace("T", " ").replace("Z", "");
    return `${storeId},active,${at} UTC`;
  });
  return ["store_id,status,timestamp_utc", ...rows, ""].join("\n");
}

test("every page of an empty database says so and names the next step", async () => {
  for (const path of ["/", "/data-quality"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "No stores yet" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: "Upload files" })).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto("/imports");
  await expect(page.getByRole("heading", { name: "No imports yet" })).toBeVisible();
  await page.goto("/reports");
  await expect(page.getByRole("heading", { name: "No reports yet" })).toBeVisible();
  await expect(page.getByRole("status", { name: "Service" })).toBeEmpty();
});

test("a file whose checks are all in the future imports none, says why, and leaves the fleet empty", async () => {
  const id = await importFile(
    "polls",
    hourly("tomorrow", new Date(Date.now() + 48 * hourMs).toISOString(), 3),
    "complete_with_rejects",
  );
  await page.goto(`/imports/${String(id)}`);
  await expect(page.getByRole("main")).toContainText(/Rejected\s*3/);
  await expect(page.getByRole("link", { name: "Download rejected rows" })).toBeVisible();
  const rejects = await (await page.request.get(`/api/v1/imports/${String(id)}/rejects.csv`)).text();
  expect(rejects.match(/more than five minutes in the future/g)).toHaveLength(3);
  await expectAccessible(page);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: "No stores yet" })).toBeVisible();
});

const week = Array.from({ length: 7 }, (_, day) => `diner,${String(day)},10:00:00,22:00:00`);

/** The first figure of a row of the chart's table. */
const firstCell = (of: Page, row: RegExp) => of.getByRole("row", { name: row }).getByRole("cell").first();

/** Opens the store ten minutes after its newest check. */
async function openAt(storeId: string, asOf: string): Promise<void> {
  // A clock can be set once per page.
  await page.close();
  page = await context.newPage();
  await page.clock.install({ time: Date.parse(asOf) + 600_000 });
  await page.goto(`/stores/${storeId}?window=week`);
  await expect(page.getByText("last checked 10 min ago")).toBeVisible();
}

test("an open store shows when it closes, and marks the day of 23 hours in its week", async () => {
  await importFile("timezones", "store_id,timezone_str\ndiner,America/New_York\nbare,America/New_York\n");
  await importFile("hours", ["store_id,dayOfWeek,start_time_local,end_time_local", ...week, ""].join("\n"));
  const asOf = "2023-03-14T18:00:00.000Z";
  await importFile("polls", hourly("diner", asOf, 150));
  await importFile("polls", hourly("bare", asOf, 150));

  await openAt("diner", asOf);
  await expect(page.getByText(/^since about 10:00\sAM, last checked 10 min ago, closes 10:00\sPM$/)).toBeVisible();
  await expect(page.getByRole("region", { name: "Day by day" })).toContainText("23 h day");
  await chartAsTable(page).click();
  await expect(firstCell(page, /^Sun, Mar 12 \(23 h day\)/)).toHaveText("12 h");
  await expectAccessible(page);
});

test("a store without hours is open in the night that lacks an hour, and the page says that this is assumed", async () => {
  await openAt("bare", "2023-03-14T18:00:00.000Z");
  const hours = page.getByRole("region", { name: "Business hours" });
  await expect(hours).toContainText("This store has no hours in your data.");
  await expect(hours).toContainText("assumed");
  await expect(page.getByText(/last checked 10 min ago$/)).toBeVisible();
  await chartAsTable(page).click();
  await expect(firstCell(page, /^Sun, Mar 12 \(23 h day\)/)).toHaveText("23 h");
});

test("a closed store shows when it opens next, and marks the day of 25 hours in its week", async () => {
  const asOf = "2023-11-07T04:00:00.000Z";
  await importFile("polls", hourly("diner", asOf, 150));
  await importFile("polls", hourly("bare", asOf, 150));
  await openAt("diner", asOf);
  await expect(
    page.getByText("since about 10:00 PM, last checked 10 min ago, next opening Tue 10:00 AM"),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: "Day by day" })).toContainText("25 h day");
  await openAt("bare", asOf);
  await chartAsTable(page).click();
  await expect(firstCell(page, /^Sun, Nov 5 \(25 h day\)/)).toHaveText("25 h");
});

test("a store whose hours have changed shows since when they apply, and the earlier ones", async () => {
  const given = [{ day: 0, start: "12:00", end: "20:00" }];
  const data = { time_zone: "America/New_York", business_hours: given, valid_from: "2023-11-06" };
  expect((await page.request.put("/api/v1/stores/diner/hours", { data })).status()).toBe(200);
  await openAt("diner", "2023-11-07T04:00:00.000Z");
  const hours = page.getByRole("region", { name: "Business hours" });
  await expect(hours).toContainText("These hours: since Nov 6, 2023");
  await hours.getByRole("button", { name: "Show all hours" }).click();
  await expect(hours.getByRole("heading", { name: "Until Nov 5, 2023" })).toBeVisible();
  await expectAccessible(page);
});
