import { beforeAll, describe, expect, it, vi } from "vitest";
import { insertKey } from "@/db/queries/api-keys";
import { insertSession } from "@/db/queries/sessions";
import { claimReport } from "@/db/queries/report-queue";
import { queueSnapshotIfDue } from "@/db/queries/reports";
import { testDb } from "@/db/testing/test-db";
import type { Operation } from "@/lib/contract/operation";
import { operations } from "@/lib/contract/operations";
import { scopes, type Scope } from "@/lib/contract/scopes";
import { documented } from "@/lib/contract/test-support/documented";
import { callOperation } from "@/lib/contract/test-support/routes";
import { formatKey, makeKey } from "@/lib/server/access/key-format";
import { hashToken, makeToken } from "@/lib/server/access/tokens";
import { produceReport } from "@/lib/server/reports/produce-report";

const database = testDb();
const at = "2023-01-25T18:00:00Z";

/** What the caller of a request sends of themselves. */
type Caller = Readonly<Record<string, string>>;

const bearer = (key: string): Caller => ({ authorization: `Bearer ${key}` });
const cookie = (token: string): Caller => ({ cookie: `session=${token}`, "sec-fetch-site": "same-origin" });

/** Ids of what is somebody else's: the store `other`, and what person 3 has. */
const theirs: Record<string, string> = {
  store_id: "other",
  date: "2023-12-24",
  report_id: "1",
  import_id: "1",
  webhook_id: "1",
  delivery_id: "1",
  person_id: "3",
  session_id: "3",
  invitation_id: "1",
  list: "without_hours",
  kind: "polls",
};

/** The same of what nobody has. */
const nobodys: Record<string, string> = {
  ...theirs,
  ...{ store_id: "nothing", report_id: "900", import_id: "900", webhook_id: "900", delivery_id: "900" },
  ...{ person_id: "900", session_id: "900", invitation_id: "900", key_id: "aaaaaaaa" },
};

/** Bodies that name somebody's object, where the operation's example does not. */
const bodies: Readonly<Record<string, (ids: Record<string, string>) => unknown>> = {
  createReport: ({ store_id }) => ({ store_id }),
  getDocumentedReport: ({ report_id }) => ({ report_id }),
  sendPolls: ({ store_id }) => ({ polls: [{ store_id, at: "2023-03-01T10:00:00Z", status: "active" }] }),
  createKey: ({ store_id }) => ({ name: "x", scopes: ["stores:read"], store_ids: [store_id] }),
};

function requestOf(operation: Operation, caller: Caller, ids: Record<string, string> = theirs): Request {
  // Nothing waits for a report that nobody works on.
  const search = new URL(operation.example, "http://localhost").search.replace(/[?&]wait=\d+/, "");
  const path = operation.path.replace(/\{([^}]+)\}/g, (_all, name: string) => ids[name] ?? `no-${name}`);
  const { body } = operation;
  const content = bodies[operation.id]?.(ids) ?? body?.example;
  const text = typeof content === "string" ? content : JSON.stringify(content);
  return new Request(`http://localhost${path}${search}`, {
    method: operation.method,
    headers: { ...caller, ...(body === undefined ? {} : { "content-type": body.content.mediaType }) },
    ...(body === undefined ? {} : { body: text }),
  });
}

function operationOf(id: string): Operation {
  const operation = operations.find((one) => one.id === id);
  if (operation === undefined) throw new Error(`There is no ${id}.`);
  return operation;
}

async function call(operation: Operation, caller: Caller, ids?: Record<string, string>) {
  const request = requestOf(operation, caller, ids);
  const response = await callOperation(operation, request.clone());
  const text = await response.clone().text();
  if (text.includes("could not be serialised")) throw new Error(text);
  await documented(request, response);
  const code: unknown = text.startsWith("{") ? Reflect.get(JSON.parse(text) as object, "code") : undefined;
  return { status: response.status, code, text, headers: response.headers };
}

let callers: Record<"owner" | "reader" | "operator" | "other", Caller>;
let refused: Record<string, Caller>;
const keysWithout = new Map<Scope, Caller>();
let readOnly: Caller;
let ownersKey: Caller;
let everyScope: Caller;

