import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./test";

/** One row in forty is bad: of more than one in twenty nothing would be kept. */
const polls = [
  "store_id,status,timestamp_utc",
  ...Array.from({ length: 39 }, (_, i) => `e2e-import-store,active,2023-01-24 10:${String(i + 10)}:00 UTC`),
  "e2e-import-store,asleep,2023-01-24 11:14:00 UTC",
].join("\n");

test("a file is dropped, its kind guessed, its rows taken, and its rejects handed back", async ({ page }) => {
  await page.goto("/imports");
  await page
    .getByLabel(/Drop CSV files here/)
    .setInputFiles({ name: "store_status.csv", mimeType: "text/csv", buffer: Buffer.from(polls) });
  await expect(page.getByLabel("What store_status.csv holds")).toHaveValue("polls");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Import 1 file" }).click();
  await page
    .getByRole("list", { name: "Chosen files" })
    .getByRole("link", { name: /^Import \d+$/ })
    .click();
  await expect(page.getByRole("heading", { name: /^Import \d+: Checks$/ })).toBeVisible();
  await expect(page.getByText("Complete, with rejects", { exact: true })).toBeVisible({ timeout: 30_000 });

  await page.reload();
  await expect(page.getByText("Complete, with rejects", { exact: true })).toBeVisible();
  await expect(page.getByRole("definition").nth(1)).toHaveText("39");
  await expectAccessible(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Rejected rows as CSV" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);

  await page.getByRole("link", { name: "All imports" }).click();
  await expect(page.getByRole("list", { name: "Imports" }).getByRole("listitem").first()).toContainText("Rejected 1");
});

test("what the data lacks is counted, explained and listed", async ({ page }) => {
  await page.goto("/data-quality");
  await expect(page.getByText(/^No checks of any store from .+ Times in UTC\.$/)).toBeVisible();
  await page.getByRole("button", { name: "Show stores without a time zone" }).click();
  const stores = page.getByRole("region", { name: /^Stores without a time zone: \d+$/ }).getByRole("listitem");
  await expect(stores.first().getByRole("link")).toBeVisible();
  await expectAccessible(page);
});

test.describe("at 320 pixels", () => {
  test.use({ viewport: { width: 320, height: 640 }, colorScheme: "dark" });

  for (const path of ["/imports", "/data-quality"]) {
    test(`${path} does not scroll sideways and is accessible in the dark`, async ({ page }) => {
      await page.goto(path);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    });
  }
});
