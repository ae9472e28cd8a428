import { hold } from "./stub-responses";
import { shiftSoFar, watchShifts } from "./layout-shift";
import {
  expect,
  expectAccessible,
  expectHeaderApart,
  expectNoSidewaysScroll,
  openFleet,
  openWorstStore,
  test,
  untilHydrated,
} from "./test";

const places = [
  { name: "Reports", list: "**/api/v1/reports", loading: "Loading reports" },
  { name: "Imports", list: "**/api/v1/imports", loading: "Loading imports" },
  { name: "Data quality", list: "**/api/v1/data-quality", loading: "Loading data quality" },
];

for (const { name, list, loading } of places) {
  test(`${name} keep their place from the click until they are loaded`, async ({ page }) => {
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

/** Navigations to pages that the server renders first, and the requests of those. */
const ways = [
  {
    ...{ to: "the fleet by the navigation", from: "/method", asked: /\/\?_rsc=/, title: "Stores" },
    ...{ link: "Stores", says: "Loading stores", arrived: "Filter by state" },
  },
  {
    ...{ to: "the fleet from a store", from: "a store", asked: /\/\?_rsc=/, title: "Stores" },
    ...{ link: "All stores", says: "Loading stores", arrived: "Filter by state" },
  },
  {
    ...{ to: "a store from the fleet", from: "/", asked: /\/stores\/[^?]+\?_rsc=/, title: "Store" },
    ...{ link: /, \d+ [A-Z]/, says: "Loading store", arrived: "Period" },
  },
  {
    ...{ to: "the reports", from: "/method", asked: /\/reports\?_rsc=/, title: "Reports" },
    ...{ link: "Reports", says: "Loading", arrived: null },
  },
] as const;

for (const [device, viewport] of [
  ["a desktop", { width: 1440, height: 900 }],
  ["a phone", { width: 360, height: 740 }],
] as const) {
  for (const { to, from, asked, title, link, says, arrived } of ways) {
    test(`the way to ${to} on ${device} shows a placeholder until the server has rendered the page`, async ({
      page,
    }) => {
      await page.emulateMedia({ reducedMotion: "reduce" });
      if (from === "a store") await openWorstStore(page);
      else await page.goto(from);
      await page.setViewportSize(viewport);
      await page.waitForLoadState("networkidle");
      // Until then a link opens a document, without a placeholder.
      await untilHydrated(page);
      const before = page.url();
      const release = await hold(page, asked);
      await watchShifts(page);
      const links = page.getByRole("link", { name: link });
      const visible = links.locator("visible=true");
      if ((await visible.count()) === 0) await page.getByLabel("Menu").click();
      await visible.first().click();
      await expect(page.getByRole("status").filter({ hasText: says })).toBeAttached();
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
      await expect(page.locator(".skeleton").first()).toBeVisible();
      expect(page.url(), "the address is that of the page that is there").toBe(before);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
      release();
      await expect(page).not.toHaveURL(before);
      await expect(page.locator(".skeleton")).toHaveCount(0);
      if (arrived !== null) await expect(page.getByRole("navigation", { name: arrived })).toBeVisible();
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      expect(await shiftSoFar(page)).toBeLessThanOrEqual(0.02);
    });
  }
}

test("an immediate response is preceded by no placeholder", async ({ page }) => {
  await page.clock.install();
  await page.goto("/method");
  await page.waitForLoadState("networkidle");
  await page.clock.pauseAt(Date.now() + 60_000);
  const release = await hold(page, /\/\?_rsc=/);
  const asked = page.waitForRequest(/\/\?_rsc=/);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Stores" }).click();
  await asked;
  await page.clock.runFor(140);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("How it works");
  await page.clock.runFor(20);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Stores");
  release();
});

test.describe("of an unknown store", () => {
  test.use({ expectedErrors: /status of 404/ });

  test("a document gets a 404, and an open page says so after its placeholder", async ({ page }) => {
    expect((await page.goto("/stores/no-such-store"))?.status()).toBe(404);
    await openWorstStore(page);
    // A page that has not hydrated shows no placeholder.
    await untilHydrated(page);
    const release = await hold(page, /no-such-store\?_rsc=/);
    // Like a link to a store that has been deleted since.
    await page.evaluate(() => {
      const { next } = globalThis as unknown as { next: { router: { push: (href: string) => void } } };
      next.router.push("/stores/no-such-store");
    });
    await expect(page.getByRole("status").filter({ hasText: "Loading store" })).toBeAttached();
    release();
    await expect(page.getByRole("heading", { name: "Check the link" })).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("the navigation is a menu that opens by keyboard, marks the current page, and closes with the next page", async ({
    page,
  }) => {
    await openFleet(page);
    const nav = page.getByRole("navigation", { name: "Main" });
    await expect(nav).toBeHidden();
    const menu = page.getByLabel("Menu");
    await menu.focus();
    await page.keyboard.press("Enter");
    await expect(nav.getByRole("link")).toHaveText([
      ...["Stores", "Incidents", "Reports", "Imports", "Data quality", "API", "How it works", "Settings"],
    ]);
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

for (const width of [768, 1024]) {
  test(`nothing in the header overlaps at ${String(width)} pixels`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.goto("/method");
    await expectHeaderApart(page);
    await expectNoSidewaysScroll(page);
  });
}

test.describe("without scripts", () => {
  test.use({ viewport: { width: 360, height: 740 }, javaScriptEnabled: false });

  test("the menu on a phone opens and works", async ({ page }) => {
    await page.goto("/method");
    await page.locator("summary").click();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Reports" }).click();
    await expect(page).toHaveURL(/reports/);
  });
});
