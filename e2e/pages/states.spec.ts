import { change, hold, nextLook, refuse } from "./stub-responses";
import { expect, expectAccessible, openFleet, test } from "./test";

const at = "2026-01-25T18:13:00.000Z";

test.describe("the fleet", () => {
  test.describe("that cannot be updated", () => {
    test.use({ expectedErrors: /status of 429/ });

    test("keeps its figures, says so with the request id, and retries", async ({ page }) => {
      await page.clock.install();
      await openFleet(page);
      await refuse(page, "**/api/v1/stores?*");
      await page.clock.fastForward(nextLook);
      const notice = page.getByRole("note").filter({ hasText: "Couldn’t refresh this page" });
      await expect(notice).toContainText("Too many requests.");
      await expect(notice).toContainText("e2e-request-8");
      await expect(page.getByRole("table", { name: "Stores" })).toBeVisible();
      await expectAccessible(page);
      await page.unroute("**/api/v1/stores?*");
      await notice.getByRole("button", { name: "Try again" }).click();
      await expect(notice).toHaveCount(0);
    });
  });

  test("of old data is described in the past tense, under a banner", async ({ page }) => {
    const { as_of: asOf } = (await (await page.request.get("/api/v1/fleet")).json()) as { as_of: string };
    await page.clock.install({ time: Date.parse(asOf) + 3.5 * 3_600_000 });
    await openFleet(page);
    await expect(page.getByText(/^No checks have arrived for 3 h/)).toBeVisible();
    await expect(page.getByRole("link", { name: /^Was online: / })).toBeVisible();
    await expect(page.getByText("Online", { exact: true })).toHaveCount(0);
  });

  const empty = { as_of: null, computed_at: null, stores: [], matching: 0, next_cursor: null, fleet: null };
  const ofNothing = { as_of: null, computed_at: null, stores: 0, windows: null, newest_poll_at: null, hours: [] };

  test("of an empty database says so and links to the imports; once data arrives it says that it computes", async ({
    page,
  }) => {
    await page.clock.install();
    await openFleet(page);
    await change(page, "**/api/v1/stores?*", empty);
    await change(page, "**/api/v1/fleet", { ...ofNothing, snapshot: "none" });
    await page.clock.fastForward(nextLook);
    await expect(page.getByRole("heading", { name: "No stores yet" })).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name: "Upload files" })).toHaveAttribute(
      "href",
      "/imports",
    );
    await expect(page.getByText(/Computing the first figures/)).toHaveCount(0);
    await expectAccessible(page);
    await change(page, "**/api/v1/fleet", { ...ofNothing, snapshot: "pending" });
    await page.clock.fastForward(nextLook);
    await expect(page.getByText(/^Computing the first figures/)).toBeVisible();
    await expect(page.getByText("No stores yet")).toHaveCount(0);
    await expectAccessible(page);
  });

  test("of a user without any stores has no week by the hour, and still loads", async ({ page }) => {
    await page.clock.install();
    await openFleet(page);
    await expect(page.getByRole("slider", { name: "Stores offline per hour (%)" })).toBeVisible();
    await change(page, "**/api/v1/fleet", { hours: [], polling_gaps: [] });
    await page.clock.fastForward(nextLook);
    await expect(page.getByRole("slider", { name: "Stores offline per hour (%)" })).toHaveCount(0);
    await expect(page.getByRole("region", { name: "Fleet uptime" })).toBeVisible();
    await expect(page.getByRole("table", { name: "Stores" })).toBeVisible();
  });

  test("without a check, and with every store offline, says what that means", async ({ page }) => {
    await page.clock.install();
    await openFleet(page);
    await change(page, "**/api/v1/fleet", { newest_poll_at: null });
    await page.clock.fastForward(nextLook);
    await expect(page.getByText("No checks yet.")).toBeVisible();
    await expect(page.getByText(/^As of/)).toHaveCount(0);
    await change(page, "**/api/v1/fleet", { counts: { online: 0, offline: 150, closed: 50, no_recent_check: 0 } });
    await page.clock.fastForward(nextLook);
    await expect(page.getByText("Every open store is offline.")).toBeVisible();
    await expectAccessible(page);
  });
});

