import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./test";

const storeId = "e2e-edited-store";

/** Imports a store that has only a time zone, and whose hours nothing else depends on. */
async function importStore(page: Page): Promise<void> {
  const sent = await page.request.post("/api/v1/imports/timezones", {
    headers: { "content-type": "text/csv" },
    data: `store_id,timezone_str\n${storeId},America/Denver\n`,
  });
  expect(sent.ok()).toBe(true);
  await expect
    .poll(async () => (await page.request.get(`/api/v1/stores/${storeId}`)).status(), { timeout: 30_000 })
    .toBe(200);
}

async function storedHours(page: Page): Promise<Record<string, unknown>> {
  return (await (await page.request.get(`/api/v1/stores/${storeId}/hours`)).json()) as Record<string, unknown>;
}

test("an owner edits a store: its name, a night in its weekly hours, and a holiday", async ({ page }) => {
  await importStore(page);
  await page.goto(`/stores/${storeId}`);
  await page.getByRole("link", { name: "Edit store" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Corner Diner");
  await page.getByRole("button", { name: "Save details" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Edit Corner Diner");

  const form = page.getByRole("region", { name: "Business hours" });
  await form.getByLabel("Hours on each day").check();
  const tuesday = form.getByRole("group", { name: "Tuesday" });
  await tuesday.getByRole("button", { name: "Add an opening on Tuesday" }).click();
  await tuesday.getByLabel("Tuesday, opening 2: opens").fill("16:00");
  await tuesday.getByLabel("Tuesday, opening 2: closes").fill("02:00");
  // The first opening lasts until 17:00.
  await expect(tuesday.getByRole("alert")).toHaveText("Two openings overlap.");
  await tuesday.getByLabel("Tuesday, opening 2: opens").fill("20:00");
  await expect(tuesday.getByText("ends the next day")).toBeVisible();
  await form.getByRole("button", { name: "Remove Sunday" }).click();
  await expect(form.getByRole("button", { name: "Add an opening on Sunday" })).toBeFocused();
  // What was entered is there when its option is chosen again.
  await form.getByLabel("Open 24/7").check();
  await form.getByLabel("Hours on each day").check();
  await form.getByLabel("From a date on").check();
  await form.getByLabel("First date").fill("");
  await form.getByRole("button", { name: "Save hours" }).click();
  await expect(form.getByRole("alert")).toHaveText("Choose a date.");
  await expect(form.getByLabel("First date")).toBeFocused();
  await form.getByLabel("From the beginning").check();

  // The effect is shown, and nothing is stored before it is saved.
  await expect(form.getByRole("table").getByRole("row", { name: /^Open 168 h 54 h$/ })).toBeVisible();
  expect(await storedHours(page)).toMatchObject({ business_hours: null });
  await expectAccessible(page);
  await form.getByRole("button", { name: "Save hours" }).click();
  await expect(form.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
  const usual = { start: "09:00:00", end: "17:00:00" };
  expect(await storedHours(page)).toEqual({
    store_id: storeId,
    time_zone: "America/Denver",
    valid_from: null,
    earlier: [],
    business_hours: [
      { day: 0, ...usual },
      { day: 1, ...usual },
      { day: 1, start: "20:00:00", end: "02:00:00" },
      ...[2, 3, 4, 5].map((day) => ({ day, ...usual })),
      { day: 6, closed: true },
    ],
  });

  const special = page.getByRole("region", { name: "Special hours" });
  await special.getByRole("button", { name: "Add date" }).click();
  await special.getByRole("button", { name: "Save date" }).click();
  await expect(special.getByRole("alert")).toHaveText("Choose a date.");
  await special.getByLabel("Date", { exact: true }).fill("2098-12-25");
  await special.getByRole("button", { name: "Save date" }).click();
  await expect(special.getByRole("listitem")).toContainText("Thu, Dec 25, 2098");
  await expect(special.getByRole("listitem")).toContainText("Closed");
  await expect(special.getByRole("status")).toHaveText("Saved");

  // A date that has special hours is shown, and not replaced.
  await special.getByRole("button", { name: "Add date" }).click();
  const date = special.getByLabel("Date", { exact: true });
  await expect(date).toBeFocused();
  await date.fill("2098-12-25");
  await special.getByRole("button", { name: "Add an opening on this date" }).click();
  await special.getByRole("button", { name: "Save date" }).click();
  await expect(special.getByRole("alert")).toContainText("This date already has special hours.");
  await expect(date).toHaveAttribute("readonly");
  await expect(special.getByText("No hours: closed on this date.")).toBeVisible();
  await special.getByRole("button", { name: "Cancel" }).click();
  await expect(special.getByRole("button", { name: "Add date" })).toBeFocused();
  await expect(special.getByRole("listitem")).toContainText("Closed");

  // What is beside a removed date gets the focus.
  await special.getByRole("button", { name: "Add date" }).click();
  await date.fill("2098-12-26");
  await special.getByRole("button", { name: "Save date" }).click();
  await special.getByRole("button", { name: /^Remove Fri, Dec 26/ }).click();
  await expect(special.getByRole("status")).toHaveText("Removed");
  await expect(special.getByRole("button", { name: /^Edit Thu, Dec 25/ })).toBeFocused();

  await page.getByRole("link", { name: "Corner Diner" }).click();
  const hours = page.getByRole("region", { name: "Business hours" });
  await expect(hours).toContainText(/8:00\sPM–2:00\sAM \(next day\)/);
  await expect(hours).toContainText("Thu, Dec 25");
});

test.describe("a conflict", () => {
  test.use({ expectedErrors: /status of 412/ });

  test("hours that another user has changed are not overwritten", async ({ page }) => {
    await importStore(page);
    await page.goto(`/stores/${storeId}/edit`);
    const form = page.getByRole("region", { name: "Business hours" });
    await form.getByLabel("Time zone").fill("America/New_York");
    const others = { time_zone: "America/Boise", business_hours: [{ day: 0, start: "10:00", end: "12:00" }] };
    expect((await page.request.put(`/api/v1/stores/${storeId}/hours`, { data: others })).ok()).toBe(true);
    await form.getByRole("button", { name: "Save hours" }).click();
    await expect(form.getByRole("alert")).toContainText("have changed since you read them");
    const stored = await storedHours(page);
    expect(stored).toMatchObject({ time_zone: "America/Boise" });
    await form.getByRole("button", { name: "Reload hours" }).click();
    await expect(form.getByLabel("Time zone")).toHaveValue("America/Boise");
    await expect(form.getByLabel("Time zone")).toBeFocused();
    await form.getByLabel("Time zone").fill("America/New_York");
    await expect(form.getByText("A new time zone applies to all days.")).toBeVisible();
    await form.getByRole("button", { name: "Save hours" }).click();
    await expect(form.getByRole("status").filter({ hasText: "Saved." })).toBeVisible();
    // The zone alone was changed, so the hours apply from when they did.
    expect(await storedHours(page)).toEqual({ ...stored, time_zone: "America/New_York" });
  });
});
