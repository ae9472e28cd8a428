import { beforeAll, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { scopes } from "@/lib/contract/scopes";
import { callOperation } from "@/lib/contract/test-support/routes";
import { callBy, describeAccessMatrix } from "@/e2e/http/authorization/test-support/access-matrix";
import { bearer, operationOf, type Caller } from "@/e2e/http/authorization/test-support/access-rows";
import { plantAccessWorld, type AccessWorld } from "@/e2e/http/authorization/test-support/access-world";

const database = testDb();
const call = callBy(callOperation);
let world: AccessWorld;

beforeAll(async () => {
  vi.stubEnv("AUTH", "required");
  vi.stubEnv("DATABASE_URL", database().url);
  vi.resetModules();
  world = await plantAccessWorld(database());
}, 60_000);

const get = async (id: string, caller: Caller): Promise<Record<string, unknown>> => {
  const { text } = await call(operationOf(id), caller, world.theirs);
  return JSON.parse(text) as Record<string, unknown>;
};

// Before the matrix, which changes hours: an owner's hours are computed when they are read, the fleet's are a snapshot's.
it("sums an owner's fleet over their stores like the whole fleet", async () => {
  const fleets = [await get("getFleet", world.callers.owner), await get("getFleet", world.callers.other)];
  const whole = await get("getFleet", world.everyScope);
  expect(fleets.map((one) => one["stores"])).toEqual([1, 1]);
  expect(whole["stores"]).toBe(2);
  const week = (fleet: Record<string, unknown>) =>
    (fleet["windows"] as Record<string, Record<string, number>>)["week"] ?? {};
  for (const figure of ["open_ms", "up_ms", "down_ms", "unknown_ms"]) {
    expect((week(fleets[0]!)[figure] ?? 0) + (week(fleets[1]!)[figure] ?? 0)).toBe(week(whole)[figure]);
  }
  const hours = (fleet: Record<string, unknown>) => fleet["hours"] as { up_ms: number }[];
  expect(hours(fleets[0]!)).toHaveLength(hours(whole).length);
  hours(whole).forEach((hour, index) => {
    expect(hours(fleets[0]!)[index]!.up_ms + hours(fleets[1]!)[index]!.up_ms).toBe(hour.up_ms);
  });
});

describeAccessMatrix(() => world, callOperation);

describe("filtered data", () => {
  it("lists, searches and counts only an owner's stores", async () => {
    const list = await get("listStores", world.callers.owner);
    expect(list).toMatchObject({ matching: 1, stores: [{ store_id: "mine" }] });
    const quality = await get("getDataQuality", world.callers.owner);
    expect(quality).toMatchObject({ stores: 1, counts: { without_hours: 1, conflicts: 1 } });
  });

  it("lets a key see no more than its stores", async () => {
    const narrowed = bearer((await world.keyOf({ scopes, storeKeys: [1] })).text);
    expect(await get("listStores", narrowed)).toMatchObject({ matching: 1, stores: [{ store_id: "mine" }] });
    const operation = operationOf("getStore");
    expect(await call(operation, narrowed, world.theirs)).toMatchObject({ status: 404 });
    expect(await call(operation, narrowed, { ...world.theirs, store_id: "mine" })).toMatchObject({ status: 200 });
  });

  it("gives an owner the report they requested, of all their stores, and no one else", async () => {
    const create = operationOf("createReport");
    const request = new Request("http://localhost/api/v1/reports", {
      method: "POST",
      headers: { ...world.callers.owner, "content-type": "application/json", "idempotency-key": "k" },
      body: JSON.stringify({ scope: "fleet" }),
    });
    const response = await callOperation(create, request.clone());
    const report = (await response.json()) as { id: number; scope: string };
    expect([response.status, report.scope]).toEqual([202, "stores"]);
    const read = operationOf("getReport");
    const ids = { ...world.theirs, report_id: String(report.id) };
    expect(await call(read, world.callers.owner, ids)).toMatchObject({ status: 200 });
    expect(await call(read, world.ownersKey, ids)).toMatchObject({ status: 200 });
    expect(await call(read, world.callers.other, ids)).toMatchObject({ status: 404 });
    expect(await call(read, world.everyScope, ids)).toMatchObject({ status: 200 });
    // The same key of another principal is another key.
    const others = new Request(request.url, {
      method: "POST",
      headers: { ...world.callers.other, "content-type": "application/json", "idempotency-key": "k" },
      body: JSON.stringify({ scope: "fleet" }),
    });
    const theirReport = (await (await callOperation(create, others)).json()) as { id: number };
    expect(theirReport.id).not.toBe(report.id);
  });

  it("lets an owner change what they manage and send its polls", async () => {
    const edit = operationOf("editStore");
    const put = operationOf("putException");
    const send = operationOf("sendPolls");
    const mine = { ...world.theirs, store_id: "mine" };
    expect(await call(edit, world.callers.owner, mine)).toMatchObject({ status: 200 });
    expect(await call(put, world.callers.owner, mine)).toMatchObject({ status: 200 });
    const sent = await call(send, world.ownersKey, mine);
    expect([sent.status, sent.text]).toEqual([200, expect.stringContaining('"rejected":[]')]);
    await database().sql`update person_stores set manage = false where person_id = 2`;
    expect(await call(edit, world.callers.owner, mine)).toMatchObject({ status: 403, code: "insufficient_scope" });
    await database().sql`update person_stores set manage = true where person_id = 2`;
  });

  it("records a key that was in a URL, once", async () => {
    const { id, text } = await world.keyOf({ scopes });
    const read = operationOf("listStores");
    for (let i = 0; i < 2; i++) {
      const request = new Request(`http://localhost/api/v1/stores?access_token=${text}`);
      expect((await callOperation(read, request)).status).toBe(400);
    }
    const rows = await database().sql`select exposed_at is not null as exposed from api_keys where id = ${id}`;
    expect(rows[0]).toEqual({ exposed: true });
    const noted = await database()
      .sql`select 1 from audit_entries where action = 'key.expose' and subject = ${`key:${id}`}`;
    expect(noted).toHaveLength(1);
  });
});
