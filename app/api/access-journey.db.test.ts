import { beforeAll, describe, expect, it, vi } from "vitest";
import { insertInvitation } from "@/db/queries/invitations";
import { testDb } from "@/db/testing/test-db";
import { operations } from "@/lib/contract/operations";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import { callOperation } from "@/lib/contract/test-support/routes";
import { hashToken, makeToken } from "@/lib/server/access/tokens";

const database = testDb();
const password = "nine quiet cormorants";

beforeAll(() => {
  vi.stubEnv("AUTH", "required");
  vi.stubEnv("DATABASE_URL", database().url);
  vi.stubEnv("RATE_LIMIT_SIGN_IN_ADDRESS_PER_MINUTE", "1000");
  vi.resetModules();
});

interface Sent {
  readonly cookie?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly path?: string;
  readonly idempotencyKey?: string;
}

async function send(id: string, { cookie, key, body, path, idempotencyKey }: Sent = {}) {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`There is no ${id}.`);
  const request = new Request(`http://localhost${path ?? operation.path}`, {
    method: operation.method,
    headers: {
      "sec-fetch-site": "same-origin",
      ...(cookie === undefined ? {} : { cookie }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...(idempotencyKey === undefined ? {} : { "idempotency-key": idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await callOperation(operation, request.clone());
  await expectDocumented(request, response);
  const text = await response.text();
  const json = (text.startsWith("{") ? JSON.parse(text) : {}) as Record<string, unknown>;
  const setCookie = response.headers.get("set-cookie") ?? "";
  return { status: response.status, json, setCookie, cookie: setCookie.split(";", 1)[0] ?? "" };
}

async function setupToken(): Promise<string> {
  const token = makeToken();
  const link = { tokenHash: hashToken(token), email: null, role: "operator", grants: [], createdBy: "system" } as const;
  await insertInvitation(database(), link, 15);
  return token;
}

describe("from the first start on", () => {
  let operator = "";

  it("requires setup for every request", async () => {
    for (const id of ["listStores", "getSession", "listPeople"]) {
      expect(await send(id)).toMatchObject({ status: 503, json: { code: "setup_required" } });
    }
    expect(await send("getLiveness")).toMatchObject({ status: 200 });
  });

  it("creates one operator, however many use the links at once", async () => {
    const [token, another] = [await setupToken(), await setupToken()];
    const setUp = (of: string, email: string) => send("setUp", { body: { token: of, name: "Op", email, password } });
    const all = await Promise.all([setUp(token, "a@x.org"), setUp(token, "b@x.org"), setUp(another, "c@x.org")]);
    expect(all.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const made = all.find(({ status }) => status === 201);
    operator = made?.cookie ?? "";
    expect(made?.setCookie).toMatch(/^session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/);
    const rows = await database().sql`select email, role from people`;
    expect(rows).toHaveLength(1);
    expect(await send("getSession", { cookie: operator })).toMatchObject({
      json: { access: "person", whole_fleet: true },
    });
  });

  it("stores no usable token or password", async () => {
    const token = operator.slice("session=".length);
    const { sql } = database();
    const rows = await sql<{ token_hash: Buffer; password_hash: string }[]>`
      select s.token_hash, p.password_hash from sessions s join people p on p.id = s.person_id`;
    const text = JSON.stringify(rows.map((row) => [String(row.token_hash), row.password_hash]));
    expect(text).not.toContain(token);
    expect(text).not.toContain(password);
    expect(rows[0]?.token_hash).toEqual(hashToken(token));
  });

  it("responds the same to a wrong password and to an unknown account", async () => {
    const { sql } = database();
    const [person] = await sql<{ email: string }[]>`select email from people`;
    const wrong = await send("signIn", { body: { email: person?.email, password: "another one entirely" } });
    const unknown = await send("signIn", { body: { email: "nobody@x.org", password: "another one entirely" } });
    const plain = ({ status, json }: typeof wrong) => [status, { ...json, request_id: "" }];
    expect(plain(wrong)).toEqual(plain(unknown));
    expect(wrong).toMatchObject({ status: 401, json: { code: "wrong_password" } });
  });

  it("gives an owner access to their stores by an invitation, once", async () => {
    const { sql } = database();
    await sql`insert into stores (store_id, group_name) values ('one', 'g'), ('two', 'g'), ('three', null)`;
    const body = { email: "owner@x.org", role: "owner", grants: [{ group: "g", manage: true }] };
    const { json } = await send("invite", { cookie: operator, body });
    const token = new URL(String(json["link"]), "http://x").searchParams.get("token") ?? "";
    const listed = await send("listInvitations", { cookie: operator });
    expect(JSON.stringify(listed.json)).not.toContain(token);
    const accept = () => send("acceptInvitation", { body: { token, name: "Olu", password } });
    const both = await Promise.all([accept(), accept()]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 410]);
    const owner = both.find(({ status }) => status === 201)?.cookie ?? "";
    for (const [store, status] of [
      ["one", 200],
      ["two", 200],
      ["three", 404],
    ] as const) {
      expect(await send("getStore", { cookie: owner, path: `/api/v1/stores/${store}` })).toMatchObject({ status });
    }
    await sql`update stores set group_name = 'g' where store_id = 'three'`;
    expect(await send("getStore", { cookie: owner, path: "/api/v1/stores/three" })).toMatchObject({ status: 200 });

    // An owner's keys have no more rights than the owner.
    const most = await send("createKey", { cookie: owner, body: { name: "k", scopes: ["admin"] } });
    expect(most).toMatchObject({ status: 403, json: { code: "insufficient_scope" } });
    const made = await send("createKey", { cookie: owner, body: { name: "k", scopes: ["stores:read"] } });
    const [key, keyId] = [String(made.json["key"]), String(made.json["id"])];
    expect(await send("getStore", { key, path: "/api/v1/stores/one" })).toMatchObject({ status: 200 });
    const next = await send("rotateKey", { cookie: owner, path: `/api/v1/keys/${keyId}/rotate` });
    expect(await send("rotateKey", { cookie: owner, path: `/api/v1/keys/${keyId}/rotate` })).toMatchObject({
      status: 409,
    });
    for (const one of [key, String(next.json["key"])]) {
      expect(await send("getStore", { key: one, path: "/api/v1/stores/one" })).toMatchObject({ status: 200 });
    }
    expect(await send("revokeKey", { cookie: owner, path: `/api/v1/keys/${keyId}` })).toMatchObject({ status: 204 });
    expect(await send("getStore", { key, path: "/api/v1/stores/one" })).toMatchObject({ status: 401 });
    const keys = JSON.stringify((await send("listKeys", { cookie: owner })).json);
    expect(keys).not.toContain(key.slice(17, 60));

    // Repeated under its Idempotency-Key it returns the same key, only to who got it, and the database has no secret.
    const once = { cookie: owner, body: { name: "once", scopes: ["stores:read"] }, idempotencyKey: "till-1" };
    const [first, repeated] = [await send("createKey", once), await send("createKey", once)];
    expect([first.status, repeated.json]).toEqual([201, first.json]);
    const turn = { cookie: owner, path: `/api/v1/keys/${String(first.json["id"])}/rotate`, idempotencyKey: "till-2" };
    expect((await send("rotateKey", turn)).json).toEqual((await send("rotateKey", turn)).json);
    const other = await send("signIn", { body: { email: "owner@x.org", password } });
    expect(await send("createKey", { ...once, cookie: other.cookie })).toMatchObject({
      status: 422,
      json: { code: "idempotency_key_reused" },
    });
    const kept = JSON.stringify(await database().sql`select * from idempotency_keys`);
    expect(kept).toContain("till-1");
    expect(kept).not.toContain(String(first.json["key"]).slice(17, 60));
    const asked = {
      cookie: operator,
      body: { email: "twice@x.org", role: "operator", grants: [] },
      idempotencyKey: "i",
    };
    expect((await send("invite", asked)).json).toEqual((await send("invite", asked)).json);

    // A change of grants signs them out everywhere; so does a new password, except where it was changed.
    const id = 2;
    const change = {
      cookie: operator,
      path: `/api/v1/people/${id}`,
      body: { grants: [{ store_id: "one", manage: false }] },
    };
    expect(await send("changePerson", change)).toMatchObject({ status: 200 });
    expect(await send("getSession", { cookie: owner })).toMatchObject({ status: 401 });
    const again = await send("signIn", { cookie: owner, body: { email: "OWNER@x.org", password } });
    const elsewhere = await send("signIn", { body: { email: "owner@x.org", password } });
    expect(again.cookie).not.toBe(owner);
    const changed = await send("changePassword", {
      cookie: again.cookie,
      body: { current: password, password: "seven loud cormorants" },
    });
    for (const [cookie, status] of [
      [changed.cookie, 200],
      [again.cookie, 401],
      [elsewhere.cookie, 401],
    ] as const) {
      expect(await send("getSession", { cookie })).toMatchObject({ status });
    }
    const own = await send("exportPerson", { cookie: changed.cookie, path: `/api/v1/people/${id}/export` });
    expect(own).toMatchObject({ status: 200, json: { person: { email: "owner@x.org" }, keys: [{}, {}, {}, {}] } });
    expect(await send("signOutEverywhere", { cookie: changed.cookie })).toMatchObject({ status: 204 });
    expect(await send("getSession", { cookie: changed.cookie })).toMatchObject({ status: 401 });

    // Deleting a person leaves none of their data, and their key no longer works.
    expect(await send("removePerson", { cookie: operator, path: `/api/v1/people/${id}` })).toMatchObject({
      status: 204,
    });
    expect(await send("getStore", { key: String(next.json["key"]), path: "/api/v1/stores/one" })).toMatchObject({
      status: 401,
    });
    const [left] = await sql<{ text: string }[]>`
      select string_agg(t::text, ' ') as text from (
        select p::text from people p union all select k::text from api_keys k union all select s::text from sessions s
        union all select a::text from audit_entries a union all select i::text from invitations i) as t`;
    expect(left?.text).not.toMatch(/owner@x|Olu/);
    const audit = await send("listAudit", { cookie: operator });
    const actions = (audit.json["entries"] as { action: string }[]).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(["setup", "invitation.accept", "key.rotate", "person.remove", "session.refuse"]),
    );
  });

  it("keeps the last operator", async () => {
    const [person] = await database().sql<{ id: string }[]>`select id from people`;
    const path = `/api/v1/people/${person?.id ?? ""}`;
    const refused = { status: 409, json: { code: "last_operator" } };
    expect(await send("removePerson", { cookie: operator, path })).toMatchObject(refused);
    expect(await send("changePerson", { cookie: operator, path, body: { role: "owner" } })).toMatchObject(refused);
  });

  it("limits attempts by account, whether or not there is one", async () => {
    for (const email of ["nobody2@x.org", "owner2@x.org"]) {
      const tries: number[] = [];
      for (let i = 0; i < 6; i++) tries.push((await send("signIn", { body: { email, password: "x" } })).status);
      expect(tries).toEqual([401, 401, 401, 401, 401, 429]);
    }
  });
});
