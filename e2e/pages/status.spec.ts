import { change, nextLook } from "./stub-responses";
import { expect, expectAccessible, openFleet, test } from "./test";

const status = "**/api/v1/status";
const hour = 3_600_000;

test("the banner is empty while everything works", async ({ page }) => {
  const answered = page.waitForResponse(status);
  await page.goto("/reports");
  await answered;
  await expect(page.getByRole("status", { name: "Service" })).toBeEmpty();
});

test("the banner says that no worker runs and that data is old, and disappears when that is over", async ({ page }) => {
  await page.clock.install();
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
  await change(page, status, { worker: "away", worker_seen_at: ago(2 * hour), newest_poll_at: ago(5 * hour) });
  await page.goto("/reports");
  const strip = page.getByRole("status", { name: "Service" });
  await expect(strip).toContainText("No worker is running: reports, imports and fleet figures are on hold.");
  await expect(strip).toContainText("Last seen 2 h ago.");
  await expect(strip).toContainText("No checks have arrived for 5 h.");
  await expectAccessible(page);
  // The fleet and a store page each say once, in their own zone, that data are old.
  await openFleet(page);
  await expect(strip).toContainText("No worker is running");
  await expect(strip).not.toContainText("No checks have arrived");

  await page.unroute(status);
  await page.clock.fastForward(nextLook);
  await expect(strip).toBeEmpty();
});

test.describe("a server without its database", () => {
  test.use({ expectedErrors: /status of 503/ });

  test("the shown data stays, and the banner says what it is", async ({ page }) => {
    await page.clock.install();
    await page.goto("/reports");
    await page.route(status, (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        json: {
          ...{ type: "about:blank", title: "Database unavailable", status: 503, detail: "" },
          ...{ code: "database_unavailable", request_id: "e2e-request-9" },
        },
      }),
    );
    const strip = page.getByRole("status", { name: "Service" });
    await expect(async () => {
      await page.clock.fastForward(nextLook);
      await expect(strip).toContainText("Can’t reach the server or its database", { timeout: 1_000 });
    }).toPass();
    await expect(page.getByRole("heading", { level: 1, name: "Reports" })).toBeVisible();
    await expectAccessible(page);
  });
});
