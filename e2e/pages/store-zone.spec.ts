import type { Page } from "@playwright/test";
import { ZoneClockSchema } from "@/lib/contract/zone-clock";
import { usClock } from "@/lib/format/test-support/clocks";
import { clockTime } from "@/lib/format/zoned-time";
import { expect, expectAccessible, openWorstStore, test } from "./test";

/** The clock of a zone at an instant, by the rules of the server. */
async function clock(page: Page, instant: string, timeZone: string): Promise<string> {
  const answer = await page.request.get(
    `/api/v1/time-zones/clock?${new URLSearchParams({ zone: timeZone }).toString()}`,
  );
  return clockTime(instant, usClock(ZoneClockSchema.parse(await answer.json())));
}

test("the reader chooses the page's time zone, in the address", async ({ page }) => {
  const storeId = await openWorstStore(page);
  const answer = await page.request.get(`/api/v1/stores/${storeId}`);
  const { as_of: asOf, time_zone: own } = (await answer.json()) as { as_of: string; time_zone: string };
  const shown = page.locator(`time[datetime="${asOf}"]`).first();
  const zones = page.getByRole("navigation", { name: "Times in" });
  await expect(shown).toContainText(await clock(page, asOf, own));
  await expect(shown).toHaveAttribute("title", /^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/);

  await zones.getByRole("link", { name: "UTC" }).click();
  await expect(page).toHaveURL(/zone=UTC/);
  await expect(page.getByText("Times in UTC")).toBeVisible();
  await expect(shown).toContainText(await clock(page, asOf, "UTC"));
  // What is grouped by the store's days stays in its zone, and says so.
  await expect(page.getByText(`In store time (${own}).`).first()).toBeVisible();

  await zones.getByRole("link", { name: "Mine" }).click();
  await expect(page).toHaveURL(/zone=Asia\/Kat/);
  await expect(shown).toContainText(await clock(page, asOf, "Asia/Kathmandu"));
  await expect(zones.getByRole("link", { name: "Mine" })).toHaveAttribute("aria-current", "true");

  await page.goBack();
  await expect(shown).toContainText(await clock(page, asOf, "UTC"));
  await page.goForward();
  await expect(shown).toContainText(await clock(page, asOf, "Asia/Kathmandu"));
  // The server renders a named zone, so hydration changes nothing.
  const isServedIn = async (path: string, zone: string): Promise<boolean> => {
    const served = await page.request.get(path, { headers: { "accept-language": "en-US" } });
    return (await served.text()).includes(await clock(page, asOf, zone));
  };
  expect(await isServedIn(page.url(), "Asia/Kathmandu")).toBe(true);

  // The choice is remembered: an address without a zone shows the reader's own, from the server on.
  expect(await isServedIn(`/stores/${storeId}`, "Asia/Kathmandu")).toBe(true);

  await zones.getByRole("link", { name: "Store" }).click();
  await expect(page).toHaveURL(/zone=store/);
  await expect(shown).toContainText(await clock(page, asOf, own));
});

test("the reader chooses the clock and the language of dates, and the server renders both", async ({ page }) => {
  const storeId = await openWorstStore(page);
  const { as_of: asOf } = (await (await page.request.get(`/api/v1/stores/${storeId}`)).json()) as { as_of: string };
  const shown = page.locator(`time[datetime="${asOf}"]`).first();
  const footer = page.getByRole("contentinfo");
  await expect(shown).toContainText(/\d:\d\d\s[AP]M$/);
  await footer.getByLabel("Clock").selectOption("24-hour");
  await expect(shown).toContainText(/, \d\d:\d\d$/);
  await footer.getByLabel("Dates").selectOption("Deutsch");
  await expect(shown).toContainText(/^[A-Z][a-z]\., \d+\. /);
  await page.reload();
  await expect(footer.getByLabel("Dates")).toHaveValue("de");
  await expect(shown).toContainText(/^[A-Z][a-z]\., \d+\. .*, \d\d:\d\d$/);
  await expectAccessible(page);
});

test.describe("a first visit", () => {
  test.use({ locale: "en-GB" });

  test("shows times as the browser's language has them", async ({ page }) => {
    const storeId = await openWorstStore(page);
    const { as_of: asOf } = (await (await page.request.get(`/api/v1/stores/${storeId}`)).json()) as { as_of: string };
    await expect(page.locator(`time[datetime="${asOf}"]`).first()).toContainText(/^[A-Z][a-z]+,? \d+ .*, \d\d:\d\d$/);
  });
});

test("invalid values in a store's address are replaced by the defaults with a notice each", async ({ page }) => {
  const storeId = await openWorstStore(page);
  await page.goto(`/stores/${storeId}?window=year&zone=Mars/Olympus&report=x`);
  await expect(page.getByRole("note")).toHaveCount(3);
  await expect(page.getByText("Unknown value “Mars/Olympus” in the URL.")).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Last 7 days, by the day$/ })).toBeVisible();
});
