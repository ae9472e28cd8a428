import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, beforeEach, expect, it, vi } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { changeAs } from "@/lib/server/access/as-viewer";
import { changePassword } from "@/lib/server/access/change-password";
import { createKey, revokeKey, rotateKey } from "@/lib/server/access/manage-keys";
import { changePerson } from "@/lib/server/access/manage-people";
import { passwords } from "@/lib/server/access/passwords";
import { personViewer } from "@/lib/server/access/person-viewer";
import { startSession, signIn } from "@/lib/server/access/sign-in";
import { hashToken } from "@/lib/server/access/tokens";
import { systemViewer, type Viewer } from "@/lib/server/access/viewer";
import { requestReport, triggerStoreReport } from "@/lib/server/reports/request-report";
import { createWebhook } from "@/lib/server/webhooks/manage-webhooks";
import { findSession } from "@/db/queries/bulk/credentials";

/** What is checked before a transaction, or in a concurrent one, still holds when the effect happens. */
const database = testDb();
const client = { address: "", userAgent: "" };
const old = "nine quiet cormorants";
const next = "eleven patient herons by the lake";
let oldHash: string;
let nextHash: string;

beforeAll(async () => {
  vi.stubEnv("REPORTS_UNDER_WAY_PER_ACCOUNT", "1");
  oldHash = await passwords.hash(old);
  nextHash = await passwords.hash(next);
});

beforeEach(async () => {
  const { sql } = database();
  await sql`truncate people, sessions, api_keys, webhooks, reports, stores restart identity cascade`;
  await sql`
    insert into people (email, name, role, password_hash)
    values ('ada@x.org', 'Ada', 'operator', ${oldHash}), ('bob@x.org', 'Bob', 'operator', ${oldHash})`;
  await sql`insert into stores (store_id) values ('a'), ('b')`;
});

const countOf = async (table: "sessions" | "webhooks" | "reports"): Promise<unknown> => {
  const { sql } = database();
  return (await sql`select count(*)::int as count from ${sql(table)}`)[0]?.["count"];
};
const countOfActiveKeys = async (): Promise<unknown> =>
  (await database().sql`select count(*)::int as count from api_keys where revoked_at is null`)[0]?.["count"];
const countOfOperators = async (): Promise<unknown> =>
  (await database().sql`select count(*)::int as count from people where role = 'operator'`)[0]?.["count"];
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
  );

async function signedIn(personId: number): Promise<Viewer> {
  const { token } = await withTransaction(database(), (tx) => startSession(tx, personId, client));
  const person = await findSession(database(), hashToken(token));
  if (person === null) throw new Error("There is a session.");
  return personViewer(person, "");
}

/** Resolves when a statement waits for a lock, or the work has ended without waiting. */
async function untilItWaits(work: Promise<unknown>): Promise<void> {
  const state = { ended: false };
  const end = (): void => {
    state.ended = true;
  };
  work.then(end, end);
  for (;;) {
    const [row] = await database().sql<{ waiting: boolean }[]>`
      select exists (select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock') as waiting`;
    if (row?.waiting === true || state.ended) return;
    await pause(10);
  }
}

/** Runs `first` in a transaction that stays open until `second` waits for it or has ended; then both end. */
async function during(first: (done: () => Promise<void>) => Promise<unknown>, second: () => Promise<unknown>) {
  let other: Promise<unknown> = Promise.resolve();
  const one = codeOf(
    first(async () => {
      other = codeOf(second());
      await untilItWaits(other);
    }),
  );
  const firstCode = await one;
  return [firstCode, await other];
}

it("a sign-in that checked the old password during its change starts no session", async () => {
  const { sql } = database();
  const change = async (): Promise<void> => {
    await sql`update people set password_hash = ${nextHash} where email = 'ada@x.org'`;
    await sql`delete from sessions`;
  };
  const compared = {
    isOf: async (): Promise<boolean> => {
      await change();
      return true;
    },
  };
  const attempt = signIn(database(), { email: "ada@x.org", password: old }, client, compared);
  expect(await codeOf(attempt)).toBe("wrong_password");
  expect(await countOf("sessions")).toBe(0);
});

it("a change of password ends a session that starts concurrently", async () => {
  const ada = await signedIn(1);
  const signing = (done: () => Promise<void>) =>
    withTransaction(database(), async (tx) => {
      await tx.sql`select from people where id = 1 for share`;
      await startSession(tx, 1, client);
      await done();
    });
  const changing = () => changePassword(database(), ada, { current: old, password: next }, client);
  expect(await during(signing, changing)).toEqual(["done", "done"]);
  expect(await countOf("sessions")).toBe(1);
});

