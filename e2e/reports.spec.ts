import { expect, test } from "./test";

test("a fleet report is asked for, watched, listed and downloaded", async ({ page }) => {
  await page.goto("/reports");
  await page.getByLabel("Method").selectOption("Poll count");
  await page.getByRole("button", { name: "New fleet report" }).click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await expect(page.getByRole("heading", { name: `Report ${id}` })).toBeVisible();
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 60_000 });
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(new RegExp(`^report-${id}\\b.*\\.csv$`));

  await page.getByRole("link", { name: "All reports" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: id, exact: true }) });
  await expect(row).toContainText("Complete");
  await expect(row).toContainText("Whole fleet");
  await expect(row).toContainText("Poll count");
});
