import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, openWorstStore, test } from "./test";

test("a store's week, hours and incidents are drawn and given as text", async ({ page }) => {
  await openWorstStore(page);
  await expect(page.getByText(/^Offline .+ (today|yesterday|on [A-Z]\w+).*; .+ in the last 7 days\.$/)).toBeVisible();
  const week = page.getByRole("region", { name: "Day by day" });
  await expect(week.getByText(/^[A-Z][a-z]{2}, [A-Z][a-z]{2} \d+$/).first()).toBeVisible();
  await expect(week.getByText(/^Monitoring gap [A-Z][a-z]{2} \d?\d:\d\d\s[AP]M(–| to )/)).toBeVisible();

  const incidents = page.getByRole("region", { name: "Incidents, last 7 days" }).getByRole("listitem");
  await expect(incidents.first()).toContainText(/Started between .+ and .+, .+\. Based on \d+ checks?\./);

  await expectAccessible(page);
});

const hourMs = 3_600_000;

const dayMs = 24 * hourMs;

/**
 * Sends a store's polls of the hours up to the first ones of the demo data, which go back nine days and have a gap that
 * must stay: two an hour, down from 12:00 to 13:00 UTC.
 */
async function sendPolls(page: Page, storeId: string, hours: number): Promise<void> {
  await openWorstStore(page);
  const { as_of: asOf } = (await (await page.request.get("/api/v1/stores?limit=1")).json()) as { as_of: string };
  const lastHour = Math.floor((Date.parse(asOf) - 9 * dayMs) / hourMs + 2) * hourMs;
  const polls = Array.from({ length: hours * 2 }, (_, at) => {
    const instant = new Date(lastHour - at * (hourMs / 2) - hourMs / 4);
    return `${storeId},${instant.getUTCHours() === 12 ? "inactive" : "active"},${instant.toISOString()}`;
  });
  for (const [kind, lines] of [
    ["timezones", ["store_id,timezone_str", `${storeId},UTC`]],
    ["polls", ["store_id,status,timestamp_utc", ...polls]],
  ] as const) {
    const sent = await page.request.post(`/api/v1/imports/${kind}`, {
      headers: { "content-type": "text/csv" },
      data: `${lines.join("\n")}\n`,
    });
    expect(sent.ok()).toBe(true);
  }
  await expect
    .poll(async () => (await (await page.request.get(`/api/v1/stores/${storeId}/heatmap`)).json()) as object, {
      timeout: 60_000,
    })
    .toMatchObject({ hours: expect.arrayContaining([expect.objectContaining({ day: 0, polls: (hours / 168) * 2 })]) });
  await page.goto(`/stores/${storeId}`);
}

test("the weekly pattern names the worst hours, and is a table from Monday on", async ({ page }) => {
  await sendPolls(page, "e2e-pattern", 2 * 168);
  const pattern = page.getByRole("region", { name: "Weekly pattern, last 4 weeks" });
  const worst = pattern.getByRole("list", { name: "Worst hours" }).getByRole("listitem");
  await expect(worst).toHaveCount(5);
  for (const text of await worst.allInnerTexts()) expect(text).toMatch(/12:00\sPM–1:00\sPM/);
  await pattern.getByRole("button", { name: "View as table" }).click();
  const rows = pattern.getByRole("rowheader");
  await expect(rows).toHaveCount(168);
  const days = (await rows.allInnerTexts()).map((text) => text.slice(0, 3));
  expect([...new Set(days)]).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
});

test("two checks in each hour of the week are no pattern yet", async ({ page }) => {
  await sendPolls(page, "e2e-no-pattern", 168);
  const pattern = page.getByRole("region", { name: "Weekly pattern, last 4 weeks" });
  await expect(pattern).toContainText("Not enough checks for a pattern yet.");
  await pattern.getByRole("button", { name: "View as table" }).click();
  await expect(pattern.getByRole("rowheader")).toHaveCount(168);
});

test.describe("at 320 pixels", () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test("the history of a store does not scroll sideways", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("table", { name: "Stores" }).getByRole("link").first().click();
    await expect(page.getByRole("heading", { name: "Incidents, last 7 days" })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  });
});
