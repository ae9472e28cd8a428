import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { acceptInvitation, operatorEmail, signIn, startWithSignIn, worstStores, type Grants } from "./accounts";
import { pictured, type StartedApp } from "./start-app";
import { expect, openFleet, openWorstStore, test } from "./test";

/**
 * Takes a picture of every page in both themes on three screens, of the demo data as of one instant: `npm run
 * screenshots`. Those that the documentation shows go to docs/screenshots, whole pages to test-results/screenshots.
 */
const root = join(import.meta.dirname, "..", "..");

// A viewer in the zone of most stores.
test.use({ timezoneId: "America/New_York" });

/** Report times come from the machine's clock; in a picture they are set to the picture's instant. */
const frozen = {
  created_at: "2026-01-28T20:03:00.000Z",
  started_at: "2026-01-28T20:03:00.100Z",
  finished_at: "2026-01-28T20:03:00.300Z",
};
const frozenTime = `<time dateTime="${frozen.created_at}" title="2026-01-28 20:03 UTC">Wed, Jan 28, 2026, 8:03\u00a0PM UTC</time>`;

async function openReport(page: Page): Promise<void> {
  const asked = await page.request.post("/api/v1/reports", { data: { scope: "fleet" } });
  const { id } = (await asked.json()) as { id: number };
  const path = `/reports/${String(id)}`;
  const report = async () =>
    (await (await page.request.get(`/api/v1${path}`)).json()) as typeof frozen & { state: string };
  await expect.poll(async () => (await report()).state, { timeout: 30_000 }).toBe("complete");
  const made = await report();
  await page.route(`**${path}`, async (route) => {
    const response = await route.fetch();
    const shown = new RegExp(`<time dateTime="${made.created_at}"[^>]*>[^<]*</time>`);
    let body = (await response.text()).replace(shown, frozenTime);
    for (const name of ["created_at", "started_at", "finished_at"] as const) {
      body = body.replaceAll(made[name], frozen[name]);
    }
    await route.fulfill({ response, body });
  });
  await page.goto(path);
  await expect(page.getByText("Wed, Jan 28, 2026, 8:03\u00a0PM UTC")).toBeVisible();
  await expect(page.getByRole("table", { name: "Worst stores" })).toBeVisible({ timeout: 30_000 });
}

async function openStore(page: Page): Promise<void> {
  await openWorstStore(page);
  await expect(page.getByRole("application")).toBeVisible();
  await expect(page.getByRole("region", { name: "Day by day" }).locator("svg").first()).toBeVisible();
}

async function openEditForm(page: Page): Promise<void> {
  await page.goto(`/stores/${await openWorstStore(page)}/edit`);
  await expect(page.getByLabel("Hours on each day")).toBeVisible();
}

async function openImport(page: Page): Promise<void> {
  const data = "store_id,status,timestamp_utc\nexample,active,2026-01-28 15:00:00 UTC\nexample,asleep,soon\n";
  const sent = await page.request.post("/api/v1/imports/polls", { headers: { "content-type": "text/csv" }, data });
  const { id } = (await sent.json()) as { id: number };
  await page.goto(`/imports/${String(id)}`);
  await expect(page.getByText("Rejected", { exact: true }).first()).toBeVisible({ timeout: 30_000 });
}

async function openWebhook(page: Page): Promise<void> {
  const data = { url: "https://hooks.example.com/stores", events: ["store.offline"] };
  const made = await page.request.post("/api/v1/webhooks", { data });
  await page.goto(`/webhooks/${String(((await made.json()) as { id: number }).id)}`);
}

const sizes = [
  { width: 1440, height: 1000 },
  { width: 768, height: 1024 },
  { width: 360, height: 780 },
] as const;
const themes = ["light", "dark"] as const;

/** The pictures in docs/screenshots; none other is kept in the repository. */
const documented = new Set([
  ...["fleet", "store"].flatMap((name) =>
    sizes.flatMap(({ width }) => themes.map((theme) => `${name}-${String(width)}-${theme}`)),
  ),
  ...["report-1440-light", "data-quality-1440-light"],
]);
/** These are shown beside smaller ones. */
const short: readonly string[] = ["report", "data-quality"];

