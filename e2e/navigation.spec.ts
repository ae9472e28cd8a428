import { hold } from "./answers";
import { shiftSoFar, watchShifts } from "./layout-shift";
import { expect, expectAccessible, expectNoSidewaysScroll, openFleet, test } from "./test";

const places = [
  { name: "Reports", list: "**/api/v1/reports", loading: "Loading the reports" },
  { name: "Imports", list: "**/api/v1/imports", loading: "Loading the imports" },
  { name: "Data quality", list: "**/api/v1/data-quality", loading: "Loading the state of the data" },
];

for (const { name, list, loading } of places) {
  test(`${name} keep their place from the click until they are there`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto("/method");
    await page.waitForLoadState("networkidle");
    const release = await hold(page, list);
    await watchShifts(page);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByRole("status").filter({ hasText: loading })).toBeAttached();
    const skeleton = page.locator(".skeleton").first();
    await expect(skeleton).toBeVisible();
    const seconds = await skeleton.evaluate((place) => Number.parseFloat(getComputedStyle(place).animationDuration));
    expect(seconds, "nothing moves for who wants it so").toBeLessThan(0.001);
    await expectAccessible(page);
    release();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    expect(await shiftSoFar(page)).toBeLessThanOrEqual(0.02);
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("the navigation is a menu that opens by keyboard, says where one is, and closes with the next page", async ({
    page,
  }) => {
    await openFleet(page);
    const nav = page.getByRole("navigation", { name: "Main" });
    await expect(nav).toBeHidden();
    const menu = page.locator("summary", { has: page.locator("svg") });
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect(nav.getByRole("link")).toHaveText(["Stores", "Reports", "Imports", "Data quality", "Method"]);
    await expect(nav.getByRole("link", { name: "Stores" })).toHaveAttribute("aria-current", "page");
    for (const link of await nav.getByRole("link").all()) {
      expect((await link.boundingBox())?.height, "a finger's breadth").toBeGreaterThanOrEqual(44);
    }
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await expect(nav).toBeHidden();
    await expect(menu).toBeFocused();

    await menu.click();
    await nav.getByRole("link", { name: "Data quality" }).click();
    await expect(page).toHaveURL(/data-quality/);
    await expect(nav).toBeHidden();
  });
});

test.describe("without scripts", () => {
  test.use({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });

  test("the menu of a phone opens and leads on", async ({ page }) => {
    await page.goto("/method");
    await page.locator("summary").click();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" }).click();
    await expect(page).toHaveURL(/reports/);
  });
});
