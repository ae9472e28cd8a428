import { change, nextLook } from "./stub-responses";
import { expect, expectAccessible, expectNoSidewaysScroll, test } from "./test";

const at = "2026-01-25T18:13:00.000Z";

function report(id: number, part: object): object {
  const self = `/api/v1/reports/${String(id)}`;
  return {
    id,
    state: "complete",
    scope: "fleet",
    store_id: null,
    filter: null,
    method: "interpolated",
    as_of: at,
    tz_release: "2026f",
    progress: { stores_done: 0, stores_total: null, queued_before: null, seconds_left: null },
    attempts: 1,
    requested_by: { account: "open", name: null },
    created_at: at,
    started_at: null,
    finished_at: null,
    failure: null,
    links: { self, csv: `${self}.csv`, ndjson: `${self}.ndjson` },
    ...part,
  };
}

test("queued, running, complete and failed reports each look different; an empty list names the next step", async ({
  page,
}) => {
  await page.clock.install();
  await page.goto("/reports");
  const progress = { stores_done: 50, stores_total: 200, queued_before: null, seconds_left: 42 };
  const ended = { started_at: "2026-01-25T18:13:00.000Z", finished_at: "2026-01-25T18:13:09.000Z" };
  const reports = [
    report(904, {
      state: "queued",
      requested_by: { account: "person:7", name: "Ada Lovelace" },
      progress: { ...progress, stores_total: null, queued_before: 3, seconds_left: null },
    }),
    report(903, { state: "running", progress }),
    report(902, { ...ended, progress: { ...progress, stores_done: 14_092, stores_total: 14_092, seconds_left: null } }),
    report(901, { state: "failed", failure: { code: "internal", reason: "Three workers ended on it." } }),
  ];
  await change(page, "**/api/v1/reports", { reports, next_cursor: null });
  await page.clock.fastForward(nextLook);
  const row = (id: number) => page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: String(id) }) });
  await expect(row(904).getByRole("button", { name: "Cancel: report 904" })).toBeVisible();
  await expect(row(904)).toContainText("Ada Lovelace");
  await expect(row(903)).toContainText("Anyone");
  await expect(row(904)).toContainText("Queued, 3 reports ahead");
  await expect(row(903).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "25");
  await expect(row(903)).toContainText("50 of 200 stores, about 42 s left");
  await expect(row(902)).toContainText("14,092");
  await expect(row(902)).toContainText("9 s");
  await expect(row(902).getByRole("link", { name: /CSV/ })).toBeVisible();
  await expect(row(901)).toContainText("Three workers ended on it.");
  await expect(row(901).getByRole("link", { name: /CSV/ })).toHaveCount(0);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 640 });
  const card = page.getByRole("list", { name: "Reports" }).getByRole("listitem").filter({ hasText: "Report 903" });
  await expect(card.getByRole("progressbar")).toHaveAttribute("aria-valuenow", "25");
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
  await change(page, "**/api/v1/reports", { reports: [], next_cursor: null });
  await page.clock.fastForward(nextLook);
  await expect(page.getByRole("heading", { name: "No reports yet" })).toBeVisible();
});

test("a running report is cancelled from the list; the focus stays on its replacement", async ({ page }) => {
  await page.clock.install();
  await page.goto("/reports");
  const running = report(903, {
    state: "running",
    progress: { stores_done: 50, stores_total: 200, queued_before: null, seconds_left: 42 },
  });
  await change(page, "**/api/v1/reports", { reports: [running], next_cursor: null });
  await page.clock.fastForward(nextLook);
  const ended = { ...running, state: "failed", failure: { code: "cancelled", reason: "It was cancelled." } };
  let asked = 0;
  await page.route("**/api/v1/reports/903", (route) => {
    if (route.request().method() === "DELETE") asked++;
    return route.fulfill({ json: ended });
  });
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "903" }) });
  const button = row.getByRole("button", { name: "Cancel: report 903" });
  await expect(button).toBeVisible();
  await change(page, "**/api/v1/reports", { reports: [ended], next_cursor: null });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(row).toContainText("Cancelled");
  expect(asked, "requests that cancel").toBe(1);
  await expect(row.getByText("Failed")).toHaveCount(0);
  await expect(row.getByRole("button", { name: "Try again: report 903" })).toBeFocused();
  await expectAccessible(page);
});

test("a report of chosen stores that failed is requested again by one click: the same stores, the same method", async ({
  page,
}) => {
  const { stores } = (await (await page.request.get("/api/v1/stores?limit=2")).json()) as {
    stores: { store_id: string }[];
  };
  const asOf = new Date(Date.now() - 30 * 3_600_000).toISOString();
  const data = { store_ids: stores.map((store) => store.store_id), method: "poll_count", as_of: asOf };
  const first = (await (await page.request.post("/api/v1/reports", { data })).json()) as { id: number };
  await expect
    .poll(async () => (await (await page.request.get(`/api/v1/reports/${String(first.id)}`)).json()) as object, {
      timeout: 30_000,
    })
    .toMatchObject({ state: "complete" });

  await page.clock.install();
  await page.goto("/reports");
  const failed = { ...first, state: "failed", failure: { code: "worker_lost", reason: "Three workers ended on it." } };
  await change(page, "**/api/v1/reports", { reports: [failed], next_cursor: null });
  await page.clock.fastForward(nextLook);
  await page.getByRole("button", { name: `Try again: report ${String(first.id)}` }).dblclick();
  await expect(page).toHaveURL(/\/reports\/\d+$/);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  expect(Number(id)).toBe(first.id + 1);
  await page.clock.fastForward(nextLook);
  await expect(page.getByText("Complete", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("heading", { name: "2 stores" })).toBeVisible();
  await expect(page.getByText("Poll count")).toBeVisible();
  await expect(page.locator(`time[datetime="${asOf}"]`).first()).toBeVisible();
  // The same stores, and nothing else.
  const rows = async (report: string) => (await page.request.get(`/api/v1/reports/${report}.csv`)).text();
  expect(await rows(id)).toBe(await rows(String(first.id)));
});
