import type { Page } from "@playwright/test";
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./test";

const storeId = "e2e-today";

// With a 24-hour clock.
test.use({ locale: "en-GB" });

/** A store in UTC that is open from 09:00 to 17:00, seen at 14:30 on a Wednesday. */
async function openStore(page: Page): Promise<void> {
  const sent = await page.request.post("/api/v1/imports/timezones", {
    headers: { "content-type": "text/csv" },
    data: `store_id,timezone_str\n${storeId},UTC\n`,
  });
  expect(sent.ok()).toBe(true);
  await expect
    .poll(async () => (await page.request.get(`/api/v1/stores/${storeId}`)).status(), { timeout: 30_000 })
    .toBe(200);
  const week = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start: "09:00", end: "17:00" }));
  const put = await page.request.put(`/api/v1/stores/${storeId}/hours`, {
    data: { time_zone: "UTC", business_hours: week, valid_from: "beginning" },
  });
  expect(put.ok()).toBe(true);
  // What a failed run left.
  await page.request.delete(`/api/v1/stores/${storeId}/exceptions/2040-06-06`);
  await page.clock.setFixedTime("2040-06-06T14:30:00Z");
  await page.goto(`/stores/${storeId}`);
}

async function specialHours(page: Page): Promise<unknown> {
  const answer = await page.request.get(`/api/v1/stores/${storeId}/exceptions?from=2040-06-06`);
  return ((await answer.json()) as { exceptions: unknown }).exceptions;
}

for (const [device, viewport] of [
  ["a phone", { width: 360, height: 740 }],
  ["a desktop", { width: 1440, height: 900 }],
] as const) {
  test(`today's hours change in two clicks on ${device}, and the change can be undone`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await openStore(page);
    const today = page.getByRole("region", { name: "Today’s hours" });
    await today.getByRole("button", { name: "Close until…" }).click();
    await today.getByRole("button", { name: "16:00" }).click();
    await expect(today.getByRole("status")).toHaveText("Closed until 16:00.");
    await expect(today.getByRole("button", { name: "Undo" })).toBeFocused();
    const before = { start: "09:00:00", end: "14:30:00" };
    const cut = { date: "2040-06-06", closed: false, hours: [before, { start: "16:00:00", end: "17:00:00" }] };
    expect(await specialHours(page)).toEqual([cut]);

    await today.getByRole("button", { name: "Open late…" }).click();
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await today.getByRole("button", { name: "18:00" }).click();
    await expect(today.getByRole("status")).toHaveText("Open until 18:00.");
    await expect(today.getByRole("button", { name: "Undo" })).toBeFocused();
    expect(await specialHours(page)).toEqual([{ ...cut, hours: [before, { start: "16:00:00", end: "18:00:00" }] }]);

    await today.getByRole("button", { name: "Undo" }).click();
    await expect(today.getByRole("button", { name: "Undo" })).toBeHidden();
    expect(await specialHours(page)).toEqual([cut]);
    await page.request.delete(`/api/v1/stores/${storeId}/exceptions/2040-06-06`);
  });
}

test("hours of another service are pasted into the week", async ({ page }) => {
  await openStore(page);
  await page.goto(`/stores/${storeId}/edit`);
  const form = page.getByRole("region", { name: "Business hours" });
  await form.getByText("Paste hours from another service").click();
  await form.getByLabel("OpenStreetMap text").fill("Fr 18:00-02:00; Sa 10:00-14:00; PH off");
  await form.getByRole("button", { name: "Fill in week" }).click();
  await expect(form.getByLabel("Friday: closes")).toHaveValue("02:00");
  const notes = form.getByRole("list", { name: "Notes on the pasted hours" });
  await expect(notes).toContainText("Public holidays are not part of weekly hours");
  await expect(notes).toContainText("Here the night stays whole");
  await expect(form.getByRole("heading", { name: "Effect on the last 7 days" })).toBeVisible();
  await expectAccessible(page);
});
