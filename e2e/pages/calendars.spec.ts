import type { Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  expectAccessibleInEveryForm,
  expectNoSidewaysScroll,
  test,
  untilHydrated,
} from "./test";

const storeId = "e2e-calendars";

// With a 24-hour clock.
test.use({ locale: "en-GB" });

async function deleteCalendars(page: Page): Promise<void> {
  const listed = await page.request.get("/api/v1/calendars");
  const { calendars } = (await listed.json()) as { calendars: readonly { id: number; name: string }[] };
  for (const { id, name } of calendars) {
    if (name.startsWith("e2e ")) await page.request.delete(`/api/v1/calendars/${String(id)}`);
  }
}

/** A store in UTC that is open from 09:00 to 17:00 and has no calendar. */
async function prepareStore(page: Page): Promise<void> {
  await deleteCalendars(page);
  const made = await page.request.post("/api/v1/stores", { data: { store_id: storeId, name: "Calendar Store" } });
  expect([201, 409]).toContain(made.status());
  const week = [0, 1, 2, 3, 4, 5, 6].map((day) => ({ day, start: "09:00", end: "17:00" }));
  const put = await page.request.put(`/api/v1/stores/${storeId}/hours`, {
    data: { time_zone: "UTC", business_hours: week, valid_from: "beginning" },
  });
  expect(put.ok()).toBe(true);
}

async function storedCalendar(page: Page, name: string): Promise<Record<string, unknown>> {
  const listed = await page.request.get("/api/v1/calendars");
  const { calendars } = (await listed.json()) as { calendars: readonly { id: number; name: string }[] };
  const id = calendars.find((one) => one.name === name)?.id;
  return (await (await page.request.get(`/api/v1/calendars/${String(id)}`)).json()) as Record<string, unknown>;
}

test.afterEach(async ({ page }) => {
  await deleteCalendars(page);
});

for (const [device, viewport] of [
  ["a phone", { width: 360, height: 740 }],
  ["a desktop", { width: 1440, height: 900 }],
] as const) {
  test(`a calendar is created with a look at its effect, changed and deleted on ${device}`, async ({ page }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await prepareStore(page);
    await page.goto("/calendars");
    await page.getByRole("link", { name: "Create calendar" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "New calendar" })).toBeVisible();
    await untilHydrated(page);
    await page.getByLabel("Name of the calendar").fill("e2e Holidays");

    await page.getByRole("button", { name: "Add public holidays" }).click();
    const entry = page.getByRole("group", { name: "Entry" });
    await entry.getByLabel("Country").selectOption({ label: "Canada" });
    await entry.getByLabel("State or province").selectOption({ label: "British Columbia" });
    const dates = page.getByRole("region", { name: "Coming dates of this entry" });
    await expect(dates).toContainText("Christmas Day", { timeout: 30_000 });
    await expect(dates).toContainText("Closed");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await entry.getByRole("button", { name: "Done" }).click();
    await expect(page.getByRole("button", { name: "Edit Public holidays of Canada, British Columbia" })).toBeFocused();

    await page.getByRole("button", { name: "Add date" }).click();
    await entry.getByLabel("Dates", { exact: true }).selectOption({ label: "Every year, on a weekday" });
    await entry.getByLabel("Name").fill("Day after Thanksgiving");
    await entry.getByLabel("Month", { exact: true }).selectOption("November");
    await entry.getByLabel("Days after").selectOption("The day after");
    await entry.getByLabel("Hours on these dates").selectOption("Open at these hours");
    await entry.getByRole("button", { name: "Add hours on these dates" }).click();
    await entry.getByLabel("these dates: closes").fill("13:00");
    await entry.getByRole("button", { name: "Done" }).click();
    const entries = page.getByRole("list", { name: "Entries" });
    await expect(entries).toContainText("The day after the fourth Thursday of November, every year: open 09:00–13:00");

    await page.getByLabel("Store names or IDs").fill(`${storeId},`);
    await page.getByRole("region", { name: "Stores", exact: true }).getByRole("button", { name: "Add" }).click();
    await expect(page.getByRole("region", { name: "Assigned stores" })).toContainText(`Store ${storeId}`);

    await page.getByRole("button", { name: "Show effect" }).click();
    const effect = page.getByRole("region", { name: "Effect" });
    await expect(effect).toContainText(/^.*1 store, \d+ dates/, { timeout: 30_000 });
    await expect(effect.getByRole("region", { name: "Dates of the calendar" })).toContainText("Day after Thanksgiving");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    // What was shown is what is saved: another name needs another look.
    await page.getByLabel("Name of the calendar").fill("e2e Holidays of BC");
    await expect(effect.getByRole("button", { name: "Save calendar" })).toBeHidden();
    await effect.getByRole("button", { name: "Show effect" }).click();
    await effect.getByRole("button", { name: "Save calendar" }).click();
    await expect(page).toHaveURL(/\/calendars$/);
    await expect(page.getByRole("list", { name: "Calendars" })).toContainText("2 entries · 1 store");
    expect(await storedCalendar(page, "e2e Holidays of BC")).toMatchObject({
      entries: [
        { on: { kind: "holidays", country: "CA", state: "BC", types: ["public"], observed: false }, hours: [] },
        {
          name: "Day after Thanksgiving",
          on: { kind: "weekday", month: 11, week: 4, weekday: 3, plus_days: 1 },
          hours: [{ start: "09:00", end: "13:00" }],
        },
      ],
      given_to: { all: false, brands: [], groups: [], store_ids: [storeId] },
    });

    await page.goto(`/stores/${storeId}/edit`);
    const followed = page.getByRole("list", { name: "Calendars of this store" });
    await expect(followed).toContainText("assigned to this store");
    await followed.getByRole("link", { name: "e2e Holidays of BC" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "e2e Holidays of BC" })).toBeVisible();
    await page.getByRole("button", { name: "Remove Day after Thanksgiving" }).click();
    await page.getByRole("button", { name: "Show effect" }).click();
    await page.getByRole("button", { name: "Save calendar" }).click();
    await expect(page.getByRole("list", { name: "Calendars" })).toContainText("1 entry · 1 store");

    await page.getByRole("link", { name: "e2e Holidays of BC" }).click();
    await page.getByRole("button", { name: "Delete calendar" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete e2e Holidays of BC?" });
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Delete calendar" }).click();
    await expect(page).toHaveURL(/\/calendars$/);
    await expect(page.getByText("e2e Holidays of BC")).toBeHidden();
  });
}

