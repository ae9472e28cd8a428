import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { acceptInvitation, operatorEmail, signIn, startWithSignIn, worstStores } from "./accounts";
import { minutesOf } from "./durations";
import { closeBrowsers, coldStart, downloadedRows, expectUsable, goTo, leave, tagTwoStores } from "./journey";
import { send, type Received } from "./send";
import { startApp, type StartedApp } from "./start-app";
import { expect, storeRows, test } from "./test";

/**
 * What the four people of the product come for, each from a cold start: a new browser, and not signed in, or a server
 * without data.
 */
const devices = [
  ["a phone", { width: 360, height: 740 }],
  ["a desktop", { width: 1440, height: 900 }],
] as const;

test.afterEach(async () => {
  // The browser itself writes this for a page that asks to sign in.
  const unexpected = (await leave()).filter((fault) => !/status of 401/.test(fault));
  expect(unexpected, "errors in the console").toEqual([]);
});

test.describe("with sign-in", () => {
  let app: StartedApp;
  let stores: readonly string[] = [];
  let owner = "";

  test.beforeAll(async ({ browser }) => {
    test.setTimeout(300_000);
    app = await startWithSignIn();
    const operator = await coldStart(browser, app);
    await operator.goto("/sign-in");
    await signIn(operator, operatorEmail);
    stores = await worstStores(operator, 2);
    const grants = stores.slice(0, 1).map((store_id) => ({ store_id, manage: false }));
    owner = await acceptInvitation(operator, await coldStart(browser, app), "owner", grants);
  });
  test.afterAll(() => app.stop());

  for (const [device, viewport] of devices) {
    test(`an owner on ${device} sees how the store is, when it was down, and takes the figures along`, async ({
      browser,
    }) => {
      const page = await coldStart(browser, app, viewport);
      await page.goto("/");
      await signIn(page, owner);
      await expect(page).toHaveURL(new RegExp(`/stores/${stores[0] ?? ""}$`));
      const main = page.getByRole("main");
      await expect(main.getByText(/^(Online|Offline|Closed|No recent check)$/).first()).toBeVisible();
      await expect(main.getByText(/last checked \d+ min ago/)).toBeVisible();
      await expect(main.getByText(/^Offline .+; (\d+ times|the only time) in the last 7 days\.$/)).toBeVisible();
      await expect(page.getByRole("region", { name: "Last 7 days", exact: true })).toContainText(/\d%|Down/);
      const incidents = page.getByRole("region", { name: "Incidents, last 7 days" }).getByRole("listitem");
      await expect(incidents.first()).toContainText(/ down/);
      await expectUsable(page);

      await page.getByRole("navigation", { name: "Period" }).getByRole("link", { name: "30 days" }).click();
      await expect(page).toHaveURL(/window=last_30_days/);
      await expect(page.getByRole("heading", { name: "Incidents, last 30 days" })).toBeVisible();
      const figures = page.getByRole("region", { name: /^Last 30 days [A-Z]/ });
      await expect(figures).toContainText(/Down \d/);
      const [, down = ""] = /Down (.+?), up/.exec(await figures.innerText()) ?? [];
      const rows = await downloadedRows(page, page.getByRole("link", { name: "Download CSV" }));
      expect(new Set(rows.map((row) => row["store_id"]))).toEqual(new Set([stores[0]]));
      const minutes = rows.reduce((sum, row) => sum + Number(row["down_minutes"]), 0);
      expect(minutes).toBeGreaterThan(1);
      expect(Math.abs(minutes - minutesOf(down)), "the file has the minutes of the page").toBeLessThan(1);
    });

    test(`an operator on ${device} finds the stores that need work, changes some, and goes anywhere by name`, async ({
      browser,
    }) => {
      test.slow();
      const page = await coldStart(browser, app, viewport);
      await page.goto("/");
      await signIn(page, operatorEmail);
      const offline = page.getByRole("link", { name: /^Offline: / });
      const count = /: ([\d,]+) of/.exec((await offline.getAttribute("aria-label")) ?? "")?.[1] ?? "";
      await offline.click();
      await expect(page).toHaveURL(/state=offline/);
      await expect(page.getByText(count === "1" ? "1 store" : `${count} stores`, { exact: true })).toBeVisible();
      await expectUsable(page);

      await page.getByRole("link", { name: "Roll-ups" }).click();
      await page.getByRole("navigation", { name: "Roll up by" }).getByRole("link", { name: "Group" }).click();
      await expect(page).toHaveURL(/by=group/);
      const group = page
        .getByRole("table", { name: /^Roll-ups/ })
        .getByRole("link")
        .first();
      const groupName = await group.innerText();
      await expectUsable(page);
      await group.click();
      await expect(page.getByLabel("Group", { exact: true })).toHaveValue(groupName);

      // A phone lists two lines a store, without boxes to select them by.
      if (device === "a desktop") await tagTwoStores(page);

      await goTo(page, "Incidents");
      await page.getByRole("link", { name: "Last 7 days" }).click();
      await expect(page).toHaveURL(/window=week/);
      const rows = page.getByRole("table", { name: "Incidents" }).locator("tbody tr");
      await expect(rows.first()).toBeVisible();
      await expectUsable(page);

      await page.getByRole("button", { name: "Go to a page or store" }).click();
      await page.getByRole("combobox", { name: "Page or store" }).fill(stores[1] ?? "");
      await expect(page.getByRole("listbox", { name: "Pages and stores" }).getByRole("option")).toHaveCount(1);
      await expectUsable(page);
      await page.keyboard.press("Enter");
      await expect(page).toHaveURL(new RegExp(`/stores/${stores[1] ?? ""}$`));
    });

    test(`an integrator on ${device} goes from the docs to a key, sends checks, and gets a report`, async ({
      browser,
    }) => {
      const page = await coldStart(browser, app, viewport);
      await page.goto("/");
      await expect(page).toHaveURL(/\/sign-in/);
      await goTo(page, "API");
      await expect(page.getByRole("heading", { name: "Quick start" })).toBeVisible();
      await expectUsable(page);
      /** Sends a documented command as it is, with the key that it takes from a variable. */
      const run = async (name: string, key: string, change: (command: string) => string): Promise<Received> => {
        const shown = await page.getByRole("region", { name, exact: true }).innerText();
        expect(shown).toContain("Bearer $KEY");
        const command = change(shown.trim());
        const [, address = ""] = /'(http[^']+)'/.exec(command) ?? [];
        const { origin, pathname, search } = new URL(address);
        const [, method = "GET"] = /-X (\w+)/.exec(command) ?? [];
        const [, type] = /-H 'content-type: ([^']+)'/.exec(command) ?? [];
        const [, body] = /--data-binary '([^']*)'/.exec(command) ?? [];
        return send(`${pathname}${search}`, {
          ...{ method, origin, headers: { authorization: `Bearer ${key}`, ...(type && { "content-type": type }) } },
          ...(body === undefined ? {} : { body }),
        });
      };

      await page.getByRole("link", { name: "Settings, Keys" }).click();
      await signIn(page, operatorEmail);
      await expect(page).toHaveURL(/\/keys$/);
      const name = `Integration on ${device}`;
      await page.getByLabel("Name", { exact: true }).fill(name);
      await page.getByRole("checkbox", { name: /^Send checks/ }).check();
      await page.getByRole("checkbox", { name: /^Create reports/ }).check();
      await page.getByRole("button", { name: "Create key" }).click();
      const made = page.getByRole("group", { name: `New key ${name}` });
      const [key = ""] = /sm_live_[\w-]+?(?=Copy|\s|$)/.exec((await made.textContent()) ?? "") ?? [];
      await expectUsable(page);

      const asOf = ((await (await page.request.get("/api/v1/fleet")).json()) as { as_of: string }).as_of;
      const storeId = `integrated-${String(viewport.width)}`;
      await goTo(page, "API");
      const sent = await run("Command: Send polls", key, (command) =>
        command
          .replace(/"store_id":"[^"]*"/, `"store_id":"${storeId}"`)
          .replace(/"at":"[^"]*"/, `"at":"${asOf}"`)
          .replace(/"status":"[^"]*"/, `"status":"active"`),
      );
      expect([sent.status, JSON.parse(sent.body)]).toMatchObject([200, { accepted: 1 }]);

      await page.getByRole("searchbox", { name: "Search the API" }).fill("original endpoint");
      await page.keyboard.press("Enter");
      await page.getByRole("link", { name: "Trigger a store report (original endpoint)" }).click();
      await expect(page).toHaveURL(/\/docs\/reports#triggerStoreReport$/);
      const triggered = await run("curl for triggerStoreReport", key, (command) =>
        command.replace(/store\/[^/]+\/trigger_report/, `store/${storeId}/trigger_report`),
      );
      const { report_id: id } = JSON.parse(triggered.body) as { report_id: number };
      const report = async () => {
        const answer = await run("curl for getLegacyReport", key, (command) =>
          command.replace(/"report_id":\d+/, `"report_id":${String(id)}`),
        );
        return JSON.parse(answer.body) as { status: string; report_url?: string };
      };
      await expect.poll(async () => (await report()).status, { timeout: 30_000 }).toBe("Complete");
      // A store without hours is always open, and its one check decides the hour.
      const complete = await report();
      expect(complete).toMatchObject({ last_one_hour_data: { uptime: 60, downtime: 0, unit: "minutes" } });
      const { pathname } = new URL(complete.report_url ?? "");
      const file = await send(pathname, { origin: app.address, headers: { authorization: `Bearer ${key}` } });
      const rows: Record<string, string>[] = parse(file.body, { columns: true });
      expect(rows.map((row) => row["store_id"])).toEqual([storeId]);
    });
  }
});

