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
  const boxes = page.getByRole("checkbox", { name: /^Select (?!all)/ });
  await select(boxes.nth(0));
  await select(boxes.nth(1));
  await expect(page.getByText("2 stores selected")).toBeVisible();
  await changeTag(page, "Add tag");
  await changeTag(page, "Remove tag");
});

test("all that match are selected for one filter only", async ({ page }) => {
  await openFleet(page, "/?state=online");
  await select(page.getByRole("checkbox", { name: /^Select (?!all)/ }).first());
  const bar = page.getByRole("region", { name: "Selected stores" });
  await bar.getByRole("button", { name: /^Select all .* that match$/ }).click();
  await expect(bar.getByRole("button", { name: "Only the selected store" })).toBeVisible();
  await expect(bar.getByRole("status")).not.toHaveText("1 store selected");
  await page.getByRole("navigation", { name: "Presets" }).getByRole("link", { name: "Healthy" }).click();
  await expect(page).toHaveURL(/preset=on_track/);
  await expect(bar.getByRole("status")).toHaveText("1 store selected");
});

const boxesOf = (page: Page) => page.getByRole("checkbox", { name: /^Select (?!all)/ });

test("selected stores get weekly hours, after a question that says how many change", async ({ page }) => {
  await openFleet(page, "/?q=Taco");
  await select(boxesOf(page).nth(0));
  await page.getByRole("button", { name: "Change…" }).click();
  const dialog = page.getByRole("dialog", { name: "Change 1 store" });
  await dialog.getByRole("combobox", { name: "Action" }).selectOption("Set weekly hours");
  const monday = dialog.getByRole("group", { name: "Monday", exact: true });
  await monday.getByLabel("Monday: opens").fill("06:30");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByText("1 store will change.")).toBeVisible();
  await dialog.getByRole("button", { name: "Set weekly hours: 1 store" }).click();
  await expect(dialog.getByText("1 store changed.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  const id = (await page.locator("tr[data-selected] a").getAttribute("data-store-id")) ?? "";
  const stored = (await (await page.request.get(`/api/v1/stores/${id}/hours`)).json()) as {
    business_hours: { day: number; start: string }[];
    earlier: unknown[];
  };
  expect(stored.business_hours[0]).toMatchObject({ day: 0, start: expect.stringMatching(/^06:30/) as unknown });
  expect(stored.earlier).toHaveLength(1);
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