async function takePictures(page: Page, name: string): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    for (const { width, height } of sizes) {
      await page.setViewportSize({ width, height: short.includes(name) ? 800 : height });
      await page.waitForLoadState("networkidle");
      // After hydration, times are in the viewer's zone, and data are not shown as old.
      if (name === "fleet") await expect(page.getByText(/^As of .*E[SD]T/)).toBeVisible();
      await expect(page.getByText(/No checks have arrived/)).toHaveCount(0);
      const picture = `${name}-${String(width)}-${theme}`;
      const isDocumented = documented.has(picture);
      const folder = isDocumented ? "docs/screenshots" : "test-results/screenshots";
      const path = join(root, folder, `${picture}.png`);
      await page.screenshot({ path, animations: "disabled", fullPage: !isDocumented });
    }
  }
}

/** Opened on a desktop, and then narrowed: tables are not on phones. */
async function prepare(page: Page): Promise<void> {
  await page.clock.setFixedTime(pictured);
  await page.setViewportSize(sizes[0]);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

type Open = (page: Page) => Promise<unknown>;

const pages: Readonly<Record<string, Open | string>> = {
  fleet: (page) => openFleet(page),
  store: openStore,
  report: openReport,
  "data-quality": "/data-quality",
  edit: openEditForm,
  import: openImport,
  webhook: openWebhook,
  "fleet-filtered": (page) => openFleet(page, "/?preset=needs_attention&zone=store&sort=-down_week"),
  "fleet-empty": "/?q=no-such-store",
  reports: "/reports",
  imports: "/imports",
  incidents: "/incidents?window=week",
  rollups: "/rollups",
  wallboard: "/wallboard",
  method: "/method",
  docs: "/docs",
  "docs-topic": "/docs/data",
  "docs-errors": "/docs/errors",
  "docs-changelog": "/docs/changelog",
  webhooks: "/webhooks",
  limits: "/limits",
  calendars: "/calendars",
  "calendar-new": "/new-calendar",
  "manage-stores": "/manage-stores",
  status: "/status",
};

for (const [name, open] of Object.entries(pages)) {
  test(name, async ({ page }) => {
    test.slow();
    await prepare(page);
    if (typeof open === "string") await page.goto(open);
    else await open(page);
    await takePictures(page, name);
  });
}

test.describe("not found", () => {
  test.use({ expectedErrors: /status of 404/ });

  for (const [name, path] of [
    ["not-found", "/nothing"],
    ["store-not-found", "/stores/no-such-store"],
  ] as const) {
    test(name, async ({ page }) => {
      await prepare(page);
      await page.goto(path);
      await takePictures(page, name);
    });
  }
});

test.describe("with sign-in", () => {
  let app: StartedApp;
  let stores: readonly string[] = [];
  const contexts: BrowserContext[] = [];

  async function enter(browser: Browser): Promise<Page> {
    const context = await browser.newContext({ baseURL: app.address, timezoneId: "America/New_York" });
    contexts.push(context);
    return context.newPage();
  }

  async function enterAsOperator(browser: Browser): Promise<Page> {
    const page = await enter(browser);
    await page.goto("/sign-in");
    await signIn(page, operatorEmail);
    return page;
  }

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000);
    app = await startWithSignIn({ DEMO_DATA: pictured });
    stores = await worstStores(await enterAsOperator(browser), 3);
  });
  test.afterAll(async () => {
    for (const context of contexts) await context.close();
    await app.stop();
  });

  for (const [name, path] of [
    ["sign-in", "/sign-in"],
    ["setup", "/setup?token=example"],
    ["invitation", "/invitation?token=example"],
  ] as const) {
    test(name, async ({ browser }) => {
      const page = await enter(browser);
      await prepare(page);
      await page.goto(path);
      await takePictures(page, name);
    });
  }

  test("operator", async ({ browser }) => {
    test.setTimeout(300_000);
    const page = await enterAsOperator(browser);
    await prepare(page);
    for (const name of ["people", "keys", "audit", "account"]) {
      await page.goto(`/${name}`);
      await takePictures(page, name);
    }
  });

  test("owners", async ({ browser }) => {
    test.setTimeout(300_000);
    const operator = await enterAsOperator(browser);
    const grantsOf = (count: number): Grants =>
      stores.slice(0, count).map((id) => ({ store_id: id, manage: count > 1 }));
    for (const [name, count] of [
      ["owner of none", 0],
      ["owner of one", 1],
      ["owner of many", 3],
    ] as const) {
      const page = await enter(browser);
      await acceptInvitation(operator, page, name, grantsOf(count));
      await prepare(page);
      await page.goto("/");
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await takePictures(page, name.replaceAll(" ", "-"));
    }
  });
});
