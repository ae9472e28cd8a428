import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { startApp, type StartedApp } from "./start-app";
import { expect } from "./test";

const password = "correct horse battery staple";

/** The e-mail address of the operator of `startWithSignIn`. */
export const operatorEmail = "ada@example.com";

/**
 * Starts an app that requires sign-in, with one operator and demo data.
 * @param settings in addition to those, such as `DEMO_DATA`
 */
export async function startWithSignIn(settings: Readonly<Record<string, string>> = {}): Promise<StartedApp> {
  const folder = mkdtempSync(join(tmpdir(), "store-monitoring-e2e-"));
  const file = join(folder, "password");
  writeFileSync(file, password);
  const admin = { ADMIN_EMAIL: operatorEmail, ADMIN_PASSWORD_FILE: file };
  try {
    return await startApp({ AUTH: "required", ...admin, ...settings }, (said) =>
      /get_report|There is no store/.test(said),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function expectSignedIn(page: Page): Promise<void> {
  await expect(page.getByRole("link", { name: /^Account of/ })).toBeVisible();
}

/** Fills in the sign-in form of the open page. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expectSignedIn(page);
}

/** What an owner may see, and change where `manage` is set. */
export type Grants = readonly { readonly store_id: string; readonly manage: boolean }[];

/**
 * Invites an owner, who accepts.
 * @param operator a page of a signed-in operator   @param page the owner's, not signed in
 * @returns the owner's e-mail address
 */
export async function acceptInvitation(operator: Page, page: Page, name: string, grants: Grants): Promise<string> {
  const email = `${name.replaceAll(" ", "-")}@example.com`;
  const { origin } = new URL(operator.url());
  const data = { email, role: "owner", grants };
  const invited = await operator.request.post("/api/v1/invitations", { headers: { origin }, data });
  await page.goto(((await invited.json()) as { link: string }).link);
  await page.getByLabel("Name", { exact: true }).fill(`The ${name}`);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Accept and sign in" }).click();
  await expectSignedIn(page);
  return email;
}

/** The ids of the fleet's stores, worst week first, as the page's reader sees them. Waits for the first figures. */
export async function worstStores(page: Page, count: number): Promise<readonly string[]> {
  const list = async () => {
    const answer = await page.request.get(`/api/v1/stores?limit=${String(count)}`);
    const { stores = [] } = (await answer.json()) as { stores?: readonly { store_id: string }[] };
    return stores.map(({ store_id: id }) => id);
  };
  let ids: readonly string[] = [];
  await expect.poll(async () => (ids = await list()).length, { timeout: 30_000 }).toBe(count);
  return ids;
}
