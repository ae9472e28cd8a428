import type { Page } from "@playwright/test";
import { expect, test } from "./test";

// A reload aborts the request that is held here, which the browser reports in the console.
test.use({ expectedErrors: /Failed to load resource|ERR_ABORTED/ });

/** Ids in a list of the API, newest first. */
async function listed(page: Page, kind: "reports" | "imports"): Promise<number[]> {
  const body = (await (await page.request.get(`/api/v1/${kind}?limit=50`)).json()) as Record<string, { id: number }[]>;
  return (body[kind] ?? []).map(({ id }) => id);
}

/**
 * Lets requests to an address reach the server, but not their responses the page.
 * @returns how many reached it
 */
async function loseAnswers(page: Page, address: string | RegExp): Promise<() => number> {
  let reached = 0;
  await page.route(address, async (route, request) => {
    if (request.method() !== "POST") return route.continue();
    await route.fetch();
    reached++;
  });
  return () => reached;
}

test("F41: a report requested twice, by a page that is reloaded before the response, is one report and is shown", async ({
  page,
}) => {
  await page.goto("/reports");
  await page.getByLabel("Method").selectOption("Poll count");
  await page.waitForLoadState("networkidle");
  const before = await listed(page, "reports");
  const reached = await loseAnswers(page, /\/api\/v1\/reports$/);
  await page.getByRole("button", { name: "Create report" }).dblclick();
  await expect.poll(reached).toBe(1);
  await page.reload();
  const made = (await listed(page, "reports")).filter((id) => !before.includes(id));
  expect(made, "a double click and a reload make one report").toHaveLength(1);
  const id = String(made[0]);
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: id, exact: true }) });
  await expect(row).toContainText(/Queued|Running|Complete/);
  await row.getByRole("link").first().click();
  await expect(page).toHaveURL(new RegExp(`/reports/${id}$`));
  await page.reload();
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 60_000 });
  await page.goBack();
  await page.goForward();
  await expect(page.getByRole("heading", { name: `Report ${id}` })).toBeVisible();
  expect(
    (await listed(page, "reports")).filter((one) => !before.includes(one)),
    "going back asks for none",
  ).toHaveLength(1);
});

test("F41: a file sent twice, by a page that is reloaded before the response, counts once", async ({ page }) => {
  const rows = Array.from({ length: 20 }, (_, i) => `e2e-interrupted,active,2023-01-24 10:${String(i + 10)}:00 UTC`);
  const file = {
    name: "store_status.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(["store_id,status,timestamp_utc", ...rows].join("\n")),
  };
  const choose = async (): Promise<void> => {
    await page.goto("/imports");
    await page.getByLabel(/Drop CSV files here/).setInputFiles(file);
    await expect(page.getByLabel("File type of store_status.csv")).toHaveValue("polls");
  };
  await choose();
  const before = await listed(page, "imports");
  const reached = await loseAnswers(page, /\/api\/v1\/imports\/polls/);
  await page.getByRole("button", { name: "Import 1 file" }).dblclick();
  await expect.poll(reached).toBe(1);
  await page.reload();
  const made = (await listed(page, "imports")).filter((id) => !before.includes(id));
  expect(made, "a double click and a reload send one file").toHaveLength(1);
  const first = page.getByRole("list", { name: "Imports" }).getByRole("listitem").first();
  await expect(first).toContainText("store_status.csv");

  await page.unrouteAll();
  await choose();
  await page.getByRole("button", { name: "Import 1 file" }).click();
  await page
    .getByRole("list", { name: "Selected files" })
    .getByRole("link", { name: /^Import \d+$/ })
    .click();
  await expect(page.getByRole("heading", { name: /^Import \d+:/ })).toBeVisible();
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 30_000 });
  const again = (await listed(page, "imports")).filter((id) => !before.includes(id));
  const counts = await Promise.all(
    again.map(async (id) => {
      const body = (await (await page.request.get(`/api/v1/imports/${String(id)}`)).json()) as {
        counts: { accepted: number };
      };
      return body.counts.accepted;
    }),
  );
  expect(
    counts.reduce((sum, count) => sum + count, 0),
    "each row is taken once",
  ).toBe(rows.length);
});
