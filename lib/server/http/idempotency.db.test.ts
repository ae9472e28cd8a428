import type { Db } from "@/db/client";
import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { deleteExpiredResponses } from "@/db/queries/idempotency-keys";
import { testDb } from "@/db/testing/test-db";
import { AppError } from "@/lib/server/errors";
import { isDatabaseUnavailable } from "@/db/connection-errors";
import { findReport } from "@/db/queries/reports";
import { queueReport } from "@/db/queries/bulk/queue-report";
import { openViewer } from "@/lib/server/access/viewer";
import { withIdempotencyKey, withIdempotencyKeyForStatement, type ResponseParts } from "./idempotency";

const database = testDb();
let effects = 0;

beforeEach(async () => {
  effects = 0;
  await database().sql`truncate idempotency_keys, stores, reports restart identity cascade`;
});

const request = (key: string | null, path = "/api/v1/x"): Request =>
  new Request(`http://localhost${path}`, { method: "POST", headers: key === null ? {} : { "idempotency-key": key } });

/** Inserts a store by plain SQL and reads it through the query builder, as use cases mix the two. */
async function create(db: Db): Promise<ResponseParts> {
  effects += 1;
  const id = await queueReport(db, {
    scope: "fleet",
    storeKeys: null,
    method: "interpolated",
    asOf: 0,
    dedupeKey: `effect ${effects}`,
  });
  const report = await findReport(db, id);
  return { status: 201, headers: { location: `/${id}` }, body: { id: report?.id } };
}

const answer = (key: string | null, input: unknown = {}, effect = create): Promise<Response> =>
  withIdempotencyKey(database(), openViewer, request(key), input, effect);

async function reportCount(): Promise<number> {
  const [row] = await database().sql<{ count: number }[]>`select count(*)::int as count from reports`;
  return row?.count ?? -1;
}

const refused = (code: string): unknown => expect.objectContaining({ code });

describe("a request with an Idempotency-Key", () => {
  it("has its effect once; repeated it gets the same response, marked as such", async () => {
    const first = await answer("k");
    const second = await answer("k");
    for (const response of [first, second]) {
      expect([response.status, response.headers.get("location"), await response.json()]).toEqual([
        201,
        "/1",
        { id: 1 },
      ]);
    }
    expect([first, second].map(({ headers }) => headers.get("idempotent-replay"))).toEqual([null, "true"]);
    expect(await reportCount()).toBe(1);
  });

  it("has an effect each time without one", async () => {
    await answer(null);
    await answer(null);
    expect(await reportCount()).toBe(2);
  });

  it("without one retries a single statement that lost a conflict, without a transaction", async () => {
    const sessions: Db[] = [];
    const effect = async (session: Db) => {
      sessions.push(session);
      if (sessions.length === 1) throw Object.assign(new Error("deadlock detected"), { code: "40P01" });
      return create(session);
    };
    const response = await withIdempotencyKeyForStatement(database(), openViewer, request(null), {}, effect);
    expect([response.status, await reportCount()]).toEqual([201, 1]);
    expect(sessions.map((session) => session === database())).toEqual([true, true]);
  });

  it("stores the response of a single statement, too", async () => {
    for (const replayed of [null, "true"]) {
      const response = await withIdempotencyKeyForStatement(database(), openViewer, request("k"), {}, create);
      expect(response.headers.get("idempotent-replay")).toBe(replayed);
    }
    expect(await reportCount()).toBe(1);
  });

  it("is rejected with another body or at another address", async () => {
    await answer("k", { a: 1 });
    await expect(answer("k", { a: 2 })).rejects.toEqual(refused("idempotency_key_reused"));
    await expect(
      withIdempotencyKey(database(), openViewer, request("k", "/api/v1/y"), { a: 1 }, create),
    ).rejects.toEqual(refused("idempotency_key_reused"));
    expect(await reportCount()).toBe(1);
  });

  it("has one effect however often it is sent at once: the others wait or get the response", async () => {
    const slow = async (tx: Db): Promise<ResponseParts> => {
      await pause(20);
      return create(tx);
    };
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => answer("k", {}, slow)));
    expect(await reportCount()).toBe(1);
    const bodies = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value.text()] : []));
    expect(new Set(await Promise.all(bodies))).toEqual(new Set(['{"id":1}']));
    for (const one of settled) {
      if (one.status === "rejected") expect(one.reason).toEqual(refused("idempotency_key_in_flight"));
    }
    expect(settled.some(({ status }) => status === "rejected")).toBe(true);
  });

  it("may be sent again when it failed, since it had no effect", async () => {
    const fail = async (tx: Db): Promise<ResponseParts> => {
      await create(tx);
      throw new AppError("store_not_found", "No.");
    };
    await expect(answer("k", {}, fail)).rejects.toEqual(refused("store_not_found"));
    expect(await reportCount()).toBe(0);
    expect((await answer("k")).headers.get("idempotent-replay")).toBeNull();
    expect(await reportCount()).toBe(1);
  });

  it("leaves neither half when its connection is cut between the effect and the response", async () => {
    const cut = async (tx: Db): Promise<ResponseParts> => {
      const made = await create(tx);
      const [row] = await tx.sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
      await database().sql`select pg_terminate_backend(${row?.pid ?? 0}, 5000)`;
      return made;
    };
    await expect(answer("k", {}, cut)).rejects.toSatisfy(isDatabaseUnavailable);
    expect(await reportCount()).toBe(0);
    expect(await database().sql`select * from idempotency_keys`).toEqual([]);
    expect((await answer("k")).status).toBe(201);
  });

  it("counts as new after a day", async () => {
    await answer("k");
    await answer("other");
    await database().sql`update idempotency_keys set expires_at = now() - interval '1 ms' where key = 'k'`;
    expect((await answer("k", { other: "body" })).headers.get("idempotent-replay")).toBeNull();
    expect(await reportCount()).toBe(3);
    await database().sql`update idempotency_keys set expires_at = now() where key = 'k'`;
    expect(await deleteExpiredResponses(database())).toBe(1);
    expect(await database().sql`select key from idempotency_keys`).toEqual([{ key: "other" }]);
  });
});
