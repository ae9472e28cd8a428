import { readdirSync } from "node:fs";
import { join, sep } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { acceptInvitation, operatorEmail, signIn, startWithSignIn, worstStores, type Grants } from "./accounts";
import type { StartedApp } from "./start-app";
import { expect, expectAccessibleInBothThemes, expectHeaderApart, test, watch } from "./test";

/** Every page for every role: its status, its text, that it is accessible, and that nothing fails or is logged as an error. */
test.describe.configure({ mode: "serial" });

const roles = ["anonymous", "owner of none", "owner of one", "owner of many", "operator"] as const;
type Role = (typeof roles)[number];
const owners = ["owner of none", "owner of one", "owner of many"] as const;

interface Seen {
  readonly page: Page;
  readonly faults: readonly string[];
}

let app: StartedApp;
const seen = new Map<Role, Seen>();
const contexts: BrowserContext[] = [];
/** Of the first two stores the owners have one or both; only the operator has the third. */
let stores: readonly string[] = [];

async function enter(browser: Browser, role: Role): Promise<Page> {
  const context = await browser.newContext({ baseURL: app.address, timezoneId: "Asia/Kathmandu" });
  contexts.push(context);
  const faults = await watch(context);
  const page = await context.newPage();
  seen.set(role, { page, faults });
  return page;
}

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000);
  app = await startWithSignIn();
  await enter(browser, "anonymous");
  const operator = await enter(browser, "operator");
  await operator.goto("/sign-in");
  await signIn(operator, operatorEmail);
  stores = await worstStores(operator, 3);
  const given: Readonly<Record<(typeof owners)[number], Grants>> = {
    "owner of none": [],
    "owner of one": stores.slice(0, 1).map((store_id) => ({ store_id, manage: false })),
    "owner of many": stores.slice(0, 2).map((store_id) => ({ store_id, manage: true })),
  };
  for (const role of owners) await acceptInvitation(operator, await enter(browser, role), role, given[role]);
});
test.afterAll(async () => {
  for (const context of contexts) await context.close();
  await app.stop();
});

/** Where a page leads a viewer, with which status, and its heading or text. */
type Outcome = readonly [status: number, text: RegExp, path?: RegExp];

const toSignIn: Outcome = [200, /Sign in/, /^\/sign-in/];
const notFound: Outcome = [404, /not found/];
const notAllowed: Outcome = [403, /You don’t have access to this page/];
const viewOnly: Outcome = [403, /You can view this store but not edit it/];
const noStores: Outcome = [200, /No stores yet/];
const shown = (text: RegExp): Outcome => [200, text];

