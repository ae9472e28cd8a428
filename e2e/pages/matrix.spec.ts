import type { Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  expectAccessibleInEveryForm,
  expectNoSidewaysScroll,
  openFleet,
  openWorstStore,
  test,
} from "./test";

async function openReport(page: Page): Promise<void> {
  const asked = await page.request.post("/api/v1/reports", { data: { scope: "fleet" } });
  const { id } = (await asked.json()) as { id: number };
  await page.goto(`/reports/${String(id)}`);
  await expect(page.getByRole("table", { name: "Worst stores" })).toBeVisible({ timeout: 30_000 });
}

async function openImport(page: Page): Promise<void> {
  const data = "store_id,status,timestamp_utc\ne2e-matrix,active,2023-01-24 10:00:00 UTC\n";
  const sent = await page.request.post("/api/v1/imports/polls", { headers: { "content-type": "text/csv" }, data });
  const { id } = (await sent.json()) as { id: number };
  await page.goto(`/imports/${String(id)}`);
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 30_000 });
}

async function openEditForm(page: Page): Promise<void> {
  await page.goto(`/stores/${await openWorstStore(page)}/edit`);
  await expect(page.getByLabel("Hours on each day")).toBeVisible();
}

async function openWebhook(page: Page): Promise<void> {
  const data = { url: "https://hooks.example.com/stores", events: ["store.offline"] };
  const made = await page.request.post("/api/v1/webhooks", { data });
  const { id } = (await made.json()) as { id: number };
  await page.goto(`/webhooks/${String(id)}`);
  await expect(page.getByText("Nothing sent yet.")).toBeVisible();
}

const pages: readonly { name: string; open: (page: Page) => Promise<unknown> }[] = [
  { name: "the fleet", open: (page) => openFleet(page) },
  { name: "a filtered fleet", open: (page) => openFleet(page, "/?preset=needs_attention&zone=store&sort=-down_week") },
  { name: "an empty search", open: (page) => openFleet(page, "/?q=no-such-store&state=closed&sort=luck") },
  { name: "a store", open: openWorstStore },
  { name: "a store's edit form", open: openEditForm },
  { name: "the reports", open: (page) => page.goto("/reports") },
  { name: "a report", open: openReport },
  { name: "the imports", open: (page) => page.goto("/imports") },
  { name: "an import", open: openImport },
  { name: "the data quality", open: (page) => page.goto("/data-quality") },
  { name: "the method", open: (page) => page.goto("/method") },
  { name: "the API", open: (page) => page.goto("/docs") },
  { name: "a topic of the API", open: (page) => page.goto("/docs/fleet?lang=python") },
  { name: "the errors of the API", open: (page) => page.goto("/docs/errors") },
  { name: "the changelog", open: (page) => page.goto("/docs/changelog") },
  { name: "the people", open: (page) => page.goto("/people") },
  { name: "the keys", open: (page) => page.goto("/keys") },
  { name: "the audit log", open: (page) => page.goto("/audit") },
  { name: "the webhooks", open: (page) => page.goto("/webhooks") },
  { name: "a webhook", open: openWebhook },
  { name: "the limits", open: (page) => page.goto("/limits") },
  { name: "the incidents", open: (page) => page.goto("/incidents?window=week") },
  { name: "the roll-ups", open: (page) => page.goto("/rollups") },
  { name: "the wallboard", open: (page) => page.goto("/wallboard") },
  { name: "the status", open: (page) => page.goto("/status") },
  { name: "the account", open: (page) => page.goto("/account") },
  { name: "an address with nothing at it", open: (page) => page.goto("/nothing") },
  { name: "a store that is not", open: (page) => page.goto("/stores/no-such-store") },
];

test.describe("in every form", () => {
  // For an address that does not exist the browser reports an error itself.
  test.use({ expectedErrors: /status of 404/ });

  for (const { name, open } of pages) {
    test(`${name} is accessible in both themes, in forced colours, and at a zoom of 400 %`, async ({ page }) => {
      // A long page is checked completely, five times.
      test.slow();
      await open(page);
      await expectAccessibleInEveryForm(page);
    });
  }
});

test("the fleet on a phone is accessible, and so are its dialog and the selection", async ({ page }) => {
  await openFleet(page);
  // Before hydration the page does not react.
  await expect(async () => {
    await page.getByRole("checkbox", { name: "Select all stores on this page" }).check({ timeout: 2_000 });
    await expect(page.getByText("50 stores selected")).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.setViewportSize({ width: 320, height: 640 });
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
});

test.describe("with forced colours", () => {
  test.use({ forcedColors: "active" });

  test("states are still distinguishable, and the page is accessible", async ({ page }) => {
    await openFleet(page, "/?sort=state");
    await expectAccessible(page);
    const pills = page.getByRole("table", { name: "Stores" }).locator("tbody tr > :nth-child(3)");
    const offline = pills.filter({ hasText: "Offline" }).first().locator("span");
    await expect(offline).toBeVisible();
    expect(await offline.evaluate((pill) => getComputedStyle(pill).borderTopStyle)).toBe("solid");
    await expect(offline.locator("svg")).toBeVisible();
    // Charts keep their own colours, or up and down would look the same.
    const bar = page.getByRole("table", { name: "Stores" }).locator("td > div").first();
    const fills = await bar.evaluate((part) => getComputedStyle(part).backgroundImage.match(/rgb[^)]+\)/g) ?? []);
    expect(fills.length, "up, down and its stripe, no data and its hatching").toBeGreaterThanOrEqual(5);
    expect(fills[0]).not.toBe(fills[2]);
  });
});
