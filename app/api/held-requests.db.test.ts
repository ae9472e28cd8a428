import { beforeAll, describe, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import type * as transactions from "@/db/transaction";
import { insertSession } from "@/db/queries/sessions";
import { operations } from "@/lib/contract/operations";
import type { Operation } from "@/lib/contract/operation";
import { scopes } from "@/lib/contract/scopes";
import { hashToken, makeToken } from "@/lib/server/access/tokens";
import { bearer, changes, cookie, requestOf, type Caller } from "@/e2e/http/authorization/test-support/access-rows";
import { plantAccessWorld, type AccessWorld } from "@/e2e/http/authorization/test-support/access-world";
import { tableContents } from "@/e2e/http/authorization/test-support/table-contents";
import { closeGate, holdBody, sendHeld, type Gate } from "./test-support/held-request";

/**
 * A request is admitted, is held before its effect, loses its right, and is released: it is refused, and nothing has
 * changed. For every operation with an effect, by each source of rights.
 */
const gate = vi.hoisted((): Gate => ({ pass: () => Promise.resolve() }));
vi.mock("@/db/transaction", async (importOriginal) => {
  const original = await importOriginal<typeof transactions>();
  const withTransaction: typeof original.withTransaction = async (pool, body, mode, options) => {
    if (mode === undefined || mode === "read write") await gate.pass();
    return original.withTransaction(pool, body, mode, options);
  };
  return { ...original, withTransaction };
});

const database = testDb();
let world: AccessWorld;
let count = 0;
const password = "nine quiet cormorants";
let passwordHash: string;

beforeAll(async () => {
  vi.stubEnv("AUTH", "required");
  vi.stubEnv("DATABASE_URL", database().url);
  vi.resetModules();
  world = await plantAccessWorld(database());
  const { passwords } = await import("@/lib/server/access/passwords");
  passwordHash = await passwords.hash(password);
}, 60_000);

/** Operations that only read although their method is that of a change. */
const reading = new Set(["getLegacyReport", "previewStoreHours", "convertHours", "downloadSelectedStoresCsv"]);
/** Writes to the audit log although it is a GET. */
const writing = new Set(["exportPerson"]);
const changing = operations.filter(
  (operation) =>
    operation.access.scope !== "anyone" &&
    !reading.has(operation.id) &&
    (changes(operation) || writing.has(operation.id)),
);

/** What an owner who manages a store may call, and whether it needs the right to change that store. */
const ofOwners: Readonly<Record<string, "manage" | "see">> = {
  ...{ editStore: "manage", putException: "manage", removeException: "manage", sendPolls: "manage" },
  ...{ putStoreHours: "manage", putHours: "manage", putExceptions: "manage", changeStores: "manage" },
  ...{ removePolls: "manage", undoPollRemoval: "manage" },
  ...{ createReport: "see", triggerStoreReport: "see", createKey: "see", retryReport: "see", cancelReport: "see" },
};
/** Operations about the caller only, with any rights: only the end of the session removes the right. */
const ofOneself = new Set([
  ...["rotateKey", "revokeKey", "endSession", "signOutEverywhere", "changePassword", "removePerson", "exportPerson"],
]);

/** Valid bodies for operations whose example is not valid here. */
const bodies: Readonly<Record<string, unknown>> = {
  changePassword: { current: password, password: "eleven patient herons by the lake" },
  createWebhook: { url: "https://1.1.1.1/hook", events: ["store.offline"] },
  createKey: { name: "held", scopes: ["stores:read"], store_ids: ["mine"] },
  changePerson: { name: "Another" },
};

async function person(role: "operator" | "owner"): Promise<{ readonly id: number; readonly caller: Caller }> {
  const { sql } = database();
  const [row] = await sql<{ id: string }[]>`
    insert into people (email, name, role, password_hash)
    values (${`held${++count}@x.org`}, 'Held', ${role}, ${passwordHash}) returning id`;
  const id = Number(row?.id);
  if (role === "owner") await sql`insert into person_stores values (${id}, 1, true)`;
  const token = makeToken();
  await insertSession(database(), { tokenHash: hashToken(token), personId: id, userAgent: "", address: "" });
  return { id, caller: cookie(token) };
}

async function changeRole(id: number): Promise<void> {
  const { changePerson } = await import("@/lib/server/access/manage-people");
  const { systemViewer } = await import("@/lib/server/access/viewer");
  await changePerson(database(), systemViewer, id, { role: "owner" });
}

/** Sends as `caller` and revokes the right while the request is held; returns the error and what changed. */
async function hold(
  operation: Operation,
  caller: Caller,
  ownId: number,
  end: () => PromiseLike<unknown>,
  where: string,
) {
  const ids = {
    ...world.theirs,
    store_id: caller === world.everyScope ? "other" : "mine",
    report_id: ownReport(ownId),
    // Of the store `mine`.
    removal_id: "2",
  };
  const content = bodies[operation.id];
  const plain = requestOf(operation, caller, ids);
  const address = new URL(plain.url);
  if (operation.id === "deleteStore") address.searchParams.set("confirm", ids.store_id);
  const text =
    operation.body === undefined ? "" : content === undefined ? await plain.clone().text() : JSON.stringify(content);
  const { method, headers } = plain;
  const init = operation.body === undefined ? { method, headers } : { method, headers, body: text };
  const before = await tableContents(database());
  let after: typeof before = {};
  const meanwhile = async (): Promise<void> => {
    await end();
    after = await tableContents(database());
  };
  const held =
    where === "body" ? holdBody(plain, text) : { request: new Request(address, init), hold: closeGate(gate) };
  const outcome = await sendHeld(operation, held.request, held.hold, meanwhile);
  // The chunks of a file exist while it arrives, and are deleted with it.
  const expected = { ...after, imports: before["imports"], import_chunks: before["import_chunks"] };
  expect(await tableContents(database())).toEqual(expected);
  return outcome;
}

const reportsOf = new Map<number, string>();
const ownReport = (personId: number): string => reportsOf.get(personId) ?? "1";

async function reportOf(personId: number): Promise<void> {
  const [row] = await database().sql<{ id: string }[]>`
    insert into reports (origin, scope, store_keys, method, as_of, state, dedupe_key, requested_by)
    values ('request', 'store', '{1}', 'interpolated', now(), 'queued', ${`held ${personId}`}, ${`person:${personId}`})
    returning id`;
  reportsOf.set(personId, row?.id ?? "");
}

it("has an owner for every operation with an effect", () => {
  const known = changing.map(({ id, access }) => {
    return [id, "wholeFleet" in access ? "fleet" : ofOneself.has(id) ? "oneself" : ofOwners[id]];
  });
  expect(known.filter(([, whose]) => whose === undefined)).toEqual([]);
});

const places = (operation: Operation) => (operation.body === undefined ? ["transaction"] : ["body", "transaction"]);
const cases = changing.flatMap((operation) => {
  return places(operation).map((where) => ({ id: operation.id, where, operation }));
});

describe.each(cases)("$id, held in its $where", ({ id, where, operation }) => {
  it("is refused to a person whose rights have changed", async () => {
    const { sql } = database();
    const ends: ((personId: number) => PromiseLike<unknown>)[] = [
      changeRole,
      (personId) => sql`delete from people where id = ${personId}`,
      (personId) => sql`delete from sessions where person_id = ${personId}`,
      (personId) => sql`update sessions set expires_at = now() where person_id = ${personId}`,
      (personId) => sql`update sessions set last_seen_at = now() - interval '8 days' where person_id = ${personId}`,
    ];
    for (const end of ends) {
      const { id: personId, caller } = await person("operator");
      const outcome = await hold(operation, caller, personId, () => end(personId), where);
      expect([id, outcome]).toEqual([id, { status: 401, code: "unauthenticated" }]);
    }
    if ("wholeFleet" in operation.access) {
      const { id: personId, caller } = await person("operator");
      const demote = () => sql`update people set role = 'owner' where id = ${personId}`;
      expect(await hold(operation, caller, personId, demote, where)).toEqual({
        status: 403,
        code: "insufficient_scope",
      });
    }
  });

  it.runIf(operation.access.scope !== "person" && !("signedIn" in operation.access))(
    "is refused to a key whose rights have changed",
    async () => {
      const { sql } = database();
      const ends: readonly [(keyId: string) => PromiseLike<unknown>, number][] = [
        [(keyId) => sql`update api_keys set revoked_at = now() where id = ${keyId}`, 401],
        [(keyId) => sql`update api_keys set expires_at = now() where id = ${keyId}`, 401],
        [(keyId) => sql`delete from api_keys where id = ${keyId}`, 401],
        [(keyId) => sql`update api_keys set scopes = '{stores:read}' where id = ${keyId}`, 403],
      ];
      for (const [end, status] of ends) {
        const key = await world.keyOf({ scopes });
        const outcome = await hold(operation, bearer(key.text), 0, () => end(key.id), where);
        expect([id, outcome.status]).toEqual([id, status]);
      }
      const { id: maker } = await person("operator");
      const key = await world.keyOf({ scopes });
      await sql`update api_keys set created_by = ${`person:${maker}`} where id = ${key.id}`;
      const outcome = await hold(operation, bearer(key.text), 0, () => changeRole(maker), where);
      expect([id, outcome.status]).toEqual([id, 401]);
    },
  );

  it.runIf(ofOwners[id] !== undefined)("is refused to an owner who lost the store", async () => {
    const { sql } = database();
    const ends: ((personId: number) => PromiseLike<unknown>)[] = [
      (personId) => sql`delete from person_stores where person_id = ${personId}`,
      ...(ofOwners[id] === "manage"
        ? [(personId: number) => sql`update person_stores set manage = false where person_id = ${personId}`]
        : []),
    ];
    for (const end of ends) {
      const { id: personId, caller } = await person("owner");
      await reportOf(personId);
      const outcome = await hold(operation, caller, personId, () => end(personId), where);
      expect([403, 404], `${id} ${JSON.stringify(outcome)}`).toContain(outcome.status);
    }
  });
});