function outcomesOf(role: Role): readonly (readonly [path: string, outcome: Outcome])[] {
  const isOperator = role === "operator";
  const has = (count: number): boolean =>
    isOperator || (role === "owner of one" && count < 2) || (role === "owner of many" && count < 3);
  const [first = "", second = "", foreign = ""] = stores;
  const store = (place: number): Outcome => (has(place) ? shown(/Last 24 hours/) : notFound);
  const onlyStore: Outcome = [200, /Last 24 hours/, /^\/stores\//];
  const home = role === "owner of none" ? noStores : role === "owner of one" ? onlyStore : shown(/Stores/);
  const fromSignIn: Outcome = role === "owner of one" ? onlyStore : [200, /./, /^\/$/];
  const known: readonly (readonly [string, Outcome])[] = [
    ["/", home],
    [`/stores/${first}`, store(1)],
    [`/stores/${first}/edit`, role === "owner of one" ? viewOnly : has(1) ? shown(/Save hours/) : notFound],
    [`/stores/${second}`, store(2)],
    [`/stores/${foreign}`, store(3)],
    ["/stores/no-such-store", notFound],
    ["/reports", shown(/Reports/)],
    ["/reports/999999", notFound],
    ["/imports", isOperator ? shown(/Imports/) : notAllowed],
    ["/imports/999999", isOperator ? notFound : notAllowed],
    ["/data-quality", role === "owner of none" ? noStores : shown(/Data quality/)],
    ["/people", isOperator ? shown(/People/) : notFound],
    ["/audit", isOperator ? shown(/Audit log/) : notFound],
    ["/keys", shown(/Keys/)],
    ["/webhooks", isOperator ? shown(/No webhooks yet/) : notAllowed],
    ["/webhooks/999999", isOperator ? notFound : notAllowed],
    ["/calendars", isOperator ? shown(/No calendars yet/) : notAllowed],
    ["/new-calendar", isOperator ? shown(/New calendar/) : notAllowed],
    ["/calendars/999999", isOperator ? notFound : notAllowed],
    ["/manage-stores", isOperator ? shown(/Deleted stores/) : notAllowed],
    ["/limits", isOperator ? shown(/Retention/) : notAllowed],
    ["/account", shown(/Active sessions/)],
    ["/status", shown(/Worker/)],
    ["/incidents", role === "owner of none" ? noStores : shown(/Incidents/)],
    ["/rollups?by=group", [200, /Roll-ups/, /^\/rollups$/]],
    ["/wallboard", shown(/Exit wallboard/)],
  ];
  if (role === "anonymous") return known.map(([path]) => [path, toSignIn] as const);
  return [
    ...known,
    ["/method", shown(/How it works/)],
    ["/docs", shown(/Quick start/)],
    ["/docs/webhooks", shown(/API: Webhooks/)],
    ["/docs/errors", shown(/API: Errors/)],
    ["/docs/changelog", shown(/Changelog/)],
    ["/docs/no-such-topic", notFound],
    ["/sign-in", fromSignIn],
    ["/setup", fromSignIn],
    ["/invitation", shown(/Accept your invite/)],
    ["/design", notFound],
    ["/no/such/page", notFound],
  ];
}

for (const role of roles) {
  test(`every page is right for ${role}`, async () => {
    test.setTimeout(300_000);
    const { page, faults } = seen.get(role)!;
    const checked = new Set<string>();
    for (const [path, [status, text, leadsTo]] of outcomesOf(role)) {
      const answer = await page.goto(path);
      expect.soft(answer?.status(), path).toBe(status);
      await expect.soft(page.getByRole("main"), path).toContainText(text);
      const { pathname } = new URL(page.url());
      expect.soft(pathname, path).toMatch(leadsTo ?? new RegExp(`^${path}$`));
      await expect.soft(page.getByRole("main"), path).not.toContainText(/went wrong|Computing the first figures/);
      const heading = page.getByRole("heading", { level: 1 });
      await expect.soft(heading, path).toHaveCount(1);
      // Several addresses lead to one page, such as "Sign in" and "Page not found". The documentation is the same for every
      // role, and matrix.spec.ts checks it.
      const shownPage = status === 200 ? pathname : await heading.first().innerText();
      if (checked.has(shownPage) || /^\/(docs|method)/.test(path)) continue;
      checked.add(shownPage);
      await expect.soft(page.locator(".skeleton"), path).toHaveCount(0);
      await expectAccessibleInBothThemes(page);
    }
    const unexpected = faults.filter((fault) => !/the server responded with a status of 40[134]/.test(fault));
    expect(unexpected, "errors in the console").toEqual([]);
    const errors = app
      .logged()
      .split("\n")
      .filter((line) => /"level":"(error|fatal)"/.test(line));
    expect(errors, "errors in the log").toEqual([]);
  });
}

test("no page is missing here", () => {
  const folder = join(import.meta.dirname, "..", "..", "app");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => file.split(sep).join("/"));
  const routes = files
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/\/?page\.tsx$/, "")}`);
  expect(routes.length).toBeGreaterThan(20);
  const paths = outcomesOf("operator").map(([path]) => path.split("?")[0] ?? "");
  for (const route of routes) {
    const pattern = new RegExp(`^${route.replaceAll(/\[[^\]]+\]/g, "[^/]+")}$`);
    expect
      .soft(
        paths.some((path) => pattern.test(path)),
        `a path of ${route} in outcomesOf()`,
      )
      .toBe(true);
  }
});

test("the navigation offers the pages that open, and nothing else", async () => {
  for (const role of ["owner of none", "owner of one", "owner of many", "operator"] as const) {
    const { page } = seen.get(role)!;
    await page.goto("/account");
    const viewport = page.viewportSize()!;
    for (const width of [768, 1024]) {
      await page.setViewportSize({ width, height: 900 });
      await expectHeaderApart(page);
    }
    await page.setViewportSize(viewport);
    const links = page.getByRole("navigation", { name: "Main" }).getByRole("link");
    const offered = await links.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
    expect(offered.includes("/imports"), role).toBe(role === "operator");
    for (const path of offered) expect((await page.goto(path))?.status(), `${role} ${path}`).toBe(200);
  }
});

test("an owner sees the gaps in which no store of the fleet was polled, as the operator does", async () => {
  const gapsOf = async (role: Role, path: string): Promise<unknown> => {
    const answer = await seen.get(role)!.page.request.get(path);
    return ((await answer.json()) as { polling_gaps: unknown }).polling_gaps;
  };
  for (const path of ["/api/v1/fleet", "/api/v1/data-quality"]) {
    expect(await gapsOf("owner of one", path), path).toEqual(await gapsOf("operator", path));
  }
});

test("an owner of one store lands on its page, an owner of a few on a list without figures of a fleet", async () => {
  const { page: one } = seen.get("owner of one")!;
  await one.goto("/");
  await expect(one).toHaveURL(new RegExp(`/stores/${stores[0] ?? ""}$`));
  await expect(one.getByRole("link", { name: "All stores", exact: true })).toHaveCount(0);
  const { page: few } = seen.get("owner of many")!;
  await few.goto("/");
  await expect(few.getByRole("table", { name: "Stores" }).getByRole("rowheader")).toHaveCount(2);
  await expect(few.getByRole("navigation", { name: "Filter by state" })).toHaveCount(0);
  await few.goto("/?state=closed");
  await expect(few.getByRole("navigation", { name: "Filter by state" })).toBeVisible();
});
