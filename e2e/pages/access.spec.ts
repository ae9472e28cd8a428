import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "@playwright/test";
import { send } from "./send";
import { startApp, type StartedApp } from "./start-app";
import { expect, expectAccessible, expectNoSidewaysScroll, openFleet, storeRows, test, watch } from "./test";

/** The life of one server with sign-in: each test continues where the one before ended. */
test.describe.configure({ mode: "serial" });

const password = "correct horse battery staple";
const ada = { name: "Ada Operator", email: "ada@example.com" };
const otto = { name: "Otto Owner", email: "otto@example.com" };

let app: StartedApp;
let operator: Page;
let owner: Page;
/** The owner gets the first two. */
let stores: string[] = [];

const faults: (readonly string[])[] = [];

async function pageOf(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.address, timezoneId: "Asia/Kathmandu" });
  faults.push(await watch(context));
  return context.newPage();
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  app = await startApp({ AUTH: "required", WEBHOOK_ALLOW_PRIVATE: "1" }, (said) =>
    /get_report|There is no store/.test(said),
  );
  operator = await pageOf(browser);
  owner = await pageOf(browser);
});
test.afterEach(() => {
  // For intended refusals the browser itself writes to the console.
  expect(faults.flat().filter((fault) => !/the server responded with a status of 4\d\d/.test(fault))).toEqual([]);
});
test.afterAll(async () => {
  await operator.context().close();
  await owner.context().close();
  await app.stop();
});

