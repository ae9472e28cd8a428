import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { startApp, type StartedApp } from "./start-app";
import { expect, expectAccessible, test, watch } from "./test";

/** The end of an account, and the layout of the access pages: each test continues where the one before ended. */
test.describe.configure({ mode: "serial" });

const password = "correct horse battery staple";
const ada = { email: "ada@example.com" };
const otto = { name: "Otto Owner", email: "otto@example.com" };
const settings = mkdtempSync(join(tmpdir(), "store-monitoring-e2e-"));

let app: StartedApp;
let operator: Page;
let owner: Page;

const faults: (readonly string[])[] = [];

async function pageOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.address, timezoneId: "Asia/Kathmandu" });
  faults.push(await watch(context));
  return context.newPage();
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  const file = join(settings, "password");
  writeFileSync(file, password);
  const admin = { ADMIN_EMAIL: ada.email, ADMIN_PASSWORD_FILE: file };
  app = await startApp({ AUTH: "required", ...admin }, (said) => /get_report|There is no store/.test(said));
  operator = await pageOf(browser);
  owner = await pageOf(browser);
  await operator.goto("/sign-in");
  await signIn(operator, ada.email);
  await expect(operator.getByRole("link", { name: /^Account of/ })).toBeVisible();
  const headers = { origin: app.address };
  const invited = await operator.request.post("/api/v1/invitations", {
    headers,
    data: { email: otto.email, role: "owner", grants: [] },
  });
  const { link } = (await invited.json()) as { link: string };
  await owner.goto(link);
  await owner.getByLabel("Name", { exact: true }).fill(otto.name);
  await owner.getByLabel("Password", { exact: true }).fill(password);
  await owner.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(owner.getByRole("link", { name: `Account of ${otto.name}` })).toBeVisible();
  const key = { name: "Till", scopes: ["stores:read"] };
  expect((await operator.request.post("/api/v1/keys", { headers, data: key })).status()).toBe(201);
});
test.afterEach(() => {
  // For intended refusals the browser itself writes to the console.
  expect(faults.flat().filter((fault) => !/the server responded with a status of 4\d\d/.test(fault))).toEqual([]);
});
test.afterAll(async () => {
  await operator.context().close();
  await owner.context().close();
  await app.stop();
  rmSync(settings, { recursive: true });
});

test("the pages about access are readable in the dark theme too", async ({ browser }) => {
  const stranger = await pageOf(browser);
  for (const [page, path] of [
    [stranger, "/sign-in"],
    [stranger, "/invitation?token=none"],
    [operator, "/people"],
    [operator, "/keys"],
    [operator, "/audit"],
    [operator, "/account"],
  ] as const) {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    if (page === operator) await expect(page.getByRole("main").getByRole("button").first()).toBeVisible();
    await expectAccessible(page);
  }
  await operator.emulateMedia({ colorScheme: null });
  await stranger.context().close();
});

test("a user exports their data, deletes their account, and is gone", async () => {
  await owner.goto("/account");
  const download = owner.waitForEvent("download");
  await owner.getByRole("link", { name: "Export" }).click();
  const text = readFileSync(await (await download).path(), "utf8");
  const kept = JSON.parse(text) as { person: object; sessions: unknown[]; audit: unknown[] };
  expect(kept.person).toMatchObject({ ...otto, role: "owner" });
  expect([kept.sessions.length, kept.audit.length > 0]).toEqual([1, true]);
  // Theirs, and nobody else's.
  expect(text).not.toContain(ada.email);
  expect(text).not.toMatch(/password_hash|token_hash|secret/);

  const cookies = await owner.context().cookies();
  await owner.getByRole("button", { name: "Delete my account" }).click();
  await expect(owner.getByRole("dialog")).toContainText("This can’t be undone");
  await expectAccessible(owner);
  await owner.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
  expect((await owner.request.get("/api/v1/stores")).status()).toBe(200);
  await owner.getByRole("button", { name: "Delete my account" }).click();
  await owner.getByRole("dialog").getByRole("button", { name: "Delete my account" }).click();
  await expect(owner).toHaveURL(/\/sign-in$/);
  await owner.context().addCookies(cookies);
  expect((await owner.request.get("/api/v1/stores")).status()).toBe(401);
  await signIn(owner, otto.email);
  await expect(owner.getByRole("alert").filter({ hasText: /\w/ })).toContainText("Wrong e-mail or password");

  await operator.goto("/people");
  await expect(operator.getByText(ada.email)).toBeVisible();
  await expect(operator.getByText(otto.email)).toHaveCount(0);
  await operator.goto("/audit?action=person.remove");
  await expect(operator.getByRole("table")).toContainText(/Removed user \d+ removed user \d+/);
  await expect(operator.getByRole("table")).not.toContainText(otto.name);
});