for (const [device, viewport] of devices) {
  test(`a newcomer on ${device} fills an empty server from the templates and sees the store`, async ({ browser }) => {
    test.setTimeout(300_000);
    const app = await startApp({ DEMO_DATA: "0" }, (said) => said.includes("There is no store"));
    try {
      const page = await coldStart(browser, app, viewport);
      await page.goto("/");
      await expect(page.getByRole("heading", { name: "No stores yet" })).toBeVisible();
      await expect(page.getByRole("main").getByRole("heading", { level: 3 })).toHaveText([/Prepare/, /Upload/, /See/]);
      await expectUsable(page);
      const files: { name: string; mimeType: string; buffer: Buffer }[] = [];
      for (const name of ["Checks", "Business hours", "Time zones"]) {
        const link = page.getByRole("link", { name, exact: true });
        const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
        const buffer = await readFile(await file.path());
        files.push({ name: file.suggestedFilename(), mimeType: "text/csv", buffer });
      }

      await page.getByRole("link", { name: "Upload files" }).click();
      await page.getByLabel(/Drop CSV files here/).setInputFiles(files);
      await page.getByRole("button", { name: "Import 3 files" }).click();
      const imports = page.getByRole("list", { name: "Selected files" }).getByRole("listitem");
      await expect(imports.filter({ hasText: "Complete" })).toHaveCount(3, { timeout: 30_000 });
      await expectUsable(page);

      await goTo(page, "Stores");
      await expect(storeRows(page)).toHaveCount(1, { timeout: 60_000 });
      await expectUsable(page);
      await storeRows(page).getByRole("link").click();
      await expect(page.getByRole("heading", { level: 1, name: "8419537941919820732" })).toBeVisible();
      // One check online, one offline: neither of them is all of the week.
      const week = page.getByRole("region", { name: "Last 7 days", exact: true });
      await expect(week).toContainText(/2 checks/);
      await expect(week.getByRole("button", { name: /^Up \d/ })).toBeVisible();
      await expect(week.getByRole("button", { name: /^Down \d/ })).toBeVisible();
      await expect(page.getByRole("region", { name: "Business hours" })).toContainText("Monday");
      await expectUsable(page);
    } finally {
      await closeBrowsers();
      await app.stop();
    }
  });
}
