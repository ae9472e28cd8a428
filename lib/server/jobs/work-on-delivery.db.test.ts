import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { claimDeliveries, endAttempt, findDelivery, type DeliveryRow } from "@/db/queries/webhook-deliveries";
import { findWebhook, rotateSecret } from "@/db/queries/webhooks";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { openViewer } from "@/lib/server/access/viewer";
import { makeLog } from "@/lib/server/log";
import { checkHost, webhookAddresses } from "@/lib/server/outgoing/address-rules";
import { deliverDue, type DeliverOptions } from "./work-on-delivery";
import { replayDelivery, testWebhook } from "@/lib/server/webhooks/manage-deliveries";
import { createWebhook, patchWebhook } from "@/lib/server/webhooks/manage-webhooks";
import { recordEvents, type WebhookEvent } from "@/lib/server/webhooks/record-events";

const database = testDb();

interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let received: Received[] = [];
let answer: RequestListener = (_request, response) => void response.writeHead(204).end();
let server: Server;
let origin: string;

beforeEach(async () => {
  await database().sql`truncate webhooks, webhook_deliveries restart identity cascade`;
  received = [];
  answer = (_request, response) => void response.writeHead(204).end();
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      received.push({ path: request.url ?? "", headers: request.headers, body });
      answer(request, response);
    });
  });
  origin = await new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === "object" ? (address?.port ?? 0) : 0}`);
    });
  });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const event: WebhookEvent = {
  type: "store.offline",
  data: { store_id: "a", since: null, last_poll_at: null, as_of: "2023-01-25T18:13:22.479Z" },
};

const options: DeliverOptions = {
  allowPrivate: true,
  resolve: () => Promise.reject(new Error("no name is looked up")),
  timeoutMs: 5_000,
  leaseSeconds: 40,
  stop: new AbortController().signal,
  log: makeLog("silent", { write: () => undefined }),
};

async function hook(path = "/hook", of = origin): Promise<{ id: number; secret: string }> {
  const { id, secret = "" } = await createWebhook(database(), openViewer, {
    url: `${of}${path}`,
    events: ["store.offline"],
  });
  return { id, secret };
}
const record = (): Promise<void> => withTransaction(database(), (tx) => recordEvents(tx, [event]));

async function delivery(id = 1, webhookId = 1): Promise<DeliveryRow> {
  const row = await findDelivery(database(), webhookId, id);
  if (row === null) throw new Error(`There is no delivery ${id}.`);
  return row;
}
/** Seconds until the next attempt, by the database's clock. */
async function retriedIn(): Promise<number> {
  const [row] = await database().sql<{ seconds: number }[]>`
    select extract(epoch from next_attempt_at - now())::float8 as seconds from webhook_deliveries`;
  return row?.seconds ?? NaN;
}
const makeDue = () => database().sql`update webhook_deliveries set next_attempt_at = now()`;

describe("a message", () => {
  it("arrives once, signed so that the receiver's library accepts it", async () => {
    const { secret } = await hook();
    await record();
    expect(await deliverDue(database(), options)).toBe(true);
    expect(await deliverDue(database(), options)).toBe(false);
    expect(received).toHaveLength(1);
    const [{ headers, body, path } = { headers: {}, body: "", path: "" }] = received;
    expect(path).toBe("/hook");
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject(event);
    expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).toThrow();
    expect(await delivery()).toMatchObject({ state: "delivered", attempts: 1, lastStatus: 204, lastError: null });
  });

  it("goes to those subscribed to its type, and only if its event is committed", async () => {
    await hook();
    await createWebhook(database(), openViewer, { url: `${origin}/other`, events: ["report.failed"] });
    const off = await hook("/off");
    await patchWebhook(database(), openViewer, off.id, { enabled: false });
    await record();
    const undone = withTransaction(database(), async (tx) => {
      await recordEvents(tx, [event]);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    await deliverDue(database(), options);
    expect(received.map(({ path }) => path)).toEqual(["/hook"]);
    expect(await database().sql`select count(*)::int as count from webhook_deliveries`).toEqual([{ count: 1 }]);
  });

  it("is signed with both secrets during a rotation", async () => {
    const { id, secret } = await hook();
    const { secret: next = "" } = await patchWebhook(database(), openViewer, id, { rotate_secret: true });
    await record();
    await deliverDue(database(), options);
    await rotateSecret(database(), id, next, 0);
    await record();
    await deliverDue(database(), options);
    const [both, one] = received.map(({ headers, body }) =>
      [secret, next].map((known) => {
        try {
          return Boolean(new Webhook(known).verify(body, headers as Record<string, string>));
        } catch {
          return false;
        }
      }),
    );
    expect([both, one]).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  it("is retried after a 500, under the same id, and given up after some ten attempts", async () => {
    await hook();
    await record();
    answer = (_request, response) => void response.writeHead(500).end();
    await deliverDue(database(), options);
    expect(await delivery()).toMatchObject({ state: "pending", attempts: 1, lastStatus: 500 });
    expect(await retriedIn()).toBeGreaterThan(3);
    expect(await retriedIn()).toBeLessThanOrEqual(6);
    expect(await deliverDue(database(), options)).toBe(false);

    await makeDue();
    await deliverDue(database(), options);
    const ids = received.map(({ headers }) => headers["webhook-id"]);
    expect([ids.length, new Set(ids).size]).toEqual([2, 1]);

    await database().sql`update webhook_deliveries set attempts = 9, next_attempt_at = now()`;
    await deliverDue(database(), options);
    expect(await delivery()).toMatchObject({ state: "failed", attempts: 10, lastError: "It answered 500." });
  });

  it("waits as long as the receiver requests", async () => {
    await hook();
    await record();
    answer = (_request, response) => void response.writeHead(503, { "retry-after": "600" }).end();
    await deliverDue(database(), options);
    expect(await retriedIn()).toBeGreaterThan(590);
  });

  it("is the last one to a receiver that is gone", async () => {
    const { id } = await hook();
    await record();
    await record();
    answer = (_request, response) => void response.writeHead(410).end();
    await deliverDue(database(), options);
    expect(await findWebhook(database(), id)).toMatchObject({ enabled: false, disabledReason: "gone" });
    expect((await delivery()).state).toBe("failed");
    await record();
    expect(await deliverDue(database(), options)).toBe(false);
  });

  it("that was queued before its webhook was disabled is not sent", async () => {
    const { id } = await hook();
    await record();
    await patchWebhook(database(), openViewer, id, { enabled: false });
    await deliverDue(database(), options);
    expect(received).toEqual([]);
    expect(await delivery()).toMatchObject({ state: "failed", lastError: "The webhook is disabled." });
  });

  it("waits no longer than its timeout, and not for the end of an endless response", async () => {
    await hook("/silent");
    await hook("/endless");
    await record();
    answer = (request, response) => {
      if (request.url === "/silent") return;
      response.writeHead(200);
      const more = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    };
    await deliverDue(database(), { ...options, timeoutMs: 500 });
    expect(await delivery(1, 1)).toMatchObject({ state: "pending", lastError: "There was no response in time." });
    expect(await delivery(2, 2)).toMatchObject({ state: "delivered", lastStatus: 200 });
  });

  it("follows no redirect", async () => {
    await hook();
    await record();
    answer = (_request, response) => void response.writeHead(307, { location: `${origin}/secret` }).end();
    await deliverDue(database(), options);
    expect(received.map(({ path }) => path)).toEqual(["/hook"]);
    expect(await delivery()).toMatchObject({ state: "pending", lastStatus: 307 });
  });

  it("is due again after its worker died, whose result then does not count", async () => {
    await hook();
    await record();
    const [dead] = await claimDeliveries(database(), 1, 60);
    expect(await deliverDue(database(), options)).toBe(false);
    await makeDue();
    await deliverDue(database(), options);
    expect(await delivery()).toMatchObject({ state: "delivered", attempts: 2 });
    const end = { state: "failed", status: 500, error: "late", durationMs: 1, retrySeconds: 0 } as const;
    expect(dead && (await endAttempt(database(), dead, end))).toBe(false);
  });

  it("is returned to the queue when the worker is told to stop", async () => {
    await hook();
    await record();
    const stop = new AbortController();
    answer = () => {
      stop.abort();
    };
    expect(await deliverDue(database(), { ...options, stop: stop.signal })).toBe(false);
    expect(await delivery()).toMatchObject({ state: "pending", lastError: null });
    expect(await retriedIn()).toBeLessThanOrEqual(0);
  });

  it("can be sent again under its id, and a test under one of its own", async () => {
    const { id } = await hook();
    await record();
    await deliverDue(database(), options);
    await replayDelivery(database(), openViewer, id, 1);
    await testWebhook(database(), openViewer, id);
    await deliverDue(database(), options);
    const ids = received.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toHaveLength(3);
    // Those of one round are sent at once, so either may arrive first.
    expect(ids.slice(1)).toContain(ids[0]);
    expect(new Set(ids).size).toBe(2);
    expect(received.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toContain("webhook.test");
  });
});

describe("H21: a name", () => {
  it("that resolved to a public address when its webhook was created, and to this machine when it is sent, gets nothing", async () => {
    const url = "https://rebind.example:8443/";
    const answers = ["93.184.216.34", "127.0.0.1"];
    const resolve = () => Promise.resolve([{ address: answers.shift() ?? "", family: 4 }]);
    await checkHost(new URL(url), false, webhookAddresses, resolve);
    await createWebhook(database(), openViewer, { url, events: ["store.offline"] });
    await record();
    await deliverDue(database(), { ...options, allowPrivate: false, resolve });
    expect(answers).toEqual([]);
    expect(await delivery()).toMatchObject({
      state: "pending",
      lastError: "The host name resolves to an address that is not on the public internet.",
    });
  });

  it("is looked up once: the connection goes to the address that was checked", async () => {
    const { port } = new URL(origin);
    await hook("/", `http://hook.example:${port}`);
    await record();
    let lookups = 0;
    const resolve = () => {
      lookups += 1;
      return Promise.resolve([{ address: lookups === 1 ? "127.0.0.1" : "127.9.9.9", family: 4 }]);
    };
    await deliverDue(database(), { ...options, resolve });
    expect([received.length, lookups]).toEqual([1, 1]);
    expect(received[0]?.headers.host).toBe(`hook.example:${port}`);
  });

  it("and an address that was allowed before is checked again", async () => {
    await hook();
    await record();
    await deliverDue(database(), { ...options, allowPrivate: false });
    expect(received).toEqual([]);
    expect(await delivery()).toMatchObject({ state: "pending", lastError: "Webhooks are only sent by https." });
  });
});