async function keyOf(options: {
  readonly scopes: readonly Scope[];
  readonly personId?: number;
  readonly expiresAt?: string;
  readonly storeKeys?: readonly number[];
}): Promise<{ readonly id: string; readonly text: string }> {
  const made = makeKey();
  const { personId = null, expiresAt = null, storeKeys = null } = options;
  await insertKey(database().sql, {
    ...{ id: made.id, name: made.id, secretHash: hashToken(made.secret), scopes: options.scopes },
    ...{ storeKeys, personId, createdBy: personId === null ? "person:1" : `person:${personId}`, expiresAt },
  });
  return { id: made.id, text: formatKey(made) };
}

async function sessionOf(personId: number): Promise<string> {
  const token = makeToken();
  await insertSession(database().sql, { tokenHash: hashToken(token), personId, userAgent: "", address: "" });
  return token;
}

beforeAll(async () => {
  const { db, sql, url } = database();
  vi.stubEnv("AUTH", "required");
  vi.stubEnv("DATABASE_URL", url);
  vi.resetModules();
  await sql`create table polls_all partition of polls default`;
  await sql`insert into stores (store_id, name, group_name) values ('mine', 'Mine', 'g'), ('other', 'Secret Name', 'h')`;
  await sql`
    insert into polls select store_key, ${at}::timestamptz - make_interval(hours => n), n % 3 > 0
    from stores, generate_series(0, 200) as n`;
  await sql`insert into poll_conflicts select store_key, ${at} from stores`;
  await sql`insert into schedule_exceptions select store_key, '2023-12-24', 0, 0 from stores`;
  await sql`update fleet_state set newest_poll_at = ${at}, data_version = 1`;
  await sql`
    insert into people (email, name, role, password_hash)
    values ('op@x.org', 'Op', 'operator', ''), ('owner@x.org', 'Owner', 'owner', ''), ('other@x.org', 'Other', 'owner', '')`;
  await sql`insert into person_stores values (2, 1, true)`;
  await sql`insert into person_groups values (3, 'h', true)`;
  await sql`insert into webhooks (url, events, secret) values ('https://x.org/', '{store.offline}', 's')`;
  await sql`insert into webhook_deliveries (webhook_id, message_id, type, payload) values (1, 'm', 'webhook.test', '{}')`;
  await sql`
    insert into imports (kind, state, dry_run, abort_on_reject, counts, finished_at)
    values ('polls', 'complete', false, false,
      '{"rows":0,"accepted":0,"duplicate":0,"conflicting":0,"rejected":0,"blank":0,"discarded":0}', now())`;
  await sql`
    insert into invitations (token_hash, email, role, grants, created_by, expires_at)
    values (decode('00', 'hex'), 'new@x.org', 'owner', '[]', 'person:1', now() + interval '1 day')`;
  await sql`
    insert into reports (origin, scope, store_keys, method, as_of, state, dedupe_key, requested_by)
    values ('request', 'store', '{2}', 'interpolated', ${at}, 'queued', 'theirs', 'person:3')`;
  const claim = await claimReport(db, { worker: "t", leaseSeconds: 60, maxStores: null });
  if (claim === null) throw new Error("There is a report to compute.");
  await produceReport(sql, claim);
  await queueSnapshotIfDue(sql, 0);
  const snapshot = await claimReport(db, { worker: "t", leaseSeconds: 60, maxStores: null });
  if (snapshot === null) throw new Error("There is a snapshot to compute.");
  await produceReport(sql, snapshot);

  const [operator, owner, other] = [await sessionOf(1), await sessionOf(2), await sessionOf(3)];
  const [expired, idle, ended] = [await sessionOf(1), await sessionOf(1), await sessionOf(1)];
  await sql`update sessions set expires_at = now() where token_hash = ${hashToken(expired)}`;
  await sql`update sessions set last_seen_at = now() - interval '7 days' where token_hash = ${hashToken(idle)}`;
  await sql`delete from sessions where token_hash = ${hashToken(ended)}`;
  for (const scope of scopes) {
    const { text } = await keyOf({ scopes: scopes.filter((one) => one !== scope) });
    keysWithout.set(scope, bearer(text));
  }
  readOnly = bearer((await keyOf({ scopes: ["stores:read", "reports:read"] })).text);
  everyScope = bearer((await keyOf({ scopes })).text);
  ownersKey = bearer((await keyOf({ scopes, personId: 2 })).text);
  theirs["key_id"] = (await keyOf({ scopes, personId: 3 })).id;
  const revoked = await keyOf({ scopes });
  await sql`update api_keys set revoked_at = now() where id = ${revoked.id}`;
  const old = await keyOf({ scopes, expiresAt: "2020-01-01T00:00:00Z" });
  const { text } = await keyOf({ scopes });
  const wrongSecret = formatKey({ id: revoked.id, secret: makeToken() });
  callers = { operator: cookie(operator), owner: cookie(owner), other: cookie(other), reader: readOnly };
  refused = {
    nobody: {},
    "a revoked key": bearer(revoked.text),
    "an expired key": bearer(old.text),
    "a wrong secret": bearer(wrongSecret),
    "a key that is not there": bearer(formatKey(makeKey())),
    "a key with a typing error": bearer(text.slice(0, -1)),
    "another prefix": bearer(text.replace("sm_", "xx_")),
    "an empty Bearer": { authorization: "Bearer " },
    Basic: { authorization: `Basic ${btoa("a:b")}` },
    "a key without a scheme": { authorization: text },
    "two keys": { authorization: `Bearer ${text}`, "x-api-key": text },
    "a megabyte": { authorization: `Bearer ${"x".repeat(1_000_000)}` },
    "a bad key beside a good session": { ...bearer(old.text), ...cookie(operator) },
    "an expired session": cookie(expired),
    "a session that was not used": cookie(idle),
    "a session that was ended": cookie(ended),
    "a session of nobody": cookie(makeToken()),
  };
}, 60_000);

