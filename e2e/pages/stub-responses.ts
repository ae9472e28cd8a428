import type { Page } from "@playwright/test";

const problem = {
  type: "about:blank",
  title: "That is too much",
  status: 429,
  detail: "Too many requests.",
  code: "rate_limited",
  request_id: "e2e-request-8",
};

/** Makes the server respond with too many requests. */
export async function refuse(page: Page, pattern: string): Promise<void> {
  await page.route(pattern, (route) =>
    route.fulfill({ status: 429, contentType: "application/problem+json", json: problem }),
  );
}

/** Changes the server's response; a change made before applies only elsewhere. */
export async function change(page: Page, pattern: string, part: object): Promise<void> {
  await page.route(pattern, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), ...part } });
  });
}

/** Holds responses back. @returns releases them */
export async function hold(page: Page, pattern: string | RegExp): Promise<() => void> {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(pattern, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** Long enough for every page to fetch again. */
export const nextLook = 61_000;
