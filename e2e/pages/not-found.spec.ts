import { expect, expectAccessible, test } from "./test";

// The browser itself writes the status of the document into the console.
test.use({ expectedErrors: /status of 404/ });

for (const [path, title] of [
  ["/stores/no-such-store", "Store not found"],
  ["/reports/999999", "Report not found"],
  ["/imports/999999", "Import not found"],
  ["/no/such/page", "Page not found"],
] as const) {
  test(`${path} is a 404 that says what was not found, in its title too`, async ({ page }) => {
    const response = await page.goto(path);
    expect(response?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    // The page's scripts set the title once more.
    await page.waitForLoadState("networkidle");
    await expect(page).toHaveTitle(`${title} · Store Monitoring`);
    await expectAccessible(page);
  });
}