test.describe("a server error", () => {
  test.use({ expectedErrors: /status of 429/ });

  test("a report's summary keeps its place while it loads, and says what went wrong", async ({ page }) => {
    const asked = await page.request.post("/api/v1/reports", { data: { scope: "fleet" } });
    const { id } = (await asked.json()) as { id: number };
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.goto(`/reports/${String(id)}`);
    const panel = page.getByRole("region", { name: "Summary" });
    await expect(panel.getByRole("table", { name: "Worst stores" })).toBeVisible({ timeout: 30_000 });

    await refuse(page, "**/summary?window=hour");
    await page.goto(`/reports/${String(id)}?window=hour`);
    const alert = panel.getByRole("alert");
    await expect(alert).toContainText("Couldn’t load the summary");
    await expect(alert).toContainText("e2e-request-8");
    await expectAccessible(page);
    await page.unroute("**/summary?window=hour");
    const release = await hold(page, "**/summary?window=hour");
    await page.reload();
    await expect(panel.getByRole("status")).toHaveText("Loading the summary");
    const skeleton = panel.locator(".skeleton");
    expect(
      await skeleton.evaluate((place) => Number.parseFloat(getComputedStyle(place).animationDuration)),
    ).toBeLessThan(0.001);
    const before = (await panel.boundingBox())?.height ?? 0;
    release();
    await expect(panel.getByText("Stores by uptime")).toBeVisible();
    expect(Math.abs(((await panel.boundingBox())?.height ?? 0) - before)).toBeLessThan(120);
  });

  test("a list of missing data loads, fails and is retried", async ({ page }) => {
    await page.goto("/data-quality");
    await refuse(page, "**/data-quality/without_zone*");
    await page.getByRole("button", { name: "Show stores without a time zone" }).click();
    const part = page.getByRole("region", { name: /^Stores without a time zone/ });
    await expect(part.getByRole("alert")).toContainText("e2e-request-8");
    await expectAccessible(page);
    await page.unroute("**/data-quality/without_zone*");
    const release = await hold(page, "**/data-quality/without_zone*");
    await part.getByRole("button", { name: "Try again" }).click();
    release();
    await expect(part.getByRole("link").first()).toBeVisible();
  });
});

test("data quality of an empty database says so", async ({ page }) => {
  await page.clock.install();
  await page.goto("/data-quality");
  await change(page, "**/api/v1/data-quality", { stores: 0 });
  await page.clock.fastForward(nextLook);
  await expect(page.getByRole("heading", { name: "No stores yet" })).toBeVisible();
});

function oneImport(id: number, part: object): object {
  const self = `/api/v1/imports/${String(id)}`;
  return {
    id,
    kind: "polls",
    state: "complete",
    file_name: `file-${String(id)}.csv`,
    dry_run: false,
    on_error: "keep",
    valid_from: null,
    progress: { phase: "ended", rows: 0, bytes_read: 0, bytes_total: 1000, seconds_left: null },
    counts: null,
    warnings: [],
    error: null,
    sha256: null,
    attempts: 1,
    can_undo: false,
    stores_changed: null,
    undone: null,
    created_at: at,
    started_at: null,
    finished_at: null,
    links: { self, rejects: `${self}/rejects.csv` },
    ...part,
  };
}

test("uploading, running and failed imports each show their progress, or the next step", async ({ page }) => {
  await page.clock.install();
  await page.goto("/imports");
  const reading = { phase: "reading", rows: 1_200_000, bytes_read: 5e7, bytes_total: 2e8, seconds_left: 20 };
  const imports = [
    oneImport(904, { state: "receiving", progress: { ...reading, phase: "receiving", seconds_left: null } }),
    oneImport(903, { state: "running", progress: reading }),
    oneImport(902, { state: "failed", error: { code: "wrong_file_kind", detail: "This looks like business hours." } }),
    oneImport(901, { state: "undone", undone: { at, polls_removed: 7, polls_restored: 0, stores_restored: 0 } }),
  ];
  await change(page, "**/api/v1/imports", { imports, next_cursor: null });
  await page.clock.fastForward(nextLook);
  const item = (id: number) => page.getByRole("listitem").filter({ hasText: `file-${String(id)}.csv` });
  await expect(item(904)).toContainText("200.0 MB received");
  await expect(item(903)).toContainText("1,200,000 rows read (50.0 MB of 200.0 MB), about 20 s left");
  await expect(item(903).getByRole("progressbar")).toHaveAttribute("aria-valuenow", "25");
  await expect(item(902)).toContainText("Check the header or select another file type");
  await expect(item(901)).toContainText("Undone");
  await expectAccessible(page);
  await change(page, "**/api/v1/imports", { imports: [], next_cursor: null });
  await page.clock.fastForward(nextLook);
  await expect(page.getByRole("heading", { name: "No imports yet" })).toBeVisible();
});
