import { beforeAll, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { AuditListSchema, type AuditList } from "@/lib/contract/access";
import { auditActions } from "@/lib/contract/enums";
import { callOperation } from "@/lib/contract/test-support/routes";
import { callBy } from "@/e2e/http/authorization/test-support/access-matrix";
import { operationOf, type Caller, type Ids } from "@/e2e/http/authorization/test-support/access-rows";
import { plantAccessWorld, type AccessWorld } from "@/e2e/http/authorization/test-support/access-world";
import { clientAddressHeader } from "@/lib/server/http/client-address";

const database = testDb();
const call = callBy(callOperation);
const from = "192.0.2.7";
let world: AccessWorld;

beforeAll(async () => {
  vi.stubEnv("AUTH", "required");
  vi.stubEnv("DATABASE_URL", database().url);
  vi.stubEnv("WEBHOOK_ALLOW_PRIVATE", "1");
  vi.resetModules();
  world = await plantAccessWorld(database());
}, 60_000);

async function read(query: Readonly<Record<string, string>> = {}): Promise<AuditList["entries"]> {
  const request = new Request(`http://localhost/api/v1/audit?${new URLSearchParams(query).toString()}`, {
    headers: world.callers.operator,
  });
  const response = await callOperation(operationOf("listAudit"), request);
  expect(response.status, await response.clone().text()).toBe(200);
  return AuditListSchema.parse(await response.json()).entries;
}

async function act(id: string, caller: Caller, ids: Ids): Promise<number> {
  return (await call(operationOf(id), { ...caller, [clientAddressHeader]: from }, ids)).status;
}

describe("the audit log", () => {
  const effects: readonly (readonly [string, "owner" | "operator", Ids, string, string])[] = [
    ["editStore", "owner", { store_id: "mine" }, "store.change", "store:mine"],
    ["putStoreHours", "owner", { store_id: "mine" }, "store.change", "store:mine"],
    ["putHours", "owner", { store_id: "mine" }, "store.change", "store:mine"],
    ["putExceptions", "owner", { store_id: "mine" }, "exception.put", "store:mine"],
    ["putException", "owner", { store_id: "mine" }, "exception.put", "store:mine"],
    ["removeException", "owner", { store_id: "mine" }, "exception.remove", "store:mine"],
    ["removePolls", "owner", { store_id: "mine" }, "polls.remove", "store:mine"],
    ["undoPollRemoval", "owner", { removal_id: "2" }, "polls.restore", "store:mine"],
    ["sendFile", "operator", {}, "import.start", "import:"],
    ["cancelImport", "operator", { import_id: "2" }, "import.cancel", "import:2"],
    ["undoImport", "operator", { import_id: "1" }, "import.undo", "import:1"],
    ["createWebhook", "operator", {}, "webhook.create", "webhook:2"],
    ["changeWebhook", "operator", {}, "webhook.change", "webhook:1"],
    ["testWebhook", "operator", {}, "webhook.test", "webhook:1"],
    ["replayWebhookDelivery", "operator", {}, "webhook.replay", "webhook:1"],
    ["deleteWebhook", "operator", {}, "webhook.remove", "webhook:1"],
  ];

  it.each(effects)("records %s by the %s with its target and address", async (id, who, ids, action, subject) => {
    const before = (await read()).length;
    expect(await act(id, world.callers[who], { ...world.theirs, ...ids })).toBeLessThan(300);
    const [entry, ...earlier] = await read();
    expect(earlier).toHaveLength(before);
    const [principal, name] = who === "owner" ? ["person:2", "Owner"] : ["person:1", "Op"];
    expect(entry).toMatchObject({ action, principal, name, address: from });
    expect(entry?.subject.startsWith(subject)).toBe(true);
  });

  it("records who cancelled a report", async () => {
    const request = new Request("http://localhost/api/v1/reports", {
      method: "POST",
      headers: { ...world.ownersKey, "content-type": "application/json" },
      body: JSON.stringify({ store_id: "mine" }),
    });
    const { id } = (await (await callOperation(operationOf("createReport"), request)).json()) as { id: number };
    const ids = { ...world.theirs, report_id: String(id) };
    for (let i = 0; i < 2; i++) expect(await act("cancelReport", world.ownersKey, ids)).toBe(200);
    const cancelled = await read({ subject: `report:${id}` });
    // Cancelling twice has the same effect.
    expect(cancelled).toHaveLength(1);
    expect(cancelled[0]).toMatchObject({ action: "report.cancel", address: from });
    expect(cancelled[0]?.principal).toMatch(/^key:/);
  });

  it("records nothing without an effect", async () => {
    const before = await read();
    const refused = [
      await act("editStore", world.callers.owner, world.theirs),
      await act("putException", world.callers.owner, world.theirs),
      await act("removeException", world.callers.owner, { ...world.theirs, store_id: "mine", date: "2020-01-01" }),
      await act("cancelImport", world.callers.operator, { ...world.theirs, import_id: "1" }),
      await act("changeWebhook", world.callers.operator, { ...world.theirs, webhook_id: "900" }),
      await act("deleteWebhook", world.callers.operator, { ...world.theirs, webhook_id: "900" }),
      await act("cancelReport", world.callers.other, world.theirs),
    ];
    for (const status of refused) expect(status).toBeGreaterThanOrEqual(400);
    expect(await read()).toEqual(before);
  });

  it("rolls the effect back when the entry cannot be written", async () => {
    const { sql } = database();
    const name = async () => (await sql`select name from stores where store_id = 'mine'`)[0];
    await sql`update stores set name = 'As before' where store_id = 'mine'`;
    await sql`alter table audit_entries add constraint nothing_more check (action <> 'store.change') not valid`;
    expect(await act("editStore", world.callers.owner, { ...world.theirs, store_id: "mine" })).toBe(500);
    await sql`alter table audit_entries drop constraint nothing_more`;
    expect(await name()).toEqual({ name: "As before" });
  });
});

describe("queries of the audit log", () => {
  it("name actors and targets as they are called now", async () => {
    const { sql } = database();
    await sql`update stores set name = 'Main Street' where store_id = 'mine'`;
    const [edited] = await read({ action: "exception.put" });
    expect(edited).toMatchObject({ name: "Owner", subject: "store:mine", subject_name: "Main Street" });
    const created = await callOperation(
      operationOf("createKey"),
      new Request("http://localhost/api/v1/keys", {
        method: "POST",
        headers: { ...world.callers.operator, "content-type": "application/json" },
        body: JSON.stringify({ name: "POS", scopes: ["stores:read"] }),
      }),
    );
    expect(created.status, await created.clone().text()).toBe(201);
    const [entry] = await read({ action: "key.create" });
    expect(entry).toMatchObject({ name: "Op", subject_name: "POS" });
    const [cancelled] = await read({ action: "report.cancel" });
    expect(cancelled?.name, "the key that did it").toEqual(expect.any(String));
    expect(cancelled?.subject_name).toBeNull();
  });

  it("filter by principal, action, target and time, and by all of them together", async () => {
    const all = await read();
    expect(all.length).toBeGreaterThan(10);
    expect(await read({ principal: "person:2" })).toEqual(all.filter(({ principal }) => principal === "person:2"));
    expect(await read({ action: "webhook.test" })).toEqual(all.filter(({ action }) => action === "webhook.test"));
    expect(await read({ subject: "webhook:1" })).toEqual(all.filter(({ subject }) => subject === "webhook:1"));
    const cut = all[2]?.at ?? "";
    expect(await read({ from: cut })).toEqual(all.filter(({ at }) => at >= cut));
    expect(await read({ to: cut })).toEqual(all.filter(({ at }) => at < cut));
    const both = { principal: "person:1", subject: "webhook:1", to: cut };
    const expected = all.filter((one) => one.principal === "person:1" && one.subject === "webhook:1" && one.at < cut);
    expect(expected.length).toBeGreaterThan(0);
    expect(await read(both)).toEqual(expected);
    expect(await read({ principal: "person:2' or '1'='1" })).toEqual([]);
  });

  it("are refused by name when invalid", async () => {
    for (const [query, code] of [
      ["action=everything", "invalid_action"],
      ["from=yesterday", "invalid_from"],
      ["to=1", "invalid_to"],
      ["who=1", "unknown_parameter"],
    ]) {
      const request = new Request(`http://localhost/api/v1/audit?${query ?? ""}`, { headers: world.callers.operator });
      const response = await callOperation(operationOf("listAudit"), request);
      expect([response.status, await response.json()]).toMatchObject([400, { code }]);
    }
  });

  it("list each action once", () => {
    expect(new Set(auditActions).size).toBe(auditActions.length);
  });
});
