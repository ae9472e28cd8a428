import { expect, expectAccessible, openWorstStore, test } from "./test";

/** "1:15:56.123" in ms. */
function exactMs(text: string): number {
  const [, hours, minutes, seconds, ms] = /^(\d+):(\d\d):(\d\d)\.(\d{3})$/.exec(text.trim()) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("a figure opens its pieces, which sum to it to the millisecond", async ({ page }) => {
      const storeId = await openWorstStore(page);
      await expect(page.getByRole("application")).toBeVisible();
      const answer = page.waitForResponse((response) => response.url().includes("explain=segments"));
      const figure = page
        .getByRole("region", { name: "Last 7 days" })
        .getByRole("button", { name: /^Down .*explain$/ });
      await figure.click();
      const dialog = page.getByRole("dialog", { name: "Last 7 days, piece by piece" });
      const pieces = dialog.getByRole("listitem");
      await expect(pieces.first()).toContainText(/Decided by the check of .*, which found it offline\./);
      const week = (await (await answer).json()) as { store_id: string; windows: { week: { down_ms: number } } };
      expect(week.store_id).toBe(storeId);

      const lengths = await pieces.locator(".font-mono").allTextContents();
      expect(lengths.map(exactMs).reduce((sum, ms) => sum + ms, 0)).toBe(week.windows.week.down_ms);
      await expectAccessible(page);

      await dialog.getByRole("button", { name: "All", exact: true }).click();
      expect(await pieces.count()).toBeGreaterThan(lengths.length);
      await page.keyboard.press("Escape");
      await expect(dialog).toBeHidden();
      await expect(figure).toBeFocused();
    });
  });
}
