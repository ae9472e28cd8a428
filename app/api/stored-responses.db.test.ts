import { beforeAll, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { claimImport } from "@/db/queries/import-queue";
import { findImport } from "@/db/queries/imports";
import { scopes } from "@/lib/contract/scopes";
import { callOperation } from "@/lib/contract/test-support/routes";
import { bearer, operationOf, requestOf, type Caller } from "@/e2e/http/authorization/test-support/access-rows";
import { plantAccessWorld, type AccessWorld } from "@/e2e/http/authorization/test-support/access-world";

const database = testDb();
let world: AccessWorld;

beforeAll(async () => {
  vi.stubEnv("AUTH", "required");
  vi.stubEnv("DATABASE_URL", database().url);
  vi.resetModules();
  world = await plantAccessWorld(database());
}, 60_000);

const mine = { store_id: "mine", removal_id: "2" };

/** Sends an operation on the owner's own store under an Idempotency-Key. */
async function send(id: string, caller: Caller): Promise<readonly [number, unknown, boolean]> {
  const operation = operationOf(id);
  const request = requestOf(operation, { ...caller, "idempotency-key": id }, { ...world.theirs, ...mine });
  const answer = await callOperation(operation, request);
  const body: unknown = await answer.json();
  const code: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "code") : null;
  return [answer.status, code, answer.headers.has("idempotent-replay")];
}

it("returns a stored response only to an owner who may still see its subject", async () => {
  const { sql } = database();
  const { owner } = world.callers;
  const rows = [
    ["createReport", 202, [404, "report_not_found", false]],
    ["sendPolls", 200, [403, "insufficient_scope", false]],
    ["createKey", 201, [404, "store_not_found", false]],
    ["undoPollRemoval", 200, [404, "removal_not_found", false]],
    ["removePolls", 200, [404, "store_not_found", false]],
  ] as const;
  for (const [id, status] of rows) {
    expect([id, ...(await send(id, owner))]).toEqual([id, status, undefined, false]);
    expect([id, ...(await send(id, owner))]).toEqual([id, status, undefined, true]);
  }
  // They still manage a store, but another one.
  await sql`update person_stores set store_key = 2 where person_id = 2`;
  for (const [id, , refused] of rows) expect([id, ...(await send(id, owner))]).toEqual([id, ...refused]);
  await sql`update person_stores set store_key = 1, manage = false where person_id = 2`;
  for (const id of ["undoPollRemoval", "removePolls"]) {
    expect([id, ...(await send(id, owner))]).toEqual([id, 403, "insufficient_scope", false]);
  }
  await sql`update person_stores set manage = true where person_id = 2`;
  for (const [id, status] of rows) expect([id, ...(await send(id, owner))]).toEqual([id, status, undefined, true]);
});

it("returns no stored response to a revoked key", async () => {
  const key = await world.keyOf({ scopes });
  expect((await send("sendFile", bearer(key.text)))[0]).toBe(202);
  expect((await send("sendFile", bearer(key.text)))[2]).toBe(true);
  await database().sql`update api_keys set revoked_at = now() where id = ${key.id}`;
  expect(await send("sendFile", bearer(key.text))).toEqual([401, "unauthenticated", false]);
});

it("imports an accepted file, although its key is revoked before the worker gets to it", async () => {
  const key = await world.keyOf({ scopes });
  expect((await send("sendFile", bearer(key.text)))[0]).toBe(202);
  await database().sql`update api_keys set revoked_at = now() where id = ${key.id}`;
  // An import creates the partitions that it needs.
  await database().sql`drop table polls_all`;
  const { workOnImport } = await import("@/lib/server/jobs/work-on-import");
  const { makeLog } = await import("@/lib/server/log");
  const snapshotDelay = { quietMs: 0, maxDelayMs: 0, maxImportDelayMs: 0 };
  const timing = { leaseSeconds: 30, heartbeatSeconds: 5, snapshotIntervalSeconds: 60, snapshotDelay };
  const waits = { pollMs: 1, sweepMs: 1, maxBackoffMs: 1 };
  const log = makeLog("silent", { write: () => undefined });
  const context = { database: database(), log, timing: { ...timing, ...waits }, stop: new AbortController().signal };
  const applied: unknown[] = [];
  for (;;) {
    const claim = await claimImport(database(), "test", 30);
    if (claim === null) break;
    await workOnImport(context, claim);
    applied.push((await findImport(database(), claim.id))?.state);
  }
  expect(applied.length).toBeGreaterThan(0);
  expect(new Set(applied)).toEqual(new Set(["complete"]));
});
