import { expect, expectAccessible, expectNoSidewaysScroll, openWorstStore, test } from "./test";

test("a store's week, hours and incidents are drawn and given as text", async ({ page }) => {
  await openWorstStore(page);
  await expect(page.getByText(/^Offline .+ (today|yesterday|on [A-Z]\w+).*; .+ in the last 7 days\.$/)).toBeVisible();
  const week = page.getByRole("region", { name: "Day by day" });
  await expect(week.getByText(/^[A-Z][a-z]{2}, [A-Z][a-z]{2} \d+$/).first()).toBeVisible();
  await expect(week.getByText(/^Monitoring gap [A-Z][a-z]{2} \d?\d:\d\d\s[AP]M(–| to )/)).toBeVisible();

  const incidents = page.getByRole("region", { name: "Incidents, last 7 days" }).getByRole("listitem");
  await expect(incidents.first()).toContainText(/Started between .+ and .+, .+\. Based on \d+ checks?\./);

  const hours = page.getByRole("region", { name: "Weekly pattern, last 4 weeks" });
  // The demo data go back less than three weeks, and so no hour of the week has three checks.
  await expect(hours).toContainText("Not enough checks for a pattern yet.");
  await hours.getByRole("button", { name: "View as table" }).click();
  // From Monday on, whatever today is; a day on which the store is closed has no rows.
  await expect(hours.getByRole("rowheader").first()).toBeVisible();
  const days = await hours.getByRole("rowheader").allInnerTexts();
  const order = days.map((text) => ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(text.slice(0, 3)));
  expect(order.length).toBeGreaterThan(5);
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  await expectAccessible(page);
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