const guarded = operations.filter(({ access }) => access.scope !== "anyone");
const changes = ({ method, access }: Operation) => method !== "GET" || "changesByGet" in access;
const named = (list: readonly Operation[]) => list.map((operation) => ({ id: operation.id, operation }));

/** Each operation that anyone may call, and why. */
const forAnyone: Readonly<Record<string, string>> = {
  setUp: "by a link",
  acceptInvitation: "by a link",
  signIn: "by a password",
  signOut: "of oneself",
  getSession: "says that nobody has signed in",
  getOpenApi: "holds no data",
  getLiveness: "holds no data",
  getReadiness: "holds no data",
};

/** What an owner is answered who asks for another's: `empty`, that is 200 without anything of theirs. */
const forOwnerOfAnother: Readonly<Record<string, 200 | 202 | 403 | 404 | "own">> = {
  ...{ listStores: 200, downloadStoresCsv: 200, getFleet: 200, getFleetLabels: 200, getStatus: 200 },
  ...{ getDataQuality: 200, listDataQuality: 200, listReports: 200, sendPolls: 200, listKeys: 200 },
  ...{ getStore: 404, editStore: 404, listExceptions: 404, putException: 404, removeException: 404 },
  ...{ getStoreUptime: 404, getStoreTimeline: 404, listStoreIncidents: 404, getStoreHeatmap: 404 },
  ...{
    createReport: 404,
    getReport: 404,
    cancelReport: 404,
    getReportSummary: 404,
    downloadReportCsv: 404,
    downloadReportNdjson: 404,
  },
  ...{ triggerStoreReport: 404, getDocumentedReport: 404 },
  ...{ sendFile: 403, listImports: 403, getImport: 403, downloadImportRejects: 403, deleteImport: 403 },
  ...{ cancelImport: 403, undoImport: 403 },
  ...{ createWebhook: 403, listWebhooks: 403, getWebhook: 403, changeWebhook: 403, deleteWebhook: 403 },
  ...{ testWebhook: 403, listWebhookDeliveries: 403, replayWebhookDelivery: 403 },
  ...{ listPeople: 403, getPerson: 403, changePerson: 403, removePerson: 404, exportPerson: 404 },
  ...{ listInvitations: 403, invite: 403, removeInvitation: 403, listAudit: 403, getMetrics: 403 },
  ...{ createKey: 404, rotateKey: 404, revokeKey: 404, listSessions: 200, endSession: 404 },
  // Their own and nothing else is what they are about.
  ...{ signOutEverywhere: "own", changePassword: "own" },
};

