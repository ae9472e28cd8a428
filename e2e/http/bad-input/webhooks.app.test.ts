import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "@/db/testing/holders";
import type { Replica } from "@/e2e/faults/harness/replicas";
import {
  WebhookDeliveryListSchema,
  WebhookDeliverySchema,
  WebhookSchema,
  type WebhookDelivery,
} from "@/lib/contract/webhooks";
import { filesBy } from "./test-support/files";
import { bodyOf, json, outcome } from "./test-support/http";
import { ownApp } from "./test-support/own-app";

const { app, ask } = ownApp({ WEBHOOK_ALLOW_PRIVATE: "1" });
const { send } = filesBy(ask);

/** What the receiver was sent, and how it responds. */
let received: { path: string; headers: IncomingHttpHeaders; body: string }[] = [];
let answer: { status: number; headers?: Record<string, string> } = { status: 204 };
let receiver: Server;
let origin = "";
let worker: Replica;

beforeAll(async () => {
  receiver = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body });
      response.writeHead(answer.status, answer.headers).end();
    });
  });
  origin = await new Promise((resolve) => {
    receiver.listen(0, "127.0.0.1", () => {
      const address = receiver.address();
      resolve(`http://127.0.0.1:${String(typeof address === "object" ? address?.port : "")}`);
    });
  });
  worker = await app().startWorker();
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
});

/** Creates a webhook for import events; forgets what was received before. */
async function hook(path: string) {
  received = [];
  const made = await ask("/api/v1/webhooks", json({ url: `${origin}${path}`, events: ["import.completed"] }));
  expect([made.status, made.headers.get("location")]).toEqual([
    201,
    expect.stringMatching(/\/webhooks\/\d+$/) as string,
  ]);
  return { self: made.headers.get("location") ?? "", secret: bodyOf(made, WebhookSchema).secret ?? "" };
}

const log = async (self: string): Promise<readonly WebhookDelivery[]> =>
  bodyOf(await ask(`${self}/deliveries`), WebhookDeliveryListSchema).deliveries;

/** The newest delivery of a webhook, once an attempt has failed. */
async function tried(self: string): Promise<WebhookDelivery> {
  await until(async () => typeof (await log(self))[0]?.last_error === "string");
  const [newest] = await log(self);
  if (newest === undefined) throw new Error("Nothing was tried.");
  return newest;
}

describe("a webhook", () => {
  it("is sent a signed message when an import ends; the log lists it; a replay is the same message again", async () => {
    const { self, secret } = await hook("/told");
    const sent = await send("polls", "store_id,status,timestamp_utc\nhooked,active,2023-01-24 09:06:42 UTC\n");
    await until(() => received.length === 1);
    const [first] = received;
    const message = new Webhook(secret).verify(first?.body ?? "", first?.headers as Record<string, string>);
    expect(message).toMatchObject({
      type: "import.completed",
      data: { import_id: sent.import?.id, state: "complete", counts: { accepted: 1 } },
    });
    await until(async () => (await log(self))[0]?.state === "delivered");
    const [delivery] = await log(self);
    expect(delivery).toMatchObject({ type: "import.completed", attempts: 1, last_status: 204, last_error: null });

    const replayed = await ask(`${self}/deliveries/${String(delivery?.id)}/replay`, { method: "POST" });
    const again = bodyOf(replayed, WebhookDeliverySchema);
    expect([replayed.status, again.message_id]).toEqual([202, delivery?.message_id]);
    await until(() => received.length === 2);
    expect(received[1]?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(JSON.parse(received[1]?.body ?? "")).toEqual(JSON.parse(first?.body ?? ""));
    expect((await log(self)).map(({ id }) => id)).toEqual([again.id, delivery?.id]);
    await ask(self, { method: "DELETE" });
  });

  it("H21 follows no redirect, to any address", async () => {
    const { self } = await hook("/redirects");
    answer = { status: 307, headers: { location: `${origin}/private` } };
    expect((await ask(`${self}/test`, { method: "POST" })).status).toBe(202);
    expect(await tried(self)).toMatchObject({
      state: "pending",
      last_status: 307,
      last_error: "It responded with a redirect, which is not followed.",
    });
    expect(received.map(({ path }) => path)).toEqual(["/redirects"]);
    answer = { status: 204 };
    await ask(self, { method: "DELETE" });
  });

  it("that responds 410 is disabled, and sent nothing more", async () => {
    const { self } = await hook("/gone");
    answer = { status: 410 };
    await ask(`${self}/test`, { method: "POST" });
    await until(async () => !bodyOf(await ask(self), WebhookSchema).enabled);
    expect(bodyOf(await ask(self), WebhookSchema).disabled_reason).toBe("gone");
    answer = { status: 204 };
    await send("polls", "store_id,status,timestamp_utc\nhooked,active,2023-01-24 09:07:42 UTC\n");
    expect((await log(self)).filter(({ type }) => type !== "webhook.test")).toEqual([]);
    await ask(self, { method: "DELETE" });
  });

  it("H21 whose address is no longer allowed is not sent to, although it was allowed when created", async () => {
    const { self } = await hook("/private");
    await worker.kill();
    await app().startWorker({ WEBHOOK_ALLOW_PRIVATE: "0" });
    await ask(`${self}/test`, { method: "POST" });
    expect(await tried(self)).toMatchObject({ state: "pending", last_error: "Webhooks are only sent by https." });
    expect(received).toEqual([]);
    expect(outcome(await ask(`${self}/deliveries/999999/replay`, { method: "POST" }))).toBe("404 delivery_not_found");
  });
});
