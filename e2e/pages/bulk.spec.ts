import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { expect, expectAccessible, openFleet, test } from "./test";

/** Checks a box of the list, which may react later than the header does. */
async function select(box: Locator): Promise<void> {
  await expect(async () => {
    await box.check({ timeout: 2_000 });
  }).toPass();
}

const boxesOf = (page: Page) => page.getByRole("checkbox", { name: /^Select (?!all)/ });

async function changeTag(page: Page, action: "Add tag" | "Remove tag"): Promise<void> {
  await page.getByRole("button", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change 2 stores" });
  await dialog.getByRole("combobox", { name: "Action" }).selectOption(action);
  await dialog.getByRole("textbox", { name: "Tag" }).fill("e2e-bulk");
  await dialog.getByRole("button", { name: "Check" }).click();
  await expect(dialog.getByText("2 stores will change.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: `${action}: 2 stores` }).click();
  await expect(dialog.getByText("2 stores changed.")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Close", exact: true }).last()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
}

test("two selected stores are tagged, after a question that says how many change, and untagged again", async ({
  page,
}) => {
  await openFleet(page);
  await select(boxesOf(page).nth(0));
  await select(boxesOf(page).nth(1));
  await expect(page.getByText("2 stores selected")).toBeVisible();
  await changeTag(page, "Add tag");
  await changeTag(page, "Remove tag");
});

test("all that match are selected for one filter only", async ({ page }) => {
  await openFleet(page, "/?state=online");
  await select(boxesOf(page).first());
  const bar = page.getByRole("region", { name: "Selected stores" });
  await bar.getByRole("button", { name: /^Select all .* that match$/ }).click();
  await expect(bar.getByRole("button", { name: "Only the selected store" })).toBeVisible();
  await expect(bar.getByRole("status")).not.toHaveText("1 store selected");
  await page.getByRole("navigation", { name: "Presets" }).getByRole("link", { name: "Healthy" }).click();
  await expect(page).toHaveURL(/preset=on_track/);
  await expect(bar.getByRole("status")).toHaveText("1 store selected");
});

test("selected stores get weekly hours, after a question that says how many change", async ({ page }) => {
  const storeId = "e2e-bulk-hours";
  const created = await page.request.post("/api/v1/stores", { data: { store_id: storeId, time_zone: "UTC" } });
  expect(created.status()).toBe(201);
  // The list has a new store from the next figures on.
  await expect(async () => {
    await openFleet(page, `/?q=${storeId}`);
    await expect(boxesOf(page)).toHaveCount(1, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await select(boxesOf(page));
  await page.getByRole("button", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change 1 store" });
  await dialog.getByRole("combobox", { name: "Action" }).selectOption("Set weekly hours");
  await dialog.getByLabel("Monday: opens").fill("06:30");
  await dialog.getByRole("button", { name: "Remove Sunday" }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByText("1 store will change.")).toBeVisible();
  await dialog.getByRole("button", { name: "Set weekly hours: 1 store" }).click();
  await expect(dialog.getByText("1 store changed.")).toBeVisible();
  expect(await (await page.request.get(`/api/v1/stores/${storeId}/hours`)).json()).toMatchObject({
    business_hours: [
      { day: 0, start: "06:30:00" },
      ...[1, 2, 3, 4, 5].map((day) => ({ day, start: "09:00:00", end: "17:00:00" })),
      { day: 6, closed: true },
    ],
    earlier: [{ valid_from: null, business_hours: null }],
  });
  const removed = await page.request.delete(`/api/v1/stores/${storeId}?confirm=${storeId}`);
  expect(removed.ok()).toBe(true);
});

test("selected stores are downloaded, and have a report", async ({ page }) => {
  await openFleet(page);
  await select(boxesOf(page).nth(0));
  await select(boxesOf(page).nth(2));
  const selected = await page.locator("tr[data-selected] a").evaluateAll((links) => {
    return links.map((link) => (link as HTMLElement).dataset["storeId"] ?? "");
  });
  const bar = page.getByRole("region", { name: "Selected stores" });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    bar.getByRole("button", { name: "Download CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^stores-.*\.csv$/);
  const rows: Record<string, string>[] = parse(await readFile(await file.path(), "utf8"), { columns: true });
  expect(rows.map((row) => row["store_id"])).toEqual(selected);
  await bar.getByRole("button", { name: "Create report" }).click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
});
