import { expect, expectAccessible, test } from "./test";

/** One row in forty is bad: with more than one in twenty nothing would be kept. */
const polls = [
  "store_id,status,timestamp_utc",
  ...Array.from({ length: 39 }, (_, i) => `e2e-import-store,active,2023-01-24 10:${String(i + 10)}:00 UTC`),
  "e2e-import-store,asleep,2023-01-24 11:14:00 UTC",
].join("\n");

test("a file is dropped, its kind guessed, its rows imported, and its rejects downloaded", async ({ page }) => {
  await page.goto("/imports");
  await page
    .getByLabel(/Drop CSV files here/)
    .setInputFiles({ name: "store_status.csv", mimeType: "text/csv", buffer: Buffer.from(polls) });
  await expect(page.getByLabel("File type of store_status.csv")).toHaveValue("polls");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Import 1 file" }).click();
  await page
    .getByRole("list", { name: "Selected files" })
    .getByRole("link", { name: /^Import \d+$/ })
    .click();
  await expect(page.getByRole("heading", { name: /^Import \d+: Checks$/ })).toBeVisible();
  await expect(page.getByText("Complete with rejected rows", { exact: true })).toBeVisible({ timeout: 30_000 });

  await page.reload();
  await expect(page.getByText("Complete with rejected rows", { exact: true })).toBeVisible();
  await expect(page.getByRole("definition").nth(1)).toHaveText("39");
  await expect(page.getByRole("table", { name: "Rejected rows" })).toContainText("e2e-import-store,asleep");
  await expect(page.getByRole("link", { name: "Check data quality" })).toBeVisible();
  await expectAccessible(page);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download rejected rows" }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.csv$/);

  await page.getByRole("link", { name: "All imports" }).click();
  await expect(page.getByRole("list", { name: "Imports" }).getByRole("listitem").first()).toContainText("Rejected 1");
});

test("three files at once are recognised by their headers, tried without keeping anything, imported, and undone", async ({
  page,
}) => {
  const file = (name: string, ...lines: string[]) => ({
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(lines.join("\n")),
  });
  await page.goto("/imports");
  await page
    .getByLabel(/Drop CSV files here/)
    .setInputFiles([
      file("one.csv", "store_id,status,timestamp_utc", "e2e-three,active,2023-01-24 10:00:00 UTC"),
      file("two.csv", "store_id,day,start_time_local,end_time_local", "e2e-three,0,09:00:00,17:00:00"),
      file("three.csv", "store_id,timezone_str", "e2e-three,America/Denver"),
    ]);
  await expect(page.getByLabel("File type of one.csv")).toHaveValue("polls");
  await expect(page.getByLabel("File type of two.csv")).toHaveValue("hours");
  await expect(page.getByLabel("File type of three.csv")).toHaveValue("timezones");
  await page.getByRole("checkbox", { name: /^Dry run/ }).check();
  await page.getByRole("checkbox", { name: /^Apply business hours to past days/ }).check();
  await page.getByRole("button", { name: "Validate 3 files" }).click();
  const files = page.getByRole("list", { name: "Selected files" }).getByRole("listitem");
  await expect(files.filter({ hasText: "Complete" })).toHaveCount(3, { timeout: 30_000 });
  expect((await page.request.get("/api/v1/stores/e2e-three")).status()).toBe(404);
  const sent = (await (await page.request.get("/api/v1/imports")).json()) as {
    imports: { file_name: string | null; valid_from: string | null }[];
  };
  const fromOf = (name: string) => sent.imports.find(({ file_name: one }) => one === name)?.valid_from;
  expect(["one.csv", "two.csv", "three.csv"].map(fromOf)).toEqual([null, "beginning", null]);

  await page.reload();
  await page
    .getByLabel(/Drop CSV files here/)
    .setInputFiles(file("one.csv", "store_id,status,timestamp_utc", "e2e-three,active,2023-01-24 10:00:00 UTC"));
  await page.getByRole("button", { name: "Import 1 file" }).click();
  await page
    .getByRole("list", { name: "Selected files" })
    .getByRole("link", { name: /^Import \d+$/ })
    .click();
  // The list page also shows Complete.
  await expect(page.getByRole("heading", { level: 1, name: /^Import \d+/ })).toBeVisible();
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Undo import" }).click();
  const dialog = page.getByRole("dialog", { name: /^Undo import \d+\?$/ });
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole("button", { name: "Undo import" }).click();
  await dialog.getByRole("button", { name: "Undo import" }).click();
  await expect(page.getByText("Undone", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/: 1 check removed/)).toBeVisible();
});

test("missing data is counted, explained and listed", async ({ page }) => {
  await page.goto("/data-quality");
  await expect(page.getByText(/^[A-Z][a-z]{2} \d?\d:\d\d\s[AP]M(–| to ).+ UTC$/)).toBeVisible();
  await page.getByRole("button", { name: "Show stores without a time zone" }).click();
  const stores = page.getByRole("region", { name: /^Stores without a time zone/ }).getByRole("listitem");
  await expect(stores.first().getByRole("link")).toBeVisible();
  await expectAccessible(page);
});