test("what is missing is said, and the field that lacks it gets the focus", async ({ page }) => {
  await page.goto("/new-calendar");
  await untilHydrated(page);
  await page.getByRole("button", { name: "Show effect" }).click();
  await expect(page.getByLabel("Name of the calendar")).toBeFocused();
  await expect(page.getByRole("alert").filter({ hasText: "Enter a name." })).toBeVisible();
  await page.getByLabel("Name of the calendar").fill("e2e Faults");
  await page.getByRole("button", { name: "Add date" }).click();
  await page.getByRole("group", { name: "Entry" }).getByLabel("Name").fill("No date");
  await page.getByRole("group", { name: "Entry" }).getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Show effect" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Choose a date." })).toBeVisible();
  await page.getByLabel("Store names or IDs").fill("no such store anywhere");
  await page.getByRole("region", { name: "Stores", exact: true }).getByRole("button", { name: "Add" }).click();
  await expect(page.getByText("No single store matches “no such store anywhere”.")).toBeVisible();
  await expectAccessible(page);
});

test("one picker gives a calendar to brands, groups and all stores, and takes them away", async ({ page }) => {
  await page.goto("/new-calendar");
  await untilHydrated(page);
  const stores = page.getByRole("region", { name: "Stores", exact: true });
  const given = page.getByRole("region", { name: "Assigned stores" });
  for (const [kind, field, word] of [
    ["Brand", "Brand to add", "Brand "],
    ["Group", "Group to add", "Group "],
  ] as const) {
    await stores.getByLabel("Add stores by").selectOption(kind);
    // The first label after the invitation to choose.
    await stores.getByLabel(field).selectOption({ index: 1 });
    await stores.getByRole("button", { name: "Add" }).click();
    await expect(given.getByText(new RegExp(`^${word}.`))).toBeVisible();
  }
  await stores.getByLabel("Add stores by").selectOption("All stores");
  await stores.getByRole("button", { name: "Add" }).click();
  await expect(given.getByText("All stores")).toBeVisible();
  await expectAccessible(page);
  await given.getByRole("button", { name: "Remove All stores" }).click();
  await expect(given.getByText("All stores")).toBeHidden();
  await expect(given.getByRole("listitem")).toHaveCount(2);
});

test.describe("changed by others meanwhile", () => {
  test.use({ expectedErrors: /status of 412/ });

  test("a calendar is not overwritten, and can be read again", async ({ page }) => {
    await prepareStore(page);
    const data = {
      name: "e2e Shared",
      entries: [{ name: "Inventory", on: { kind: "yearly", month: 6, day: 30 }, hours: [] }],
      given_to: { all: false, brands: [], groups: [], store_ids: [storeId] },
    };
    const made = await page.request.post("/api/v1/calendars", { data });
    const { id } = (await made.json()) as { id: number };
    await page.goto(`/calendars/${String(id)}`);
    await expect(page.getByRole("button", { name: "Edit Inventory" })).toBeVisible();
    await untilHydrated(page);
    const others = { ...data, entries: [{ ...data.entries[0], name: "Stocktaking" }] };
    await page.request.put(`/api/v1/calendars/${String(id)}`, { data: others });
    await page.getByRole("button", { name: "Show effect" }).click();
    await page.getByRole("button", { name: "Save calendar" }).click();
    await expect(page.getByText("The calendar has changed since you read it.")).toBeVisible();
    await page.getByRole("button", { name: "Reload calendar" }).click();
    await expect(page.getByRole("button", { name: "Edit Stocktaking" })).toBeVisible();
  });
});