it("has a row for every operation", () => {
  const anyone = operations.filter(({ access }) => access.scope === "anyone").map(({ id }) => id);
  expect(anyone.sort()).toEqual(Object.keys(forAnyone).sort());
  expect(guarded.map(({ id }) => id).sort()).toEqual(Object.keys(forOwnerOfAnother).sort());
});

describe.each(named(guarded))("$id", ({ id, operation }) => {
  const { scope, ...access } = operation.access;

  it("answers whoever it does not know 401, all the same", async () => {
    const texts = new Set<string>();
    for (const [who, caller] of Object.entries(refused)) {
      const { status, code, text, headers } = await call(operation, caller);
      expect([who, status, code]).toEqual([who, 401, "unauthenticated"]);
      expect(headers.get("www-authenticate")).toMatch(/^Bearer/);
      expect(headers.get("cache-control")).toContain("no-store");
      texts.add(text.replace(/"request_id":"[^"]+"/, ""));
    }
    expect(texts.size).toBe(1);
  });

  it("asks a key for its scope", async () => {
    if (scope === "person") {
      expect(await call(operation, everyScope)).toMatchObject({ status: 403, code: "insufficient_scope" });
      return;
    }
    const without = scope === "anyone" ? undefined : keysWithout.get(scope);
    expect(await call(operation, without ?? {})).toMatchObject({ status: 403, code: "insufficient_scope" });
    const mayRead = scope === "stores:read" || scope === "reports:read";
    if (!mayRead) expect(await call(operation, readOnly)).toMatchObject({ status: 403, code: "insufficient_scope" });
  });

  it("shows the owner of another store nothing, and says of what is there what it says of what is not", async () => {
    const expected = forOwnerOfAnother[id];
    if (expected === "own") return;
    for (const caller of scope === "person" ? [callers.owner] : [callers.owner, ownersKey]) {
      const { status, code, text } = await call(operation, caller);
      expect([id, status]).toEqual([id, expected]);
      // Of what is not found they are told what they asked for.
      if (expected !== 404) expect(text).not.toMatch(/Secret Name|"other"|other@x\.org|"h"/);
      if (expected === 403) expect(code).toBe("insufficient_scope");
      if (expected !== 404) continue;
      const absent = await call(operation, caller, nobodys);
      const plain = (body: string, ids: Record<string, string>) =>
        Object.values(ids).reduce((rest, one) => rest.replaceAll(new RegExp(`\\b${one}\\b`, "g"), "…"), body);
      const shape = (body: string) => body.replace(/"request_id":"[^"]+"/, "");
      expect(plain(shape(absent.text), nobodys)).toBe(plain(shape(text), theirs));
    }
  });

  it.runIf(changes(operation))("takes nothing that another site's page has a browser send", async () => {
    const { cookie: sent = "" } = callers.operator;
    const own = { cookie: sent };
    const elsewhere: readonly Caller[] = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { origin: "null" },
      {},
    ];
    for (const from of elsewhere) {
      expect(await call(operation, { ...own, ...from })).toMatchObject({ status: 403, code: "cross_site_request" });
    }
  });

  it("refuses a key in the address", async () => {
    const request = requestOf(operation, callers.operator);
    const url = new URL(request.url);
    url.searchParams.set("key", (everyScope["authorization"] ?? "").slice(7));
    const moved = new Request(url, { method: operation.method, headers: request.headers });
    const response = await callOperation(operation, moved);
    expect([response.status, await response.json()]).toMatchObject([400, { code: "key_in_url" }]);
  });

  it("does not refuse who may", async () => {
    // Those that would take away what the others ask for are left out; journeys do them.
    if (
      ["signOutEverywhere", "deleteWebhook", "removePerson", "changePerson", "changePassword", "getMetrics"].includes(
        id,
      )
    )
      return;
    const caller = scope === "person" || "signedIn" in access ? callers.operator : everyScope;
    const { status, code, text } = await call(operation, caller, { ...theirs, person_id: "2", session_id: "900" });
    expect([401, 403], text).not.toContain(status);
    if (id !== "endSession" && id !== "createKey")
      expect([id, code]).not.toEqual([id, expect.stringMatching(/_not_found$/)]);
  });
});

