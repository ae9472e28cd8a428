import { expect, expectAccessible, test } from "./test";

test("a fleet report is requested, watched, listed and downloaded", async ({ page }) => {
  await page.goto("/reports");
  await page.getByLabel("Method").selectOption("Poll count");
  await page.waitForLoadState("networkidle");
  let sent = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/api/v1/reports")) sent++;
  });
  await page.getByRole("button", { name: "Create report" }).dblclick();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await expect(page.getByRole("heading", { name: `Report ${id}` })).toBeVisible();
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 60_000 });
  expect(sent, "a double click makes one report").toBe(1);
  await page.reload();
  await expect(page.getByRole("table", { name: "Worst stores" })).toBeVisible();
  await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "Day" }).click();
  await expect(page).toHaveURL(/window=day/);
  const bands = page.getByRole("table", { name: "Stores by uptime" }).locator("tbody tr > :last-child");
  const stores = (await bands.allInnerTexts()).reduce((sum, text) => sum + Number(text), 0);
  await expect(page.getByText(String(stores), { exact: true }).first()).toBeVisible();
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

test("a report of chosen stores is as of the requested instant; an invalid id is rejected in words", async ({
  page,
}) => {
  await page.goto("/reports");
  await page.getByLabel("Scope", { exact: true }).selectOption("Selected stores");
  await page.getByRole("button", { name: "Create report" }).click();
  await expect(page.getByText("Enter at least one store ID.")).toBeVisible();
  const { stores } = (await (await page.request.get("/api/v1/stores?limit=3")).json()) as {
    stores: { store_id: string }[];
  };
  await page.getByLabel(/^Stores, up to/).fill(stores.map((store) => store.store_id).join(",\n"));
  const asOf = new Date(Date.now() - 26 * 3_600_000).toISOString().slice(0, 16);
  await page.getByLabel(/^As of/).fill(asOf);
  await page.getByRole("button", { name: "Create report" }).click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "3 stores" })).toBeVisible();
  await expect(page.locator(`time[datetime^="${asOf}"]`).first()).toBeVisible();
});

test("a report is created of the stores that the list is filtered by", async ({ page }) => {
  await page.goto("/?state=online");
  await page.getByRole("link", { name: "Create report" }).click();
  await expect(page).toHaveURL(/\/reports\?state=online$/);
  await expect(page.getByLabel("Scope", { exact: true })).toHaveValue("filter");
  await expect(page.getByLabel("State now")).toHaveValue("online");
  const matching = page.getByText(/^[\d,]+ stores match$/);
  await expect(matching).toBeVisible();
  const count = (await matching.innerText()).replace(" match", "");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create report" }).click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  await expect(page.getByRole("heading", { name: count })).toBeVisible();
});

test("a report by filter takes at least one filter", async ({ page }) => {
  await page.goto("/reports");
  await page.getByLabel("Scope", { exact: true }).selectOption("Stores by filter");
  await page.getByRole("button", { name: "Create report" }).click();
  await expect(page.getByText("Choose at least one filter.", { exact: true })).toBeVisible();
});

test("a store is found by a part of its name, with the keyboard alone", async ({ page }) => {
  const { stores } = (await (await page.request.get("/api/v1/stores?limit=1&sort=name")).json()) as {
    stores: { store_id: string; name: string }[];
  };
  const [{ store_id: id, name } = { store_id: "", name: "" }] = stores;
  await page.goto("/reports");
  await page.getByLabel("Scope", { exact: true }).selectOption("One store");
  const field = page.getByRole("combobox", { name: "Store" });
  await field.fill(name.toLowerCase());
  const offered = page.getByRole("listbox", { name: "Matching stores" }).getByRole("option");
  await expect(offered.first()).toContainText(name);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue(id);
  await expect(offered).toHaveCount(0);
  await page.getByRole("button", { name: "Create report" }).click();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
});
