import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { startApp } from "./start-app";
import { expect, openFleet, openWorstStore, storeRows, test } from "./test";

/** The first screen of a phone: docs/first-screen.md says which questions it answers, and where. */
const screen = { width: 360, height: 740 };
const documented = readFileSync(join(import.meta.dirname, "..", "..", "docs", "first-screen.md"), "utf8");

interface Answer {
  /** As the documentation asks it. */
  readonly question: string;
  readonly where: (page: Page) => Locator;
  /** What the answer says. */
  readonly says: RegExp;
}

/** Fails where an answer is not on the first screen, or the documentation does not ask its question. */
async function expectOnFirstScreen(page: Page, answers: readonly Answer[]): Promise<void> {
  await page.setViewportSize(screen);
  for (const { question, where, says } of answers) {
    expect(documented, "docs/first-screen.md").toContain(`| ${question} `);
    const answer = where(page);
    await expect(answer, question).toHaveText(says);
    await expect(answer, question).toBeVisible();
    const box = await answer.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return { top: top + window.scrollY, bottom: bottom + window.scrollY };
    });
    console.log(`${question} ${String(Math.round(box.top))} to ${String(Math.round(box.bottom))} px`);
    expect(box.bottom, question).toBeLessThanOrEqual(screen.height);
  }
}

const stateLine = (page: Page) => page.getByText(/last checked \d+ min ago/);

test("an owner whose store is offline sees since when, and what to do", async ({ page }) => {
  await openFleet(page, "/?state=offline&sort=name");
  await storeRows(page).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Last 24 hours", exact: true })).toBeVisible();
  await expectOnFirstScreen(page, [
    { question: "Am I down?", where: () => page.getByText("Offline", { exact: true }).first(), says: /^Offline$/ },
    { question: "Since when?", where: stateLine, says: /^since about .+, last checked \d+ min ago/ },
    {
      question: "What should I do?",
      where: () => page.getByText(/^Check the store’s internet connection/),
      says: /ordering devices/,
    },
    {
      question: "Does it happen often?",
      where: () => page.getByText(/^Offline \d.+ in the last 7 days\.$/),
      says: /; (\d+ times|the only time) in the last 7 days\.$/,
    },
  ]);
});

test("an owner whose store is not offline sees until when, and how the week was", async ({ page }) => {
  await openWorstStore(page);
  await expectOnFirstScreen(page, [
    { question: "Until when am I open?", where: stateLine, says: /(closes|next opening|last checked) / },
    {
      question: "When was I down?",
      where: () => page.getByText(/^Offline .+ in the last 7 days\.$/),
      says: /^Offline \d+ (h|min).* (today|yesterday|on [A-Z]\w+)/,
    },
  ]);
});

test("an operator sees how many stores are down, and which are worst", async ({ page }) => {
  await openFleet(page);
  const rows = page.getByRole("table", { name: "Stores" }).locator("tbody tr");
  await expectOnFirstScreen(page, [
    {
      question: "How many stores are down?",
      where: () => page.getByRole("link", { name: /^Offline: \d+ of \d+ stores$/ }),
      says: /^Offline\d+/,
    },
    { question: "How did the fleet do?", where: () => page.getByText(/^Uptime 7d /), says: /\d%$/ },
    { question: "Which store needs me first?", where: () => rows.first().getByRole("link"), says: /\w/ },
    { question: "How old is this?", where: () => page.getByText(/^As of /), says: /\d (min|h) ago|just now/ },
  ]);
});

test("a newcomer sees that there is no data, and what to do first", async ({ browser }) => {
  test.setTimeout(300_000);
  const app = await startApp({ DEMO_DATA: "0" }, (said) => said.includes("There is no store"));
  const context = await browser.newContext({ baseURL: app.address, viewport: screen });
  try {
    const page = await context.newPage();
    await page.goto("/");
    await expectOnFirstScreen(page, [
      { question: "Is it running?", where: () => page.getByRole("heading", { level: 1 }), says: /^Stores$/ },
      { question: "Why is it empty?", where: () => page.getByRole("heading", { level: 2 }), says: /^No stores yet$/ },
      {
        question: "What do I need?",
        where: () => page.getByRole("link", { name: "Checks", exact: true }),
        says: /^Checks$/,
      },
      {
        question: "Where do I put it?",
        where: () => page.getByRole("main").getByRole("link", { name: "Upload files" }),
        says: /^Upload files$/,
      },
    ]);
  } finally {
    await context.close();
    await app.stop();
  }
});
