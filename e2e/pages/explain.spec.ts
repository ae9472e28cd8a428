import { formatOpenTime } from "@/lib/format/duration";
import { expect, expectAccessible, openWorstStore, test } from "./test";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("a figure opens its breakdown, which adds up to it", async ({ page }) => {
      const storeId = await openWorstStore(page);
      await expect(page.getByRole("application")).toBeVisible();
      const answer = page.waitForResponse((response) => response.url().includes("explain=segments"));
      const figure = page
        .getByRole("region", { name: "Last 7 days" })
        .getByRole("button", { name: /^Down .*explain$/ });
      await figure.click();
      const dialog = page.getByRole("dialog", { name: "Last 7 days: how this was calculated" });
      const pieces = dialog.getByRole("listitem");
      await expect(pieces.first()).toContainText(/Based on the .* check \(offline\)/);
      const week = (await (await answer).json()) as { store_id: string; windows: { week: { down_ms: number } } };
      expect(week.store_id).toBe(storeId);

      const shown = await pieces.count();
      const total = dialog.getByText(/^Total down/);
      await expect(total.locator("..")).toContainText(formatOpenTime(week.windows.week.down_ms));
      await expect(dialog).not.toContainText(/\d:\d\d:\d\d|\.\d{3}/);
      await expectAccessible(page);

      await dialog.getByRole("button", { name: "All", exact: true }).click();
      expect(await pieces.count()).toBeGreaterThan(shown);
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(figure).toBeFocused();
    });
  });
}