test("today's hours start from those of a calendar, and undo gives them back", async ({ page }) => {
  await prepareStore(page);
  const hours = [{ start: "10:00", end: "15:30" }];
  const made = await page.request.post("/api/v1/calendars", {
    data: {
      name: "e2e Short day",
      entries: [{ name: "Short day", on: { kind: "date", date: "2040-06-06" }, hours }],
      given_to: { all: false, brands: [], groups: [], store_ids: [storeId] },
    },
  });
  expect(made.ok()).toBe(true);
  await page.request.delete(`/api/v1/stores/${storeId}/exceptions/2040-06-06`);
  await page.clock.setFixedTime("2040-06-06T14:10:00Z");
  await page.goto(`/stores/${storeId}`);
  const today = page.getByRole("region", { name: "Today’s hours" });
  await today.getByRole("button", { name: "Open late…" }).click();
  await today.getByRole("button", { name: "16:30" }).click();
  await expect(today.getByRole("status")).toHaveText("Open until 16:30.");
  const read = async () => {
    const answer = await page.request.get(`/api/v1/stores/${storeId}/exceptions?from=2040-06-06&to=2040-06-06`);
    return ((await answer.json()) as { exceptions: unknown }).exceptions;
  };
  const date = { date: "2040-06-06", closed: false };
  expect(await read()).toEqual([{ ...date, hours: [{ start: "10:00:00", end: "16:30:00" }] }]);
  await today.getByRole("button", { name: "Undo" }).click();
  await expect(today.getByRole("button", { name: "Undo" })).toBeHidden();
  expect(await read()).toMatchObject([{ ...date, hours: [{ start: "10:00:00", end: "15:30:00" }] }]);
});

const feedFile = [
  ...["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.com//e2e//EN"],
  ...["BEGIN:VEVENT", "UID:1@example.com", "DTSTAMP:20260101T000000Z", "SUMMARY:Founders’ Day"],
  ...["DTSTART;VALUE=DATE:20260101", "RRULE:FREQ=MONTHLY;BYMONTHDAY=15", "END:VEVENT", "END:VCALENDAR", ""],
].join("\r\n");

for (const [device, viewport] of [
  ["a phone", { width: 360, height: 740 }],
  ["a desktop", { width: 1440, height: 900 }],
] as const) {
  test(`an iCalendar file becomes dates of a calendar after a look at its effect, on ${device}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await prepareStore(page);
    const given_to = { all: false, brands: [], groups: [], store_ids: [storeId] };
    const made = await page.request.post("/api/v1/calendars", { data: { name: "e2e Feed", entries: [], given_to } });
    const { id } = (await made.json()) as { id: number };
    await page.goto(`/calendars/${String(id)}`);
    const panel = page.getByRole("region", { name: "iCalendar feed" });
    await expect(async () => {
      await panel.getByRole("button", { name: "Add feed" }).click({ timeout: 2_000 });
      await expect(panel.getByLabel("Read dates from")).toBeVisible({ timeout: 2_000 });
    }).toPass();
    await panel.getByRole("button", { name: "Show effect of the feed" }).click();
    await expect(panel.getByRole("alert")).toHaveText("Enter an address.");
    await panel.getByLabel("Read dates from").selectOption("A file, once");
    const file = { name: "days.ics", mimeType: "text/calendar", buffer: Buffer.from(feedFile) };
    await panel.getByLabel("File").setInputFiles(file);
    await panel.getByRole("button", { name: "Show effect of the feed" }).click();
    await expect(panel.getByRole("region", { name: "Dates of the calendar" })).toContainText("Founders’ Day");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await panel.getByRole("button", { name: "Save feed" }).click();
    await expect(panel.getByText("From a file")).toBeVisible();
    await expect(panel.getByRole("region", { name: "Coming dates of the feed" })).toContainText("Founders’ Day");
    await expectAccessible(page);
    await panel.getByRole("button", { name: "Remove feed" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove feed" }).click();
    await expect(panel.getByRole("button", { name: "Add feed" })).toBeVisible();
    expect((await page.request.get(`/api/v1/calendars/${String(id)}/feed`)).status()).toBe(404);
  });
}

test("the pages of calendars are accessible in every form", async ({ page }) => {
  test.slow();
  await prepareStore(page);
  const data = {
    name: "e2e Forms",
    entries: [{ on: { kind: "holidays", country: "US", types: ["public"], observed: false }, hours: [] }],
    given_to: { all: false, brands: [], groups: [], store_ids: [storeId] },
  };
  const made = await page.request.post("/api/v1/calendars", { data });
  const { id } = (await made.json()) as { id: number };
  await page.goto("/calendars");
  await expect(page.getByRole("link", { name: "e2e Forms" })).toBeVisible();
  await expectAccessibleInEveryForm(page);
  await page.goto(`/calendars/${String(id)}`);
  await page.getByRole("button", { name: /^Edit Public holidays of United States/ }).click();
  await expect(page.getByRole("region", { name: "Coming dates of this entry" })).toBeVisible({ timeout: 30_000 });
  await expectAccessibleInEveryForm(page);
});
