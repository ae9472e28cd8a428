import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { operations } from "@/lib/contract/operations";
import type { Operation } from "@/lib/contract/operation";
import { startApp, type StartedApp } from "./start-app";
import { expect, test } from "./test";

/** In open mode: a page of another origin, in the same browser, changes nothing by any operation. */
test.describe.configure({ mode: "serial" });

const changing = operations.filter(({ method, access }) => method !== "GET" || "changesByGet" in access);

let app: StartedApp;
let elsewhere: Server;
let port: number;
let store: string;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  app = await startApp({ AUTH: "open" }, (said) => /get_report|There is no store/.test(said));
  elsewhere = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Elsewhere</title>");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "127.0.0.1", resolve));
  ({ port } = elsewhere.address() as AddressInfo);
  // Stores are listed once there are figures.
  await expect
    .poll(async () => {
      const { stores } = (await (await fetch(`${app.address}/api/v1/stores?limit=1`)).json()) as {
        stores?: { store_id: string }[];
      };
      store = stores?.[0]?.store_id ?? "";
      return store;
    })
    .not.toBe("");
});
test.afterAll(async () => {
  elsewhere.close();
  await app.stop();
});

function addressOf({ path, example }: Operation): string {
  const search = new URL(example, "http://localhost").search;
  const ids: Readonly<Record<string, string>> = { store_id: store, date: "2026-12-24", kind: "polls" };
  return app.address + path.replace(/\{([^}]+)\}/g, (_all, name: string) => ids[name] ?? "1") + search;
}

/** Every request that a page can make a browser send: forms of each type, with a file, `fetch`, an image and a link. */
async function attack(page: Page, operation: Operation): Promise<void> {
  const { body, method } = operation;
  const example = body?.example ?? {};
  const text = typeof example === "string" ? example : JSON.stringify(example);
  await page.evaluate(
    async ({ address, asked, content }) => {
      const settle = (work: Promise<unknown>) => work.catch(() => undefined);
      await settle(fetch(address, { method: asked, credentials: "include", body: asked === "GET" ? null : content }));
      const simple = asked === "GET" ? "GET" : "POST";
      await settle(
        fetch(address, {
          method: simple,
          mode: "no-cors",
          body: simple === "GET" ? null : content,
          referrerPolicy: "no-referrer",
        }),
      );
      await new Promise((resolve) => {
        const picture = new Image();
        picture.onload = picture.onerror = resolve;
        picture.src = address;
      });
      const forms =
        simple === "GET" ? [""] : ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
      const submit = async (type: string): Promise<void> => {
        const frame = document.createElement("iframe");
        frame.name = `frame${Math.random()}`;
        document.body.append(frame);
        const form = document.createElement("form");
        Object.assign(form, {
          action: address,
          method: simple,
          target: frame.name,
          ...(type === "" ? {} : { enctype: type }),
        });
        const file = document.createElement("input");
        file.type = "file";
        file.name = "file";
        const transfer = new DataTransfer();
        transfer.items.add(new File([content], "polls.csv", { type: "text/csv" }));
        file.files = transfer.files;
        form.append(file);
        document.body.append(form);
        const loaded = new Promise((resolve) => {
          frame.addEventListener("load", resolve, { once: true });
          setTimeout(resolve, 2_000);
        });
        form.submit();
        await loaded;
      };
      await Promise.all(forms.map(submit));
    },
    { address: addressOf(operation), asked: method, content: text },
  );
  if (method !== "GET") return;
  // Last, because it leaves the page: a link that is clicked.
  await page.setContent(`<a href="${addressOf(operation)}">prize</a>`);
  const [answer] = await Promise.all([page.waitForResponse(/trigger_report/), page.click("a")]);
  expect(answer.status()).toBe(403);
}

/** Everything that an operation could have changed or created. */
async function seen(): Promise<unknown> {
  const read = async (path: string): Promise<Record<string, unknown>> =>
    (await (await fetch(`${app.address}/api/v1/${path}`)).json()) as Record<string, unknown>;
  const { name, brand, group, address, url } = await read(`stores/${store}`);
  const lists = ["reports?limit=50", "imports?limit=50", "webhooks", `stores/${store}/exceptions`];
  return [{ name, brand, group, address, url }, ...(await Promise.all(lists.map(read)))];
}

for (const name of ["127.0.0.1", "localhost"]) {
  test(`a page at ${name} and another port changes nothing by any operation`, async ({ browser }) => {
    test.setTimeout(300_000);
    const before = await seen();
    const context = await browser.newContext();
    const requests: { readonly method: string; readonly status: () => number | null }[] = [];
    context.on("request", (request) => {
      if (!request.url().startsWith(app.address)) return;
      // Requests whose response the browser may withhold from the page, and from this test.
      let status: number | null = null;
      requests.push({ method: request.method(), status: () => status });
      void request.response().then(
        (answer) => (status = answer?.status() ?? null),
        () => undefined,
      );
    });
    const page = await context.newPage();
    for (const operation of changing) {
      await page.goto(`http://${name}:${port}/`);
      const from = requests.length;
      await attack(page, operation);
      const sent = requests.slice(from).filter(({ method }) => method === operation.method);
      // Other methods need a CORS preflight, which is refused.
      if (operation.method === "POST" || operation.method === "GET") {
        expect(sent.length, operation.id).toBeGreaterThan(0);
      }
      for (const { status } of sent) expect([403, null], operation.id).toContain(status());
    }
    expect(await seen()).toEqual(before);
    await context.close();
  });
}

test("an address that a person types triggers a report, as it does for a program", async ({ browser }) => {
  const trigger = operations.find(({ access }) => "changesByGet" in access);
  if (trigger === undefined) throw new Error("One operation changes something by GET.");
  // Not the page of the test, which treats the browser's message about a sandboxed response as an error.
  const page = await browser.newPage();
  expect((await page.goto(addressOf(trigger)))?.status()).toBe(200);
  await page.close();
  expect((await fetch(addressOf(trigger))).status).toBe(200);
});
