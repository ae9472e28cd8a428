import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import { WebhookDeliverySchema, WebhookSchema } from "@/lib/contract/webhooks";

const database = testDb();

async function load() {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", database().url);
  return {
    webhooks: await import("./route"),
    webhook: await import("./[webhookId]/route"),
    test: await import("./[webhookId]/test/route"),
    deliveries: await import("./[webhookId]/deliveries/route"),
    replay: await import("./[webhookId]/deliveries/[deliveryId]/replay/route"),
    closeDatabase: (await import("@/lib/server/database")).closeDatabase,
  };
}
let app: Awaited<ReturnType<typeof load>>;
beforeAll(async () => {
  app = await load();
});
afterAll(async () => {
  await app.closeDatabase();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  await database().sql`truncate webhooks, webhook_deliveries, idempotency_keys, rate_limits restart identity cascade`;
});

type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Calls the route that serves the path, and checks its response against the documentation. */
async function call(method: Method, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const request = new Request(`http://localhost/api/v1/webhooks${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const [, webhookId = "", what, deliveryId = ""] = path.split("?", 1)[0]?.split("/") ?? [];
  const answer = (): Promise<Response> => {
    if (webhookId === "") return app.webhooks[method](request, { params: Promise.resolve({}) });
    if (what === undefined) return app.webhook[method](request, { params: Promise.resolve({ webhookId }) });
    if (what === "test") return app.test[method](request, { params: Promise.resolve({ webhookId }) });
    if (deliveryId === "") return app.deliveries[method](request, { params: Promise.resolve({ webhookId }) });
    return app.replay[method](request, { params: Promise.resolve({ webhookId, deliveryId }) });
  };
  const response = await answer();
  return { response, status: response.status, value: await expectDocumented(request, response) };
}

const wanted = { url: "https://93.184.216.34/stores", events: ["report.completed", "store.offline"] };

describe("webhooks", () => {
  it("are limited to stores, by id, until they are no longer", async () => {
    await database().sql`insert into stores (store_id) values ('b'), ('a') on conflict do nothing`;
    const made = await call("POST", "", { ...wanted, store_ids: ["b", "a", "b"] });
    expect(made).toMatchObject({ status: 201, value: { store_ids: ["a", "b"] } });
    expect((await call("GET", "")).value).toMatchObject({ webhooks: [{ store_ids: ["a", "b"] }] });
    expect((await call("PATCH", "/1", { events: ["store.online"] })).value).toMatchObject({ store_ids: ["a", "b"] });
    expect((await call("PATCH", "/1", { store_ids: ["b"] })).value).toMatchObject({ store_ids: ["b"] });
    for (const [method, path, body] of [
      ["POST", "", wanted],
      ["PATCH", "/1", {}],
    ] as const) {
      const refused = await call(method, path, { ...body, store_ids: ["unknown"] });
      expect(refused).toMatchObject({ status: 404, value: { code: "store_not_found" } });
    }
    expect((await call("PATCH", "/1", { store_ids: null })).value).toMatchObject({ store_ids: null });
    expect((await call("POST", "", wanted)).value).toMatchObject({ store_ids: null });
  });

  it("show their secret when created and rotated, and never otherwise", async () => {
    const made = await call("POST", "", wanted);
    expect([made.status, made.response.headers.get("location")]).toEqual([201, "/api/v1/webhooks/1"]);
    const { secret, ...shown } = WebhookSchema.parse(made.value);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(shown).toMatchObject({ ...wanted, id: 1, enabled: true, disabled_reason: null });
    expect((await call("GET", "/1")).value).toEqual(shown);
    expect((await call("GET", "")).value).toEqual({ webhooks: [shown] });

    const rotated = WebhookSchema.parse((await call("PATCH", "/1", { rotate_secret: true })).value);
    expect(rotated.secret).toMatch(/^whsec_/);
    expect(rotated.secret).not.toBe(secret);
  });

  it("can be disabled, enabled, changed and deleted", async () => {
    await call("POST", "", wanted);
    expect((await call("PATCH", "/1", { enabled: false })).value).toMatchObject({
      enabled: false,
      disabled_reason: "request",
    });
    expect((await call("PATCH", "/1", { enabled: true, events: ["store.online"] })).value).toMatchObject({
      enabled: true,
      disabled_reason: null,
      events: ["store.online"],
      url: wanted.url,
    });
    expect((await call("DELETE", "/1")).status).toBe(204);
    for (const method of ["GET", "DELETE"] as const) {
      expect((await call(method, "/1")).value).toMatchObject({ code: "webhook_not_found" });
    }
  });

  it("are created once for one Idempotency-Key", async () => {
    const headers = { "idempotency-key": "k" };
    const first = await call("POST", "", wanted, headers);
    const second = await call("POST", "", wanted, headers);
    expect(second.value).toEqual(first.value);
    expect((await call("GET", "")).value).toMatchObject({ webhooks: [{ id: 1 }] });
    expect((await call("POST", "", { ...wanted, events: ["store.online"] }, headers)).value).toMatchObject({
      code: "idempotency_key_reused",
    });
  });

  it("are at most fifty", async () => {
    await database().sql`
      insert into webhooks (url, events, secret) select 'https://a.example/', '{}', '' from generate_series(1, 50)`;
    expect(await call("POST", "", wanted)).toMatchObject({ status: 422, value: { code: "too_many_webhooks" } });
  });

  it("list what was sent, page by page, and send it again", async () => {
    await call("POST", "", wanted);
    for (let i = 0; i < 3; i++) expect((await call("POST", "/1/test")).status).toBe(202);
    const first = (await call("GET", "/1/deliveries?limit=2")).value;
    expect(first).toMatchObject({ deliveries: [{ id: 3, type: "webhook.test", state: "pending" }, { id: 2 }] });
    const { next_cursor } = first as { next_cursor: string };
    expect((await call("GET", `/1/deliveries?limit=2&cursor=${next_cursor}`)).value).toMatchObject({
      deliveries: [{ id: 1 }],
      next_cursor: null,
    });
    const again = await call("POST", "/1/deliveries/1/replay");
    const [original] = ((await call("GET", `/1/deliveries?cursor=${next_cursor}`)).value as { deliveries: unknown[] })
      .deliveries;
    expect(WebhookDeliverySchema.parse(again.value)).toMatchObject({
      id: 4,
      message_id: WebhookDeliverySchema.parse(original).message_id,
    });
  });

  it.each<[string, Method, string, unknown, number, string]>([
    ["H21 private", "POST", "", { ...wanted, url: "https://127.0.0.1/" }, 422, "webhook_url_not_allowed"],
    ["H21 by a name", "POST", "", { ...wanted, url: "https://localhost./" }, 422, "webhook_url_not_allowed"],
    ["H21 plain", "POST", "", { ...wanted, url: "http://93.184.216.34/" }, 422, "webhook_url_not_allowed"],
    ["H21 changed", "PATCH", "/1", { url: "https://10.0.0.1/" }, 422, "webhook_url_not_allowed"],
    ["H8 field", "POST", "", { ...wanted, owner_id: 1 }, 400, "unknown_field"],
    ["no event", "POST", "", { ...wanted, events: [] }, 400, "bad_request"],
    ["event twice", "POST", "", { ...wanted, events: ["store.online", "store.online"] }, 400, "bad_request"],
    ["unknown event", "POST", "", { ...wanted, events: ["store.deleted"] }, 400, "bad_request"],
    ["no change", "PATCH", "/1", {}, 400, "bad_request"],
    ["G13 id", "GET", "/0", undefined, 400, "invalid_webhook_id"],
    ["G13 id", "GET", "/1e3", undefined, 400, "invalid_webhook_id"],
    ["G13 id", "GET", "/999999999999999999", undefined, 404, "webhook_not_found"],
    ["G15 unknown", "POST", "/2/test", undefined, 404, "webhook_not_found"],
    ["G15 unknown", "GET", "/2/deliveries", undefined, 404, "webhook_not_found"],
    ["G15 unknown", "POST", "/1/deliveries/1/replay", undefined, 404, "delivery_not_found"],
    ["G13 id", "POST", "/1/deliveries/x/replay", undefined, 400, "invalid_delivery_id"],
    ["G21 query", "POST", "/1/test?now=1", undefined, 400, "unknown_parameter"],
    ["G22 cursor", "GET", "/1/deliveries?cursor=cjE", undefined, 400, "invalid_cursor"],
    ["G22 limit", "GET", "/1/deliveries?limit=0", undefined, 400, "invalid_limit"],
  ])("%s: %s %s is rejected", async (_row, method, path, body, status, code) => {
    await database().sql`
      insert into webhooks (url, events, secret) values ('https://a.example/', '{store.online}', 'whsec_')`;
    expect(await call(method, path, body)).toMatchObject({ status, value: { code } });
  });
});
