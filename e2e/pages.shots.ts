import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, openFleet, openWorstStore, test } from "./test";

/** Makes the pictures of docs/screenshots anew, of the demo data: `npm run screenshots`. */
const folder = join(import.meta.dirname, "..", "docs", "screenshots");

// A reader where most of the stores are.
test.use({ timezoneId: "America/New_York" });

async function openReport(page: Page): Promise<void> {
  const asked = await page.request.post("/api/v1/reports", { data: { scope: "fleet" } });
  const { id } = (await asked.json()) as { id: number };
  await page.goto(`/reports/${String(id)}`);
  await expect(page.getByRole("table", { name: "Worst stores" })).toBeVisible({ timeout: 30_000 });
}

const shots: readonly {
  readonly name: string;
  readonly open: (page: Page) => Promise<unknown>;
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
}[] = [
  { name: "fleet", open: (page) => openFleet(page), width: 1440, height: 1000, theme: "light" },
  { name: "fleet-dark", open: (page) => openFleet(page), width: 1440, height: 1000, theme: "dark" },
  { name: "fleet-phone", open: (page) => openFleet(page), width: 360, height: 780, theme: "light" },
  { name: "store", open: openWorstStore, width: 1440, height: 1000, theme: "light" },
  { name: "store-phone", open: openWorstStore, width: 360, height: 780, theme: "light" },
  { name: "report", open: openReport, width: 1440, height: 760, theme: "light" },
  { name: "data-quality", open: (page) => page.goto("/data-quality"), width: 1440, height: 860, theme: "light" },
];

for (const { name, open, width, height, theme } of shots) {
  test(name, async ({ page }) => {
    // Stores are opened out of the table, which a phone has not.
    await page.setViewportSize({ width: 1440, height });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await open(page);
    await page.setViewportSize({ width, height });
    await page.waitForLoadState("networkidle");
    // Times are the reader's once the page has woken up.
    if (name.startsWith("fleet")) await expect(page.getByText(/^As of .*E[SD]T/)).toBeVisible();
    await page.screenshot({ path: join(folder, `${name}.png`) });
  });
}
