import type { Page } from "@playwright/test";
import { nextLook, refuse } from "./stub-responses";
import { expect, expectAccessible, expectNoSidewaysScroll, openFleet, openWorstStore, storeRows, test } from "./test";

const figures = "**/api/v1/stores/*/uptime?*";

/** Imports a file with one store that has only a zone, and returns its id. */
async function importBareStore(page: Page): Promise<string> {
  const storeId = "e2e-bare-store";
  const sent = await page.request.post("/api/v1/imports/timezones", {
    headers: { "content-type": "text/csv" },
    data: `store_id,timezone_str\n${storeId},America/Denver\n`,
  });
  expect(sent.ok()).toBe(true);
  await expect
    .poll(async () => (await page.request.get(`/api/v1/stores/${storeId}`)).status(), { timeout: 30_000 })
    .toBe(200);
  return storeId;
}

test("while figures load their place is kept, under the store's header", async ({ page }) => {
  await openFleet(page);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(figures, async (route) => {
    await released;
    await route.continue();
  });
  await storeRows(page).first().getByRole("link").click();
  await expect(page.getByRole("status").filter({ hasText: "Loading store" })).toBeAttached();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  release();
  await expect(page.getByRole("heading", { name: "Last 24 hours", exact: true })).toBeVisible();
});

test.describe("a server error", () => {
  test.use({ expectedErrors: /status of 429/ });

  test("figures that cannot be loaded say so, with the request id, and can be retried", async ({ page }) => {
    await openFleet(page);
    const problem = {
      type: "about:blank",
      title: "That is too much",
      status: 429,
      detail: "Too many requests.",
      code: "too_many_requests",
      request_id: "e2e-request-7",
    };
    await page.route(figures, (route) =>
      route.fulfill({ status: 429, contentType: "application/problem+json", json: problem }),
    );
    await storeRows(page).first().getByRole("link").click();
    const alert = page.getByRole("alert").filter({ hasText: "Couldn’t load the figures" });
    await expect(alert).toContainText("Too many requests.");
    await expect(alert).toContainText("e2e-request-7");
    await expectAccessible(page);
    await page.unroute(figures);
    await alert.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { name: "Last 24 hours", exact: true })).toBeVisible();
  });

  test("figures that cannot be updated stay, and the page says so until they can", async ({ page }) => {
    await page.clock.install();
    await openWorstStore(page);
    const card = page.getByRole("region", { name: "Last 24 hours", exact: true });
    const figures24h = await card.innerText();
    await refuse(page, figures);
    await page.clock.fastForward(nextLook);
    const notice = page.getByRole("note").filter({ hasText: "Couldn’t refresh this page" });
    await expect(notice).toContainText("Too many requests.");
    await expect(notice).toContainText("e2e-request-8");
    expect(await card.innerText()).toBe(figures24h);
    await expectAccessible(page);
    await page.unroute(figures);
    await notice.getByRole("button", { name: "Try again" }).click();
    await expect(notice).toHaveCount(0);
    await expect(card).toBeVisible();
  });
});

test("old data is labelled as old, and its state is in the past tense", async ({ page }) => {
  const { as_of: asOf } = (await (await page.request.get("/api/v1/fleet")).json()) as { as_of: string };
  await page.clock.install({ time: Date.parse(asOf) + 3.5 * 3_600_000 });
  await openWorstStore(page);
  await expect(page.getByText(/^No checks have arrived for 3 h/)).toBeVisible();
  await expect(page.getByText(/^(Was (online|offline|closed)|No recent check)$/).first()).toBeVisible();
  await expect(page.getByText(/^(Online|Offline)$/)).toHaveCount(0);
});

test("a store without a check or hours says so, and its exceptions are shown", async ({ page }) => {
  const storeId = await importBareStore(page);
  const put = await page.request.put(`/api/v1/stores/${storeId}/exceptions/2098-12-25`, { data: { hours: [] } });
  expect(put.ok()).toBe(true);
  await page.goto(`/stores/${storeId}`);
  await expect(page.getByText("No checks for this store yet.")).toBeVisible();
  await expect(page.getByText("never checked")).toBeVisible();
  await expect(page.getByRole("region", { name: "Last 7 days", exact: true })).toContainText("No data");
  const hours = page.getByRole("region", { name: "Business hours" });
  await expect(hours).toContainText("This store has no hours in your data.");
  await expect(hours).toContainText("Time zone America/Denver");
  await expect(hours).toContainText("Thu, Dec 25");
  await expectAccessible(page);
});

test.describe("with forced colours", () => {
  test.use({ forcedColors: "active" });

  test("a store is complete and accessible", async ({ page }) => {
    await openWorstStore(page);
    await expect(page.getByRole("application")).toBeVisible();
    await expectAccessible(page);
    const chosen = page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "7 days" });
    const other = page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "30 days" });
    const fill = (element: Element) => getComputedStyle(element).backgroundColor;
    expect(await chosen.evaluate(fill)).not.toBe(await other.evaluate(fill));
  });
});

test("a store's page prints on one sheet, black on white, without controls", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await openWorstStore(page);
  await expect(
    page.getByRole("region", { name: "Incidents, last 7 days" }).getByRole("listitem").first(),
  ).toBeVisible();
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);

  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const name of ["Create report", "View as table", "Show all"]) {
    await expect(page.getByRole("button", { name }).filter({ visible: true })).toHaveCount(0);
  }
  await expect(page.getByRole("navigation").filter({ visible: true })).toHaveCount(0);
  expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe("rgb(0, 0, 0)");
  await expect(page.getByRole("region", { name: "Day by day" })).toBeVisible();
});

for (const width of [320, 360, 768]) {
  test.describe(`at ${String(width)} pixels`, () => {
    test("a store's figures fit their cards, and the page its window", async ({ page }) => {
      await openWorstStore(page);
      await page.setViewportSize({ width, height: 740 });
      await expect(page.getByRole("heading", { name: "Incidents, last 7 days" })).toBeVisible();
      await expectNoSidewaysScroll(page);
      const overlaps = await page.locator("section dl dd").evaluateAll(
        (cells) =>
          cells.filter((cell, index) => {
            const next = cells[index + 1];
            const text = document.createRange();
            text.selectNodeContents(cell);
            const [here, there] = [text.getBoundingClientRect(), next?.getBoundingClientRect()];
            return there !== undefined && Math.abs(there.top - here.top) < 4 && here.right > there.left;
          }).length,
      );
      expect(overlaps, "figures that run into their neighbour").toBe(0);
    });
  });
}
