import { chromium, type Page } from "@playwright/test";
import { findBrowser } from "./browser";

/**
 * Opens the fleet page of a server, sorts, searches and pages, and prints how long each took until it was on the screen
 * (`node --import tsx e2e/pages/fleet-page-timing.ts ADDRESS RUNS [SCREENSHOT]`). Part of `npm run bench -- --only
 * browser`.
 */
const [address = "", runs = "3", screenshot] = process.argv.slice(2);

const steps: Record<string, number[]> = {};
const transferredKb: number[] = [];

async function timed(step: string, work: () => Promise<unknown>): Promise<void> {
  const since = performance.now();
  await work();
  (steps[step] ??= []).push(performance.now() - since);
}

const firstStore = (page: Page) => page.getByRole("table", { name: "Stores" }).locator("tbody tr").first();

/** The first store of the list, once it differs from before. */
async function moved(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await firstStore(page).innerText();
  await act();
  await page.waitForFunction(
    (text) => (document.querySelector<HTMLElement>(".store-list tbody tr")?.innerText ?? text) !== text,
    before,
  );
}

async function visit(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await timed("opened, to its first store", async () => {
    await page.goto(address, { waitUntil: "commit" });
    await firstStore(page).waitFor();
  });
  await page.waitForLoadState("networkidle");
  transferredKb.push(bytes / 1000);
  if (screenshot !== undefined) await page.screenshot({ path: screenshot });
  const sort = (heading: string) => page.getByRole("columnheader", { name: heading }).getByRole("link").click();
  await timed("sorted by the day", () => moved(page, () => sort("Uptime 24h")));
  await timed("sorted by name", () => moved(page, () => sort("Store")));
  await timed("next page", () => moved(page, () => page.getByRole("link", { name: "Next page" }).click()));
  // The search waits a quarter of a second for the next key.
  await timed("searched, from the last key", () => moved(page, () => page.getByRole("searchbox").fill("harbor")));
}

const { executablePath, env } = findBrowser();
const browser = await chromium.launch({ executablePath, env: { ...process.env, ...env }, args: ["--no-sandbox"] });
try {
  // The first visit warms up the server; every visit starts with an empty browser cache.
  for (let run = -1; run < Number(runs); run++) {
    if (run === 0) for (const list of [...Object.values(steps), transferredKb]) list.length = 0;
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 } });
    await visit(await context.newPage());
    await context.close();
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify({ steps, transferredKb }));
