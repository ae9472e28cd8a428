import type { BrowserContext, Page } from "@playwright/test";
import { startApp, type StartedApp } from "./start-app";
import { expect, openFleet, storeRows, test, watch } from "./test";

/** Ids that are words of ours, of the framework or of JavaScript. */
const names = ["fleet", "labels", "list", "store", "all", "new", "undefined", "constructor", "__proto__", "__PAGE__"];

/** Each loads twenty pages. */
test.setTimeout(240_000);

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
  const at = new Date().toISOString();
  const polls = names.map((store_id) => ({ store_id, at, status: "active" }));
  const sent = await page.request.post("/api/v1/polls", { data: { polls } });
  expect(await sent.json()).toMatchObject({ accepted: names.length });
});
test.afterAll(async () => {
  await context.close();
  await app.stop();
});

test("a store may have any word as its id: all pages work on the way to it, and back", async () => {
  await openFleet(page);
  await expect(storeRows(page)).toHaveCount(names.length, { timeout: 30_000 });
  for (const name of names) {
    await storeRows(page).getByRole("link", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Last 24 hours", exact: true })).toBeVisible();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Stores" }).click();
    await expect(page.getByRole("navigation", { name: "Filter by state" })).toBeVisible();
    await expect(storeRows(page)).toHaveCount(names.length);
  }
  expect(faults, "errors in the console").toEqual([]);
});

test("its own address works too, and after that the list of stores", async () => {
  for (const name of names) {
    await page.goto(`/stores/${name}`);
    await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Stores" }).click();
    await expect(storeRows(page)).toHaveCount(names.length);
  }
  expect(faults, "errors in the console").toEqual([]);
});