describe("what is narrowed", () => {
  const get = async (id: string, caller: Caller): Promise<Record<string, unknown>> => {
    const { text } = await call(operationOf(id), caller);
    return JSON.parse(text) as Record<string, unknown>;
  };

  it("sums an owner's fleet over their stores, as the whole fleet's are summed", async () => {
    const fleets = [await get("getFleet", callers.owner), await get("getFleet", callers.other)];
    const whole = await get("getFleet", everyScope);
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

  it("lists, searches and counts an owner's stores alone", async () => {
    const list = await get("listStores", callers.owner);
    expect(list).toMatchObject({ matching: 1, stores: [{ store_id: "mine" }] });
    const quality = await get("getDataQuality", callers.owner);
    expect(quality).toMatchObject({ stores: 1, counts: { without_hours: 1, conflicts: 1 } });
  });

  it("lets a key see no more than its stores", async () => {
    const narrowed = bearer((await keyOf({ scopes, storeKeys: [1] })).text);
    expect(await get("listStores", narrowed)).toMatchObject({ matching: 1, stores: [{ store_id: "mine" }] });
    const operation = operationOf("getStore");
    expect(await call(operation, narrowed)).toMatchObject({ status: 404 });
    expect(await call(operation, narrowed, { ...theirs, store_id: "mine" })).toMatchObject({ status: 200 });
  });

  it("gives an owner the report they asked for, of all their stores, and nobody else it", async () => {
    const create = operationOf("createReport");
    const request = new Request("http://localhost/api/v1/reports", {
      method: "POST",
      headers: { ...callers.owner, "content-type": "application/json", "idempotency-key": "k" },
      body: JSON.stringify({ scope: "fleet" }),
    });
    const response = await callOperation(create, request.clone());
    const report = (await response.json()) as { id: number; scope: string };
    expect([response.status, report.scope]).toEqual([202, "stores"]);
    const read = operationOf("getReport");
    const ids = { ...theirs, report_id: String(report.id) };
    expect(await call(read, callers.owner, ids)).toMatchObject({ status: 200 });
    expect(await call(read, ownersKey, ids)).toMatchObject({ status: 200 });
    expect(await call(read, callers.other, ids)).toMatchObject({ status: 404 });
    expect(await call(read, everyScope, ids)).toMatchObject({ status: 200 });
    // Another principal's key of the same name is another key.
    const others = new Request(request.url, {
      method: "POST",
      headers: { ...callers.other, "content-type": "application/json", "idempotency-key": "k" },
      body: JSON.stringify({ scope: "fleet" }),
    });
    const theirReport = (await (await callOperation(create, others)).json()) as { id: number };
    expect(theirReport.id).not.toBe(report.id);
  });

  it("lets an owner change what they manage and send its polls", async () => {
    const edit = operationOf("editStore");
    const put = operationOf("putException");
    const send = operationOf("sendPolls");
    const mine = { ...theirs, store_id: "mine" };
    expect(await call(edit, callers.owner, mine)).toMatchObject({ status: 200 });
    expect(await call(put, callers.owner, mine)).toMatchObject({ status: 200 });
    const sent = await call(send, ownersKey, mine);
    expect([sent.status, sent.text]).toEqual([200, expect.stringContaining('"rejected":[]')]);
    await database().sql`update person_stores set manage = false where person_id = 2`;
    expect(await call(edit, callers.owner, mine)).toMatchObject({ status: 403, code: "insufficient_scope" });
    await database().sql`update person_stores set manage = true where person_id = 2`;
  });

  it("notes a key that stood in an address, once", async () => {
    const { id, text } = await keyOf({ scopes });
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
