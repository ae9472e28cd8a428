import type { Page } from "@playwright/test";
import {
  expect,
  expectAccessible,
  expectAccessibleInEveryForm,
  expectNoSidewaysScroll,
  test,
  untilHydrated,
} from "./test";

const ids = ["e2e-manage-a", "e2e-manage-b", "e2e-manage-c"] as const;
const [first, corrected, other] = ids;

/** Removes what an earlier run left: the ids are those of no store. */
async function freshIds(page: Page, suffix: string): Promise<readonly [string, string, string]> {
  const unique = `${suffix}-${String(Date.now())}`;
  await page.goto("/manage-stores");
  return [`${first}-${unique}`, `${corrected}-${unique}`, `${other}-${unique}`];
}

async function sendPolls(page: Page, storeId: string, status: "active" | "inactive"): Promise<void> {
  const sent = await page.request.post("/api/v1/polls", {
    data: { polls: [{ store_id: storeId, status, at: "2023-01-24T10:00:00Z" }] },
  });
  expect(await sent.json()).toMatchObject({ accepted: 1 });
}

for (const [device, viewport] of [
  ["a phone", { width: 360, height: 740 }],
  ["a desktop", { width: 1440, height: 900 }],
] as const) {
  test(`a store is created, gets its correct ID, takes another one in, and is deleted and restored on ${device}`, async ({
    page,
  }) => {
    test.slow();
    await page.setViewportSize(viewport);
    const [created, correct, twin] = await freshIds(page, device.slice(2));
    await untilHydrated(page);
    await page.getByRole("button", { name: "Create store" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "Enter an ID." })).toBeVisible();
    await page.getByLabel("Store ID").fill(created);
    await page.getByLabel("Name", { exact: true }).fill("Managed store");
    await page.getByLabel("Time zone").fill("UTC");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByRole("button", { name: "Create store" }).click();
    await expect(page).toHaveURL(new RegExp(`/stores/${created}/edit$`));
    const record = page.getByRole("region", { name: "ID, merge and delete" });
    await record.getByLabel("Store ID").fill(correct);
    await record.getByRole("button", { name: "Correct ID" }).click();
    await expect(page).toHaveURL(new RegExp(`/stores/${correct}/edit$`));

    await sendPolls(page, correct, "active");
    await sendPolls(page, twin, "inactive");
    await record.getByLabel("Merge another store into this one").fill(twin);
    await record.getByRole("button", { name: "Check merge" }).click();
    const effect = record.getByRole("list", { name: "Effect of the merge" });
    await expect(effect).toContainText(`1 check of ${twin}`);
    await expect(effect).toContainText("1 check conflicts with one of the store: offline wins.");
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await record.getByRole("button", { name: `Merge stores: ${twin}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Merge stores" }).click();
    await expect(record.getByText(`Merged ${twin}.`)).toBeVisible();
    expect((await page.request.get(`/api/v1/stores/${twin}`)).status()).toBe(404);

    await record.getByRole("button", { name: "Delete store" }).click();
    const dialog = page.getByRole("dialog", { name: "Delete Managed store?" });
    await expectAccessible(page);
    await dialog.getByRole("button", { name: "Delete store" }).click();
    await expect(page).toHaveURL(/\/manage-stores$/);
    const deleted = page.getByRole("list", { name: "Deleted stores" });
    await expect(deleted).toContainText(correct);
    await expect(deleted).toContainText("Can be restored until");
    await expectNoSidewaysScroll(page);
    await deleted.getByRole("button", { name: `Restore ${correct}` }).click();
    await expect(page.getByText(`Restored ${correct}.`)).toBeVisible();
    expect((await page.request.get(`/api/v1/stores/${correct}`)).status()).toBe(200);

    await page.getByRole("button", { name: `Undo the merge of ${twin}` }).click();
    await expect(page.getByText(`${twin} is a store again.`)).toBeVisible();
    expect((await page.request.get(`/api/v1/stores/${twin}`)).status()).toBe(200);
    await expectAccessible(page);
    for (const id of [correct, twin]) await page.request.delete(`/api/v1/stores/${id}?confirm=${id}`);
  });
}

test.describe("an ID that is taken", () => {
  test.use({ expectedErrors: /status of 409/ });

  test("is refused with what holds it, and the store keeps its own", async ({ page }) => {
    const [created, taken] = await freshIds(page, "taken");
    for (const id of [created, taken]) await page.request.post("/api/v1/stores", { data: { store_id: id } });
    await page.goto(`/stores/${created}/edit`);
    await untilHydrated(page);
    const record = page.getByRole("region", { name: "ID, merge and delete" });
    await record.getByLabel("Store ID").fill(taken);
    await record.getByRole("button", { name: "Correct ID" }).click();
    await expect(record.getByText(`There is a store ${taken} already.`)).toBeVisible();
    await record.getByLabel("Merge another store into this one").fill("no such store anywhere");
    await record.getByRole("button", { name: "Check merge" }).click();
    await expect(record.getByText("Choose a store from the list.")).toBeVisible();
    for (const id of [created, taken]) await page.request.delete(`/api/v1/stores/${id}?confirm=${id}`);
  });
});

test("hours, special hours and checks are downloaded, of all stores and of one", async ({ page }) => {
  const [id] = await freshIds(page, "export");
  await page.request.post("/api/v1/stores", {
    data: { store_id: id, business_hours: [{ day: 0, start: "09:00", end: "17:00" }] },
  });
  for (const [label, header] of [
    ["Hours", "store_id,day,start_time_local,end_time_local"],
    ["Special hours", "store_id,date,start_time_local,end_time_local"],
    ["Checks", "store_id,status,timestamp_utc"],
  ] as const) {
    const link = page.getByRole("region", { name: "Downloads" }).getByRole("link", { name: label, exact: true });
    const answer = await page.request.get((await link.getAttribute("href")) ?? "");
    expect((await answer.text()).split("\n")[0]).toBe(header);
  }
  await page.goto(`/stores/${id}/edit`);
  const link = page.getByRole("region", { name: "Downloads" }).getByRole("link", { name: "Hours", exact: true });
  const answer = await page.request.get((await link.getAttribute("href")) ?? "");
  expect((await answer.text()).trim().split("\n").slice(1)).toEqual([`${id},0,09:00:00,17:00:00`]);
  await page.request.delete(`/api/v1/stores/${id}?confirm=${id}`);
});

test("the page that manages stores is accessible in every form", async ({ page }) => {
  test.slow();
  await page.goto("/manage-stores");
  await expect(page.getByRole("heading", { name: "Deleted stores" })).toBeVisible();
  await expectAccessibleInEveryForm(page);
});