test("no one has access before the first account exists, by any form of request", async () => {
  const forms: readonly Readonly<Record<string, string>>[] = [
    {},
    { rsc: "1" },
    { rsc: "1", "next-router-prefetch": "1" },
    { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
    { "x-forwarded-for": "127.0.0.1" },
    { authorization: "Bearer sm_live_aaaaaaaa_x" },
    { cookie: `session=${"A".repeat(43)}` },
  ];
  for (const headers of forms) {
    for (const path of ["/", "/stores/1", "/reports", "/imports", "/people", "/keys", "/audit", "/account"]) {
      const asked = headers["rsc"] === undefined ? path : `${path}?_rsc`;
      const { status, headers: answered, body } = await send(asked, { headers, origin: app.address });
      expect([200, 307], path).toContain(status);
      // The router's own redirect, to its address of the same page, leads no further than the page.
      if (status === 307) expect(answered.location, path).toMatch(/^\/(setup|sign-in)|\?_rsc/);
      expect(body, path).not.toMatch(/uptime_ratio|store_id|aria-label="Stores"/);
    }
    const api = await send("/api/v1/stores", { headers, origin: app.address });
    expect([307, 401, 503]).toContain(api.status);
    expect(api.body).not.toContain("store_id");
  }
  expect((await send("/api/livez", { origin: app.address })).status).toBe(200);
});

test("the link from the start creates the first operator, once", async () => {
  const [link = ""] = /http:\S+\/setup\?token=\S+/.exec(app.said()) ?? [];
  await operator.goto(link);
  for (const colorScheme of ["light", "dark", null] as const) {
    await operator.emulateMedia({ colorScheme });
    await expectAccessible(operator);
  }
  await operator.getByLabel("Name", { exact: true }).fill(ada.name);
  await operator.getByLabel("E-mail", { exact: true }).fill(ada.email);
  await operator.getByLabel("Password", { exact: true }).fill("short");
  await operator.getByRole("button", { name: "Create account" }).click();
  await expect(operator).toHaveURL(/\/setup/);
  await operator.getByLabel("Password", { exact: true }).fill(password);
  await operator.getByRole("button", { name: "Create account" }).click();
  await expect(operator.getByRole("link", { name: `Account of ${ada.name}` })).toBeVisible();
  await openFleet(operator);
  const links = await storeRows(operator)
    .getByRole("link")
    .evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  stores = links.slice(0, 3).map((href) => new URL(href ?? "", app.address).pathname.split("/").at(-1) ?? "");

  const token = new URL(link).searchParams.get("token");
  const again = await operator.request.post("/api/setup", {
    headers: { origin: app.address },
    data: { token, name: "Eve", email: "eve@example.com", password },
  });
  expect(again.status()).toBeGreaterThanOrEqual(400);
});

test("an invitation gives access to an owner, who sees two stores and nothing else", async () => {
  await operator.goto("/people");
  await operator.getByLabel("E-mail", { exact: true }).fill(otto.email);
  await operator.getByLabel("Store name or ID").fill(stores[0] ?? "");
  await operator.getByRole("button", { name: "Add" }).click();
  await expect(operator.getByRole("list", { name: "Stores granted" }).getByRole("listitem")).toHaveCount(1);
  await expectAccessible(operator);
  await operator.getByLabel("Store name or ID").fill("no such store at all");
  await operator.getByRole("button", { name: "Add" }).click();
  await expect(operator.getByText("Choose a store from the list.")).toBeVisible();
  // Typed text counts, added or not.
  await operator.getByLabel("Store name or ID").fill(stores[1] ?? "");
  await operator.getByRole("button", { name: "Create invite link" }).click();
  const link = (await operator.getByText(/\/invitation\?token=/).textContent()) ?? "";
  await expect(operator.getByRole("list", { name: "Pending invites" })).toContainText(otto.email);

  await owner.goto(link);
  await expectAccessible(owner);
  await owner.getByLabel("Name", { exact: true }).fill(otto.name);
  await owner.getByLabel("Password", { exact: true }).fill(password);
  await owner.getByRole("button", { name: "Accept and sign in" }).click();
  await expect(owner.getByRole("link", { name: `Account of ${otto.name}` })).toBeVisible();
  await owner.goto("/");
  await expect(storeRows(owner)).toHaveCount(2);
  await expect(owner.getByRole("navigation", { name: "Main" })).not.toContainText("Imports");
  const ask = async (path: string) =>
    (await owner.request.get(path, { headers: { "sec-fetch-site": "same-origin" } })).status();
  const [first = "", , foreign = ""] = stores;
  expect([await ask(`/stores/${first}`), await ask(`/api/v1/stores/${first}`)]).toEqual([200, 200]);
  expect([await ask(`/stores/${foreign}`), await ask(`/api/v1/stores/${foreign}`)]).toEqual([404, 404]);
  expect([await ask(`/store/${foreign}/trigger_report/`), await ask("/people"), await ask("/audit")]).toEqual([
    404, 404, 404,
  ]);
  expect(await ask("/api/v1/people")).toBe(403);
});

test("Escape closes the list of a field before the dialog around it", async () => {
  await operator.goto("/people");
  await operator.getByRole("button", { name: `Edit access for ${otto.name}` }).click();
  const dialog = operator.getByRole("dialog");
  const matches = dialog.getByRole("listbox", { name: "Matching stores" }).getByRole("option");
  await dialog.getByLabel("Store name or ID").fill((stores[2] ?? "").slice(0, -1));
  await expect(matches.first()).toBeVisible();
  await operator.keyboard.press("Escape");
  await expect(matches).toHaveCount(0);
  await expect(dialog).toBeVisible();
  await operator.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
});

test("a key is shown once, works, and is rejected after it is revoked", async () => {
  await operator.goto("/keys");
  await operator.getByLabel("Name", { exact: true }).fill("Till 3");
  await operator.getByLabel("Limit to stores").fill(stores[0] ?? "");
  await operator.getByRole("button", { name: "Create key" }).click();
  const made = operator.getByRole("group", { name: "New key Till 3" });
  await expectAccessible(operator);
  const [key = ""] = /sm_live_\S+/.exec((await made.textContent()) ?? "")?.[0]?.split("Copy") ?? [];
  const ask = async (store = "") =>
    (await send(`/api/v1/stores/${store}`, { headers: { authorization: `Bearer ${key}` }, origin: app.address }))
      .status;
  expect([await ask(stores[0]), await ask(stores[1])]).toEqual([200, 404]);
  const inAddress = await send(`/api/v1/stores?key=${key}`, { origin: app.address });
  expect(inAddress.status).toBe(400);

  await operator.reload();
  await expect(operator.getByText(key)).toHaveCount(0);
  await expect(operator.getByRole("list", { name: "Keys" })).toContainText("appeared in a URL");
  await operator.getByRole("button", { name: /^Revoke key Till 3/ }).click();
  await operator.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(operator.getByRole("list", { name: "Keys" })).toContainText("Revoked");
  expect(await ask(stores[0])).toBe(401);
});

test("another site cannot make the browser change anything", async ({ browser }) => {
  const reports = async () =>
    (await (await operator.request.get("/api/v1/reports?limit=200")).json()) as { reports: unknown[] };
  const before = (await reports()).reports.length;
  const store = stores[0] ?? "";
  const evil = createServer((_request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<img src="${app.address}/store/${store}/trigger_report/">
      <form method="post" enctype="text/plain" action="${app.address}/api/v1/reports">
      <input name='{"scope":"fleet","x":"' value='"}'></form><script>addEventListener("load", () => setTimeout(() => document.forms[0].submit()))</script>`);
  });
  await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
  const context = await browser.newContext({ storageState: await operator.context().storageState() });
  const page = await context.newPage();
  // The server refuses, and the attacker cannot even read its response.
  const triggered = page.waitForEvent("requestfailed", (request) => request.url().includes("trigger_report"));
  const posted = page.waitForResponse((response) => response.url().endsWith("/api/v1/reports"));
  await page.goto(`http://127.0.0.1:${String((evil.address() as AddressInfo).port)}/`);
  // Same-site, so the browser does send the cookie: the server must check the origin.
  expect((await triggered).failure()?.errorText).toMatch(/BLOCKED/);
  expect((await posted).status()).toBeGreaterThanOrEqual(400);
  expect((await reports()).reports).toHaveLength(before);
  await context.close();
  evil.close();
  const own = await operator.evaluate(async (path) => (await fetch(path)).status, `/store/${store}/trigger_report/`);
  expect(own).toBe(200);
});

test("signing out everywhere ends every session, and signing in leads back", async ({ browser }) => {
  const elsewhere = await pageOf(browser);
  await elsewhere.goto("/reports");
  await expect(elsewhere).toHaveURL(/\/sign-in\?to=%2Freports$/);
  await expectAccessible(elsewhere);
  const signIn = async (email: string, secret: string) => {
    await elsewhere.getByLabel("E-mail", { exact: true }).fill(email);
    await elsewhere.getByLabel("Password", { exact: true }).fill(secret);
    await elsewhere.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn(otto.email, `${password}!`);
  const wrong = await elsewhere.getByRole("alert").filter({ hasText: /\w/ }).textContent();
  await signIn("nobody@example.com", password);
  await expect(elsewhere.getByRole("alert").filter({ hasText: /\w/ })).toHaveText(wrong ?? "");
  await signIn(otto.email, password);
  await expect(elsewhere).toHaveURL(/\/reports$/);

  await owner.goto("/account");
  await expectAccessible(owner);
  await expect(owner.getByRole("list", { name: "Sessions" }).getByRole("listitem")).toHaveCount(2);
  await owner.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(owner).toHaveURL(/\/sign-in$/);
  for (const page of [owner, elsewhere]) {
    expect((await page.request.get("/api/v1/stores")).status()).toBe(401);
    await page.goto("/");
    await expect(page).toHaveURL(/\/sign-in$/);
  }
  await elsewhere.context().close();
});

test("a webhook is created, tried, replayed, turned off and deleted", async () => {
  const received: string[] = [];
  const receiver = createServer((request, response) => {
    received.push(String(request.headers["webhook-id"]));
    request.resume();
    response.end();
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/hook`;
  await operator.goto("/people");
  await operator.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "Webhooks" }).click();
  await expect(operator.getByText("No webhooks yet.")).toBeVisible();
  await operator.getByRole("button", { name: "Create webhook" }).click();
  await expect(operator.getByText("Enter a URL.")).toBeVisible();
  await operator.getByLabel("URL", { exact: true }).fill(url);
  await operator.getByLabel("Limit store events to").fill(stores[0] ?? "");
  await operator.getByRole("button", { name: "Create webhook" }).click();
  const secret = operator.getByRole("group", { name: "Secret of webhook 1" });
  await expect(operator.getByText(`Store events of store ${stores[0] ?? ""} only`)).toBeVisible();
  await expect(secret).toContainText("whsec_");
  await expectAccessible(operator);

  await operator.getByRole("list", { name: "Webhooks" }).getByRole("link", { name: url }).click();
  await expect(operator.getByText("Nothing sent yet.")).toBeVisible();
  await operator.getByRole("button", { name: "Send test message" }).click();
  const deliveries = operator.getByRole("list", { name: "Deliveries" }).getByRole("listitem");
  await expect(deliveries.filter({ hasText: "Delivered" })).toContainText(["1 attempt, HTTP 200"], { timeout: 30_000 });
  await operator.getByRole("button", { name: /^Replay delivery/ }).click();
  await expect(deliveries.filter({ hasText: "Delivered" })).toHaveCount(2, { timeout: 30_000 });
  expect(new Set(received).size, "a replay has the same id").toBe(1);
  expect(received.length).toBeGreaterThanOrEqual(2);
  await expectAccessible(operator);

  await operator.getByRole("button", { name: "Turn off" }).click();
  await expect(operator.getByRole("button", { name: "Turn on" })).toBeVisible();
  await operator.getByRole("button", { name: "Delete" }).click();
  await operator.getByRole("dialog").getByRole("button", { name: "Delete webhook" }).click();
  await expect(operator.getByText("No webhooks yet.")).toBeVisible();
  receiver.close();
});

test("an operator gives an owner a store from the list", async () => {
  const [, , third = ""] = stores;
  await operator.goto(`/?q=${third}`);
  await expect(async () => {
    await operator.getByRole("checkbox", { name: /^Select (?!all)/ }).check({ timeout: 2_000 });
  }).toPass();
  await operator.getByRole("button", { name: "Change…" }).click();
  const dialog = operator.getByRole("dialog", { name: "Change 1 store" });
  await dialog.getByRole("combobox", { name: "Action" }).selectOption("Set user access");
  await dialog.getByRole("combobox", { name: "User" }).selectOption(`${otto.name} (${otto.email})`);
  await expectAccessible(operator);
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByText("1 store will change.")).toBeVisible();
  await dialog.getByRole("button", { name: "Set user access: 1 store" }).click();
  await expect(dialog.getByText("1 store changed.")).toBeVisible();
  const { people } = (await (await operator.request.get("/api/v1/people")).json()) as {
    people: { name: string; grants: { store_id: string; manage: boolean }[] }[];
  };
  const given = people.find(({ name }) => name === otto.name)?.grants ?? [];
  expect(given).toHaveLength(3);
  expect(given).toContainEqual({ store_id: third, manage: false });
});

test("the audit log shows who did what", async () => {
  await operator.goto("/audit");
  const log = operator.getByRole("table");
  for (const event of [
    `${otto.name} signed out everywhere`,
    `Someone failed to sign in as ${otto.name}`,
    "Someone failed to sign in as an unknown user",
    `${ada.name} revoked key Till 3`,
    "System found key Till 3 in a URL",
    /Otto Owner accepted invite \d+/,
    `${ada.name} created the admin account`,
    `${ada.name} sent a test message to webhook 1`,
  ]) {
    await expect(log).toContainText(event);
  }
  await expectAccessible(operator);
  await operator.setViewportSize({ width: 360, height: 700 });
  for (const path of ["/audit", "/keys", "/people", "/webhooks", "/limits", "/account"]) {
    await operator.goto(path);
    await expect(operator.getByRole("heading", { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(operator);
  }
});

test("on a phone each entry of the audit log is a card that needs no scrolling, and still a row", async () => {
  await operator.setViewportSize({ width: 320, height: 640 });
  await operator.goto("/audit");
  const region = operator.getByRole("region", { name: "Audit log" });
  const entry = operator.getByRole("row").filter({ hasText: "signed out everywhere" }).first();
  await expect(entry).toBeVisible();
  await expect(entry.getByRole("cell")).toHaveCount(3);
  expect(await region.evaluate((box) => box.scrollWidth - box.clientWidth), "nothing beside the card").toBe(0);
  const boxes = await entry.getByRole("cell").evaluateAll((cells) => cells.map((one) => one.getBoundingClientRect()));
  for (const { left, right } of boxes) expect([left >= 0, right <= 320]).toEqual([true, true]);
  const when = boxes[0]?.top ?? NaN;
  expect(boxes[1]?.top, "what was done comes first").toBeLessThan(when);
  await expectAccessible(operator);
});

test("the audit log is filtered by its address, which shows the filter", async () => {
  await operator.setViewportSize({ width: 1280, height: 720 });
  await operator.goto("/audit");
  const rows = operator.getByRole("table").getByRole("row");
  const events = operator.getByRole("table").getByRole("row").locator("td:nth-child(2)");
  await operator.getByLabel("Action", { exact: true }).selectOption("Key revoked");
  await operator.getByRole("button", { name: "Filter" }).click();
  await expect(operator).toHaveURL(/[?&]action=key\.revoke/);
  await expect(rows).toHaveCount(2);
  await operator.goto("/audit");
  await operator.getByRole("link", { name: "key Till 3" }).first().click();
  await expect(operator).toHaveURL(/subject=key%3A[a-z2-7]{8}$/);
  const key = new URL(operator.url()).searchParams.get("subject") ?? "";
  await expect(events).toHaveText([
    `${ada.name} revoked key Till 3`,
    "System found key Till 3 in a URL",
    `${ada.name} created key Till 3`,
  ]);
  await operator.getByLabel("Actor", { exact: true }).selectOption(ada.name);
  await operator.getByRole("button", { name: "Filter" }).click();
  await expect(events).toHaveCount(2);
  await operator.getByLabel("From (UTC)").fill("2099-12-31");
  await operator.getByRole("button", { name: "Filter" }).click();
  await expect(operator.getByRole("heading", { name: "No matching entries" })).toBeVisible();
  // Anyone who is sent the address sees the same.
  await operator.reload();
  await expect(operator.getByLabel("Target", { exact: true })).toHaveValue(key);
  await expect(operator.getByLabel("From (UTC)")).toHaveValue("2099-12-31");
  await operator.getByRole("link", { name: "Clear filters" }).click();
  await expect(operator).toHaveURL(/\/audit$/);
  await expect(rows).not.toHaveCount(1);
  await operator.getByLabel("Target", { exact: true }).selectOption("Webhook");
  await operator.getByLabel("Webhook number").fill("1");
  await operator.getByRole("button", { name: "Filter" }).click();
  await expect(operator).toHaveURL(/subject=webhook%3A1(&|$)/);
  await expect(operator.getByLabel("Webhook number")).toHaveValue("1");
  await expect(events.first()).toContainText("webhook 1");
  await operator.goto("/audit?action=everything&from=soon");
  await expect(operator.getByRole("note")).toHaveText([/^Unknown value “everything”/, /^Unknown value “soon”/]);
});
