import { expect, test } from "./test";

// The browser and React report what is missing after an update.
test.use({ expectedErrors: /404|chunk|ChunkLoadError|Failed to load/i });

test("F48: a tab opened before an update says so when a part of it is gone, and works after a reload", async ({
  page,
}) => {
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  // The server has another build by now, without the parts of the old one that the tab has not loaded yet.
  await page.route(/\/_next\/static\/.*\.(js|css)/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.keyboard.press("?");
  await expect(page.getByRole("heading", { name: "New version available" })).toBeVisible();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Reload" }).click();
  await expect(page.getByRole("table").or(page.getByRole("list")).first()).toBeVisible();
});

test("F48: a tab opened before an update reloads for the next page, without a message and with its address", async ({
  page,
}) => {
  await page.goto("/");
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    (globalThis as { sameDocument?: boolean }).sameDocument = true;
  });
  await page.getByRole("link", { name: "Reports" }).first().click();
  await expect(page).toHaveURL(/\/reports/);
  const isSame = () => page.evaluate(() => (globalThis as { sameDocument?: boolean }).sameDocument === true);
  expect(await isSame(), "of the same build, a step needs no new document").toBe(true);
  // The response of a server with another build to the tab's request for the next page.
  await page.route("**", async (route, request) => {
    if (request.headers().rsc === undefined) return route.continue();
    const response = await route.fetch();
    const headers = { ...response.headers(), "x-nextjs-deployment-id": "another-build" };
    return route.fulfill({ response, headers });
  });
  await page.getByRole("link", { name: "Imports" }).first().click();
  await expect(page).toHaveURL(/\/imports/);
  await expect.poll(isSame).toBe(false);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
