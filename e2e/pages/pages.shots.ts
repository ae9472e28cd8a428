import { join } from "node:path";
import type { Page } from "@playwright/test";
import { pictured } from "./start-app";
import { expect, openFleet, openWorstStore, test } from "./test";

/** Takes the pictures of docs/screenshots, of the demo data as of one instant: `npm run screenshots`. */
const folder = join(import.meta.dirname, "..", "..", "docs", "screenshots");

// A viewer in the zone of most stores.
test.use({ timezoneId: "America/New_York" });

/** Report times come from the machine's clock; in a picture they are set to the picture's instant. */
const frozen = {
  created_at: "2026-01-28T20:03:00.000Z",
  started_at: "2026-01-28T20:03:00.100Z",
  finished_at: "2026-01-28T20:03:00.300Z",
};
const frozenTime = `<time dateTime="${frozen.created_at}" title="2026-01-28 20:03 UTC">Wed, Jan 28, 2026, 8:03\u00a0PM UTC</time>`;

async function openReport(page: Page): Promise<void> {
  const asked = await page.request.post("/api/v1/reports", { data: { scope: "fleet" } });
  const { id } = (await asked.json()) as { id: number };
  const path = `/reports/${String(id)}`;
  const report = async () =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as typeof frozen & { state: string };
  await expect.poll(async () => (await report()).state, { timeout: 30_000 }).toBe("complete");
  const made = await report();
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    const shown = new RegExp(`<time dateTime="${made.created_at}"[^>]*>[^<]*</time>`);
    let body = (await response.text()).replace(shown, frozenTime);
    for (const name of ["created_at", "started_at", "finished_at"] as const) {
      body = body.replaceAll(made[name], frozen[name]);
    }
    await route.fulfill({ response, body });
  });
  await page.goto(path);
  await expect(page.getByText("Wed, Jan 28, 2026, 8:03\u00a0PM UTC")).toBeVisible();
  await expect(page.getByRole("table", { name: "Worst stores" })).toBeVisible({ timeout: 30_000 });
}

async function openStore(page: Page): Promise<void> {
  await openWorstStore(page);
  await expect(page.getByRole("application")).toBeVisible();
  await expect(page.getByRole("region", { name: "Day by day" }).locator("svg").first()).toBeVisible();
}

const sizes = [
  { width: 1440, height: 1000 },
  { width: 768, height: 1024 },
  { width: 360, height: 780 },
] as const;
const themes = ["light", "dark"] as const;
const opened = {
  fleet: (page: Page) => openFleet(page),
  store: openStore,
  report: openReport,
  "data-quality": (page: Page) => page.goto("/data-quality"),
};

interface Shot {
  readonly name: keyof typeof opened;
  readonly size: { readonly width: number; readonly height: number };
  readonly theme: (typeof themes)[number];
}

const shots: readonly Shot[] = [
  ...(["fleet", "store"] as const).flatMap((name) =>
    sizes.flatMap((size) => themes.map((theme) => ({ name, size, theme }))),
  ),
  { name: "report", size: { width: 1440, height: 800 }, theme: "light" },
  { name: "data-quality", size: { width: 1440, height: 800 }, theme: "light" },
];

for (const { name, size, theme } of shots) {
  const file = `${name}-${String(size.width)}-${theme}.png`;
  test(file, async ({ page }) => {
    await page.clock.setFixedTime(pictured);
    // Stores are opened from the table, which phones do not show.
    await page.setViewportSize({ width: 1440, height: size.height });
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await opened[name](page);
    await page.setViewportSize(size);
    await page.waitForLoadState("networkidle");
    // After hydration, times are in the viewer's zone, and data are not shown as old.
    if (name === "fleet") await expect(page.getByText(/^As of .*E[SD]T/)).toBeVisible();
    await expect(page.getByText(/No checks have arrived/)).toHaveCount(0);
    await page.screenshot({ path: join(folder, file), animations: "disabled" });
  });
}
