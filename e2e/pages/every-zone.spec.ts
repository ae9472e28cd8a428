import type { BrowserContext, Page } from "@playwright/test";
import { TimeZoneListSchema, ZoneClockSchema, type ZoneClock } from "@/lib/contract/zone-clock";
import { usClock } from "@/lib/format/test-support/clocks";
import { fullTime, zoneAbbreviation } from "@/lib/format/zoned-time";
import { expect, openWorstStore, test } from "./test";

/** Pages loaded at a time. */
const readers = 3;

// A small window takes less time to paint, which is not tested here.
test.use({ viewport: { width: 320, height: 100 } });

/** The scripts that a store's page loads after hydration. */
async function lazyScripts(page: Page): Promise<readonly string[]> {
  const loaded = new Set<string>();
  page.on("response", (response) => loaded.add(response.url()));
  const document = page.waitForResponse((response) => response.request().isNavigationRequest());
  await page.reload({ waitUntil: "networkidle" });
  // On a busy machine the network is idle before the page's scripts have run.
  await expect(page.locator(".recharts-surface").first()).toBeAttached();
  const html = await (await document).text();
  return [...loaded].filter((url) => /\.js(\?|$)/.test(url) && !html.includes(new URL(url).pathname));
}

/**
 * Opens a page whose requests for these addresses are never answered. A route of Playwright would turn off the cache, and
 * with it the compiled scripts.
 */
async function pageWithout(context: BrowserContext, addresses: readonly string[]): Promise<Page> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Fetch.enable", { patterns: addresses.map((urlPattern) => ({ urlPattern })) });
  return page;
}

interface Times {
  /** In the server's document, and once the page's scripts run. */
  readonly sent: readonly string[];
  readonly shown: readonly string[];
}

/** Times in a zone as shown by a page: by the server, and by the browser after hydration. */
async function timesIn(page: Page, storeId: string, zone: string): Promise<Times> {
  const search = new URLSearchParams({ window: "week", zone }).toString();
  const answer = await page.goto(`/stores/${storeId}?${search}`, { waitUntil: "commit" });
  const html = (await answer?.text()) ?? "";
  // Before hydration the page does not know the viewer's zone, and has no link to it.
  await page
    .getByRole("navigation", { name: "Times in" })
    .getByRole("link", { name: "Mine", exact: true })
    .waitFor({ timeout: 60_000 });
  return page.evaluate((text) => {
    // Ages change by themselves, and so does the store's current time, which alone has no title.
    const read = (root: ParentNode): string[] => [
      ...[...root.querySelectorAll("#main time[title]")]
        .map((time) => time.textContent)
        .filter((words) => !/ago|just now/.test(words)),
      ...[...root.querySelectorAll("#main span, #main figcaption p")]
        .map((one) => one.textContent)
        .filter((words) => /^(Times in |Open \d)/.test(words)),
    ];
    return { sent: read(new DOMParser().parseFromString(text, "text/html")), shown: read(document) };
  }, html);
}

test("the server and the browser show the same times in every zone of the tz database", async ({ page, context }) => {
  test.setTimeout(20 * 60_000);
  const storeId = await openWorstStore(page);
  const { as_of: asOf } = (await (await page.request.get(`/api/v1/stores/${storeId}`)).json()) as { as_of: string };
  const { names } = TimeZoneListSchema.parse(await (await page.request.get("/api/v1/time-zones")).json());
  expect(names.length).toBeGreaterThanOrEqual(590);
  const clockOf = async (zone: string): Promise<ZoneClock> => {
    const search = new URLSearchParams({ zone }).toString();
    return ZoneClockSchema.parse(await (await page.request.get(`/api/v1/time-zones/clock?${search}`)).json());
  };
  // Requests after hydration are skipped, because they would take most of the time.
  const lazy = await lazyScripts(page);
  expect(lazy.length).toBeGreaterThan(0);
  await context.addInitScript(() => {
    globalThis.fetch = () => new Promise(() => undefined);
    // The viewer's zone is not remembered, so that each page learns it as it hydrates.
    Object.defineProperty(document, "cookie", { get: () => "", set: () => undefined });
  });
  await context.clearCookies();
  const left = [...names];
  const faults: string[] = [];
  const startedMs = performance.now();
  const readOn = async (reader: Page): Promise<void> => {
    for (let zone = left.pop(); zone !== undefined; zone = left.pop()) {
      const [{ sent, shown }, clock] = [await timesIn(reader, storeId, zone), await clockOf(zone)];
      const said = `Times in ${zone} (${zoneAbbreviation(asOf, clock)})`;
      const asOfText = fullTime(asOf, usClock(clock));
      const isSame = JSON.stringify(sent) === JSON.stringify(shown);
      const isRight = shown.some((text) => text.startsWith(said)) && shown.includes(asOfText);
      if (!isSame || !isRight) faults.push(`${zone}: ${said}, ${asOfText}\n  ${sent.join("|")}\n  ${shown.join("|")}`);
    }
  };
  const pages = await Promise.all(Array.from({ length: readers }, () => pageWithout(context, lazy)));
  await Promise.all(pages.map(readOn));
  expect(faults).toEqual([]);
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  test.info().annotations.push({ type: "pages", description: `${names.length} in ${seconds} s` });
});
