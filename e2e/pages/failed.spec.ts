import type { Page } from "@playwright/test";
import { faultEnv } from "@/e2e/faults/harness/fault-env";
import { startApp, type StartedApp } from "./start-app";
import { expect, expectAccessibleInEveryForm, test } from "./test";

// The browser reports a response that failed, and the page shows its error instead.
test.use({ expectedErrors: /status of (429|500)|React error #441/ });

/** Makes an app do something, on a database without data. */
async function withApp(settings: Readonly<Record<string, string>>, act: (app: StartedApp) => Promise<void>) {
  const app = await startApp({ DEMO_DATA: "0", LOG_LEVEL: "silent", ...settings }, (said) =>
    said.includes("There is no store"),
  );
  try {
    await act(app);
  } finally {
    await app.stop();
  }
}

/** The id by which operators find the error in the log. */
const digest = (page: Page) => page.getByText(/^(Error code )?\d{6,}(@\w+)?$/);

test.beforeEach(() => {
  test.setTimeout(300_000);
});

test("a page that failed on the server says so and names the error, in every form", async ({ page }) => {
  await withApp(faultEnv("page.read:throw"), async (app) => {
    const answer = await page.goto(app.address);
    expect(answer?.status()).toBe(500);
    await expect(page.getByRole("heading", { name: "Couldn’t load this page" })).toBeVisible();
    await expect(digest(page)).toBeVisible();
    await expect(page.getByRole("navigation", { name: "Main" })).toBeAttached();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectAccessibleInEveryForm(page);
  });
});

test("a page whose frame failed as well says so, in every form", async ({ page }) => {
  await withApp(faultEnv("page.framed:throw"), async (app) => {
    const answer = await page.goto(`${app.address}/method`);
    expect(answer?.status()).toBe(500);
    await expect(page.getByRole("heading", { name: "Something went wrong" })).toBeVisible();
    await expect(digest(page)).toBeVisible();
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectAccessibleInEveryForm(page);
  });
});

test("a page that is unavailable says so in every form, and recovers once it can be rendered", async ({ page }) => {
  await page.clock.install();
  await withApp({ RATE_LIMIT_PAGES_PER_MINUTE: "1" }, async (app) => {
    const address = `${app.address}/method`;
    await page.goto(address);
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(429);
    await expect(page.getByRole("heading", { name: "Too many requests" })).toBeVisible();
    await expect(page.getByRole("link", { name: "Try again now" })).toBeVisible();
    await expectAccessibleInEveryForm(page);

    let asked = 0;
    let canBeMade = false;
    await page.route(address, async (route, request) => {
      if (request.method() !== "HEAD") return route.fulfill({ contentType: "text/html", body: "<h1>Method</h1>" });
      asked++;
      return route.fulfill({ status: canBeMade ? 200 : 429 });
    });
    await page.clock.fastForward(61_000);
    await expect.poll(() => asked).toBe(1);
    await expect(page.getByRole("heading", { name: "Too many requests" })).toBeVisible();
    canBeMade = true;
    await expect(async () => {
      await page.clock.fastForward(61_000);
      await expect(page.getByRole("heading", { name: "Method" })).toBeVisible({ timeout: 1_000 });
    }).toPass();
  });
});
