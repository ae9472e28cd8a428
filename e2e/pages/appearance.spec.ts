import {
  chartAsTable,
  expect,
  expectAccessible,
  expectNoSidewaysScroll,
  openFleet,
  openWorstStore,
  test,
} from "./test";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("a store is accessible, as a chart and as a table", async ({ page }) => {
      await openWorstStore(page);
      await expect(page.getByRole("application")).toBeVisible();
      await expectAccessible(page);
      await chartAsTable(page).click();
      await expectAccessible(page);
    });
  });
}

test.describe("at 320 pixels", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("a store does not scroll sideways, and its rows are cards", async ({ page }) => {
    await openFleet(page);
    await page.getByRole("table", { name: "Stores" }).getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: "Last 24 hours", exact: true })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await chartAsTable(page).click();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});

test("the chosen theme is rendered by the server", async ({ page }) => {
  await page.goto("/method");
  await page.getByRole("button", { name: /^Theme: system/ }).click();
  await page.getByRole("button", { name: /^Theme: light/ }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const answer = await page.request.get("/method");
  expect(await answer.text()).toMatch(/<html[^>]* data-theme="dark"/);
});
