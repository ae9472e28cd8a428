import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { deleteOldRemovals } from "@/db/queries/poll-removals";
import { undoPolls } from "@/db/queries/bulk/poll-undo";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import type { PollRemoval } from "@/lib/contract/poll-removals";
import { expectDocumented } from "@/lib/contract/test-support/expect-documented";
import { asCurrent, openViewer } from "@/lib/server/access/viewer";
import { removeStorePolls } from "@/lib/server/polls/remove-polls";

const database = testDb();
async function load() {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", database().url);
  return {
    polls: await import("@/app/api/v1/polls/route"),
    removals: await import("./route"),
    undo: await import("./[removalId]/undo/route"),
    closeDatabase: (await import("@/lib/server/database")).closeDatabase,
  };
}
let app: Awaited<ReturnType<typeof load>>;
const none = { params: Promise.resolve({}) };

beforeAll(async () => {
  app = await load();
});
afterAll(async () => {
  await app.closeDatabase();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  const { sql } = database();
  await sql`truncate stores, polls, poll_conflicts, poll_removals, idempotency_keys restart identity cascade`;
  await sql`update fleet_state set newest_poll_at = null, data_version = 0`;
});

async function send(...polls: readonly (readonly [at: string, status: string, store?: string])[]): Promise<void> {
  const body = { polls: polls.map(([at, status, store = "A"]) => ({ store_id: store, at: `${at}:00Z`, status })) };
  const request = new Request("http://localhost/api/v1/polls", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect((await app.polls.POST(request, none)).status).toBe(200);
}

async function remove(search: string, headers: Record<string, string> = {}): Promise<Response> {
  const request = new Request(`http://localhost/api/v1/polls?${search}`, { method: "DELETE", headers });
  const response = await app.polls.DELETE(request, none);
  await expectDocumented(request, response);
  return response;
}

async function undo(id: number | string): Promise<Response> {
  const request = new Request(`http://localhost/api/v1/poll-removals/${id}/undo`, { method: "POST" });
  const response = await app.undo.POST(request, { params: Promise.resolve({ removalId: String(id) }) });
  await expectDocumented(request, response);
  return response;
}

/** Every poll and recorded conflict, as text. */
async function kept(): Promise<{ polls: string[]; conflicts: string[] }> {
  const { sql } = database();
  const polls = await sql<{ one: string }[]>`
    select s.store_id || ' ' || to_char(p.at, 'HH24:MI') || case when p.active then ' active' else ' inactive' end as one
    from polls p join stores s using (store_key) order by 1`;
  const conflicts = await sql<{ one: string }[]>`
    select to_char(at, 'HH24:MI') as one from poll_conflicts order by 1`;
  return { polls: polls.map(({ one }) => one), conflicts: conflicts.map(({ one }) => one) };
}

const day = "2023-01-24T";
const range = `store=A&from=${day}10:00:00Z&to=${day}12:00:00Z`;
const four = [
  [`${day}09:59`, "active"],
  [`${day}10:00`, "active"],
  [`${day}11:00`, "inactive"],
  [`${day}12:00`, "active"],
] as const;

describe("polls that are removed", () => {
  it("are those of the store in the range, and the newest poll is searched again", async () => {
    await send(...four, [`${day}11:30`, "active", "B"]);
    await send([`${day}11:00`, "active"]);
    const response = await remove(`store=A&from=${day}10:00:00Z&to=${day}12:30:00Z`);
    expect(await response.json()).toMatchObject({ store_id: "A", polls: 3, undone_at: null });
    expect(await kept()).toEqual({ polls: ["A 09:59 active", "B 11:30 active"], conflicts: [] });
    const { newestPollAt } = await readFleetState(database());
    expect(newestPollAt).toBe(Date.parse(`${day}11:30:00Z`));
    const [audit] = await database().sql`select action, subject from audit_entries order by id desc limit 1`;
    expect(audit).toEqual({ action: "polls.remove", subject: "store:A" });
  });

  it("are restored as they were, with their conflicts and the newest poll", async () => {
    await send(...four);
    await send([`${day}11:00`, "active"]);
    const before = await kept();
    const { dataVersion } = await readFleetState(database());
    const removal = (await (await remove(range)).json()) as PollRemoval;
    const response = await undo(removal.id);
    expect(await response.json()).toMatchObject({ id: removal.id, polls: 2, undoable_until: null });
    expect(await kept()).toEqual(before);
    expect((await readFleetState(database())).dataVersion).toBe(dataVersion + 2);
    expect((await undo(removal.id)).status).toBe(409);
  });

  it("are merged with what arrived since: inactive wins, and the conflict is recorded", async () => {
    await send(...four);
    const removal = (await (await remove(range)).json()) as PollRemoval;
    await send([`${day}10:00`, "inactive"], [`${day}11:00`, "active"], [`${day}11:15`, "active"]);
    await undo(removal.id);
    expect(await kept()).toEqual({
      polls: [...["A 09:59 active", "A 10:00 inactive", "A 11:00 inactive", "A 11:15 active"], "A 12:00 active"],
      conflicts: ["10:00", "11:00"],
    });
  });

  it("are not restored when their import was undone meanwhile", async () => {
    const { sql } = database();
    await send(...four);
    await sql`insert into imports (kind, state, dry_run, abort_on_reject) values ('polls', 'queued', false, false)`;
    await sql`
      insert into import_poll_changes (import_id, store_key, added, overruled)
      select max(imports.id), 1, array[${`${day}10:00Z`}::timestamptz], array[${`${day}11:00Z`}::timestamptz] from imports`;
    const removal = (await (await remove(range)).json()) as PollRemoval;
    const [row] = await sql<{ id: string }[]>`select max(id) as id from imports`;
    await withTransaction(database(), (tx) => undoPolls(tx, Number(row?.id)));
    await undo(removal.id);
    expect((await kept()).polls).toEqual(["A 09:59 active", "A 11:00 active", "A 12:00 active"]);
  });

  it("can be restored for a day, also into dropped weeks, and no longer", async () => {
    const { sql } = database();
    await send(...four);
    const removal = (await (await remove(range)).json()) as PollRemoval;
    await sql`drop table polls_20230123`;
    expect((await undo(removal.id)).status).toBe(200);
    const again = (await (await remove(range)).json()) as PollRemoval;
    await sql`update poll_removals set created_at = now() - interval '1 day' where id = ${again.id}`;
    expect(await (await undo(again.id)).json()).toMatchObject({ code: "removal_not_undoable" });
    await deleteOldRemovals(database(), 30);
    const [left] = await sql`select count(*)::int as polls from removed_polls`;
    expect(left).toEqual({ polls: 0 });
  });

  it("are removed once under one Idempotency-Key", async () => {
    await send(...four);
    const key = { "idempotency-key": "k" };
    const first: unknown = await (await remove(range, key)).json();
    await send([`${day}10:30`, "active"]);
    expect(await (await remove(range, key)).json()).toEqual(first);
    expect((await kept()).polls).toContain("A 10:30 active");
  });

  it("are listed, newest first, in pages", async () => {
    await send(...four, [`${day}11:30`, "active", "B"]);
    await remove(range);
    await remove(`store=B&from=${day}10:00:00Z&to=${day}12:00:00Z`);
    const list = async (search: string): Promise<{ removals: PollRemoval[]; next_cursor: string | null }> => {
      const request = new Request(`http://localhost/api/v1/poll-removals?${search}`);
      const response = await app.removals.GET(request, none);
      await expectDocumented(request, response.clone());
      return (await response.json()) as { removals: PollRemoval[]; next_cursor: string | null };
    };
    const first = await list("limit=1");
    expect(first.removals).toMatchObject([{ store_id: "B", polls: 1 }]);
    const second = await list(`limit=1&cursor=${first.next_cursor ?? ""}`);
    expect(second).toMatchObject({ removals: [{ store_id: "A", polls: 2 }], next_cursor: null });
  });

  it.each([
    ["no store", `from=${day}10:00:00Z&to=${day}12:00:00Z`, 400],
    ["a range that ends before it starts", `store=A&from=${day}12:00:00Z&to=${day}10:00:00Z`, 400],
    ["no end", `store=A&from=${day}12:00:00Z`, 400],
    ["a store that is not known", range.replace("store=A", "store=Z"), 404],
  ])("are none for %s", async (_what, search, status) => {
    await send(...four);
    expect((await remove(search)).status).toBe(status);
    expect((await kept()).polls).toHaveLength(4);
  });

  it.each(["999", "99999999999999999"])("cannot be restored for the removal %s", async (id) => {
    expect((await undo(id)).status).toBe(404);
  });

  it("need the right to manage the store, and only that store's are accessible", async () => {
    await send(...four, [`${day}11:30`, "active", "B"]);
    const rls = { stores: [1], managed: [1], principal: "person:7", account: "person:7" };
    const owner = asCurrent({ ...openViewer, ...rls });
    const span = { from: Date.parse(`${day}10:00:00Z`), to: Date.parse(`${day}12:00:00Z`) };
    const as = (viewer: typeof owner, storeId: string) =>
      withTransaction(database(), (tx) => removeStorePolls(tx, viewer, storeId, span), "read write", {
        rls: { ...rls, managed: viewer.managed === "all" ? [] : viewer.managed },
      });
    await expect(as(owner, "B")).rejects.toMatchObject({ code: "store_not_found" });
    await expect(as({ ...owner, managed: [] }, "A")).rejects.toMatchObject({ code: "insufficient_scope" });
    expect(await as(owner, "A")).toMatchObject({ polls: 2 });
    expect((await readFleetState(database())).newestPollAt).toBe(Date.parse(`${day}12:00:00Z`));
  });
});
