import { expect, storeRows, test } from "./test";

/** Names of stores that contain code. Each sets `planted` or opens a dialog if it runs. */
const names = [
  `<script>planted=1</script>`,
  `</script><script>planted=1</script>`,
  `</title><script>alert(1)</script>`,
  `<img src=x onerror="alert(1)">`,
  `"><svg onload=alert(1)>`,
  `' onmouseover='alert(1)`,
  `" autofocus onfocus="alert(1)" x="`,
  `<iframe srcdoc="<script>parent.planted=1</script>">`,
  `<a href="javascript:alert(1)">x</a>`,
  `<style>*{display:none}</style>`,
  `{{7*7}}\${7*7}#{7*7}`,
  `<!--<script>planted=1//-->`,
  `&lt;script&gt;planted=1&lt;/script&gt;`,
  `<base href="//evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=/planted">`,
];
const idOf = (i: number) => `xss-store-${String(i)}`;

const field = (text: string) => `"${text.replaceAll('"', '""')}"`;
const details = ["store_id,name,brand,group,address"];
const polls = ["store_id,status,timestamp_utc"];
for (const [i, name] of names.entries()) {
  details.push([idOf(i), name, name, name, name].map(field).join(","));
  for (const minute of ["05", "35", "50"]) polls.push(`${idOf(i)},inactive,2023-01-24 10:${minute}:00 UTC`);
}

test.beforeAll(async ({ request }) => {
  const file = {
    "content-type": "text/csv",
    "content-disposition": `attachment; filename="<img src=x onerror=alert(1)>.csv"`,
  };
  for (const [kind, rows] of [
    ["stores", details],
    ["polls", polls],
  ] as const) {
    const sent = await request.post(`/api/v1/imports/${kind}`, { headers: file, data: rows.join("\r\n") });
    expect(sent.status(), await sent.text()).toBe(202);
    const address = sent.headers()["location"] ?? "";
    await expect
      .poll(async () => ((await (await request.get(address)).json()) as { state: string }).state, { timeout: 30_000 })
      .toBe("complete");
  }
});

test("I7 names of stores are text on every page", async ({ page }) => {
  test.setTimeout(120_000);
  const expectNothingRan = async () => {
    expect(await page.evaluate(() => Reflect.get(globalThis, "planted") as unknown)).toBeUndefined();
    expect(new URL(page.url()).pathname).not.toContain("planted");
  };
  await expect
    .poll(
      async () => {
        await page.goto("/?q=xss-store");
        return storeRows(page).count();
      },
      { timeout: 60_000 },
    )
    .toBe(names.length);
  const shown = (await storeRows(page).allTextContents()).join("\n");
  for (const name of names) expect(shown).toContain(name);
  await expectNothingRan();

  for (const [i, name] of names.entries()) {
    await page.goto(`/stores/${idOf(i)}?window=week`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name);
    await expectNothingRan();
  }
  for (const path of ["/imports", "/data-quality", "/reports", "/docs"]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
    await expectNothingRan();
  }
});

test("what an address contains is text too", async ({ page }) => {
  test.setTimeout(180_000);
  for (const name of names.slice(0, 8)) {
    const text = encodeURIComponent(name);
    await page.goto(`/?q=${text}&state=${text}&sort=${text}&cursor=${text}`);
    await expect(page.getByRole("note").first()).toBeVisible();
    await page.goto(`/sign-in?to=${text}`);
    await page.goto(`/reports?cursor=${text}`);
    expect(await page.evaluate(() => Reflect.get(globalThis, "planted") as unknown)).toBeUndefined();
    for (const path of [
      `/stores/${text}`,
      `/reports/${text}`,
      `/api/v1/stores/${text}`,
      `/api/v1/stores?limit=${text}`,
    ]) {
      const answer = await page.request.get(path);
      expect(answer.status()).toBeGreaterThanOrEqual(400);
      if (path.startsWith("/api")) expect(answer.headers()["content-type"]).toBe("application/problem+json");
      else expect(await answer.text()).not.toContain(name.replaceAll("&", "&amp;").includes("<") ? name : "\u0000");
    }
  }
});