it("of two changes of one password from the same old one, one has an effect", async () => {
  const [here, there] = [await signedIn(1), await signedIn(1)];
  const codes = await Promise.all(
    [here, there].map((viewer) => codeOf(changePassword(database(), viewer, { current: old, password: next }, client))),
  );
  expect(codes.filter((code) => code === "done")).toHaveLength(1);
  expect(await countOf("sessions")).toBe(1);
});

it("a key that an operator creates while being demoted is revoked with the others", async () => {
  const ada = await signedIn(1);
  const making = (done: () => Promise<void>) =>
    changeAs(
      database(),
      ada,
      async (tx, current) => {
        await createKey(tx, current, { name: "k", scopes: ["admin"] }, Date.now());
        await done();
      },
      { underRls: false },
    );
  const demoting = () => changePerson(database(), systemViewer, 1, { role: "owner" });
  expect(await during(making, demoting)).toEqual(["done", "done"]);
  expect(await countOfActiveKeys()).toBe(0);
});

it("a key has no effect once its revocation has returned", async () => {
  const { sql } = database();
  await sql`
    insert into api_keys (id, name, secret_hash, scopes, created_by)
    values ('abcd2345', 'k', sha256('x'), '{stores:write}', 'person:1')`;
  const viewer: Viewer = {
    ...{ ...systemViewer, kind: "key", principal: "key:abcd2345", account: "key:abcd2345" },
    credential: { kind: "key", keyId: "abcd2345", personId: null },
  };
  const order: string[] = [];
  const acting = (done: () => Promise<void>) =>
    changeAs(database(), viewer, async () => {
      await done();
      order.push("effect");
    });
  const revoking = async () => {
    await revokeKey(database(), systemViewer, "abcd2345");
    order.push("revoked");
  };
  expect(await during(acting, revoking)).toEqual(["done", "done"]);
  expect(order).toEqual(["effect", "revoked"]);
});

it("a key is not rotated after it is revoked", async () => {
  const { sql } = database();
  await sql`
    insert into api_keys (id, name, secret_hash, scopes, created_by)
    values ('abcd2345', 'k', sha256('x'), '{stores:write}', 'person:1')`;
  const revoking = (done: () => Promise<void>) =>
    withTransaction(database(), async (tx) => {
      await tx.sql`select from api_keys where id = 'abcd2345' for update`;
      await tx.sql`update api_keys set revoked_at = now() where id = 'abcd2345'`;
      await done();
    });
  const rotating = () =>
    changeAs(database(), systemViewer, (tx, current) => rotateKey(tx, current, "abcd2345"), { underRls: false });
  expect(await during(revoking, rotating)).toEqual(["done", "key_not_found"]);
  expect(await countOfActiveKeys()).toBe(0);
});

it("two operators who demote each other leave one, without waiting for a deadlock timeout", async () => {
  const [ada, bob] = [await signedIn(1), await signedIn(2)];
  const codes = await Promise.all([
    codeOf(changePerson(database(), ada, 2, { role: "owner" })),
    codeOf(changePerson(database(), bob, 1, { role: "owner" })),
  ]);
  expect(codes.sort()).toEqual(["done", "unauthenticated"]);
  expect(await countOfOperators()).toBe(1);
});

it("the last webhook place is taken once", async () => {
  const { sql } = database();
  await sql`
    insert into webhooks (url, events, secret)
    select 'https://hooks.invalid/', '{store.offline}', 's' from generate_series(1, 49)`;
  const body = { url: "https://hooks.invalid/x", events: ["store.offline" as const] };
  const first = (done: () => Promise<void>) =>
    changeAs(database(), systemViewer, async (tx, current) => {
      await createWebhook(tx, current, body);
      await done();
    });
  const second = () => changeAs(database(), systemViewer, (tx, current) => createWebhook(tx, current, body));
  expect(await during(first, second)).toEqual(["done", "too_many_webhooks"]);
  expect(await countOf("webhooks")).toBe(50);
});

it("the last report place is taken once", async () => {
  const first = (done: () => Promise<void>) =>
    changeAs(database(), systemViewer, async (tx, current) => {
      await requestReport(tx, current, { store_id: "a", method: "interpolated" }, Date.now());
      await done();
    });
  const second = () => triggerStoreReport(database(), systemViewer, "b", "interpolated");
  expect(await during(first, second)).toEqual(["done", "report_limit"]);
  expect(await countOf("reports")).toBe(1);
});
