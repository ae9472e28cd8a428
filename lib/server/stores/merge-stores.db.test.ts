import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { moveLatePolls } from "@/db/queries/bulk/merge-stores";
import { lockCalendars } from "@/db/queries/calendars";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { openViewer } from "@/lib/server/access/viewer";
import { clear, endState, importRows } from "@/lib/server/imports/test-support/import-text";
import { mergeStore, undoMerge } from "./merge-stores";

const database = testDb();
beforeEach(() => clear(database()));

/** Few instants, so that most polls of one store meet one of the other. */
const arbPolls = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.boolean()), { maxLength: 15 });
const arbPair = fc.record({ source: arbPolls, target: arbPolls });

const rowsOf = (id: string, polls: readonly (readonly [number, boolean])[]): string[] =>
  polls.map(([slot, active]) => {
    const at = new Date(Date.UTC(2023, 0, 1) + slot * 40 * 3_600_000).toISOString();
    return `${id},${active ? "active" : "inactive"},${at}`;
  });

const both = ["source", "target"];

/** The polls and conflicts of all stores. */
async function pollState(): Promise<unknown> {
  const { polls, conflicts } = JSON.parse(await endState(database())) as { polls: unknown; conflicts: unknown };
  return { polls, conflicts };
}

async function plant(source: readonly (readonly [number, boolean])[], target: readonly (readonly [number, boolean])[]) {
  await clear(database());
  await importRows(
    database(),
    "timezones",
    both.map((id) => `${id},UTC`),
  );
  await importRows(database(), "polls", [...rowsOf("source", source), ...rowsOf("target", target)]);
}

const merge = () => mergeStore(database(), openViewer, "target", { source_id: "source", dry_run: false });

it("gives the polls of both under one id, whatever they are, and an undo gives back each store's own", async () => {
  await fc.assert(
    fc.asyncProperty(arbPair, async ({ source, target }) => {
      await clear(database());
      await importRows(database(), "polls", [...rowsOf("target", source), ...rowsOf("target", target)]);
      const expected = await pollState();
      await plant(source, target);
      const before = await pollState();
      const { id } = await merge();
      expect(await pollState()).toEqual(expected);
      await undoMerge(database(), openViewer, id);
      expect(await pollState()).toEqual(before);
    }),
    { numRuns: 12 },
  );
}, 90_000);

it("takes polls of the earlier id, by file, for the store", async () => {
  await plant([[0, true]], [[1, true]]);
  await merge();
  await importRows(database(), "polls", [
    ...rowsOf("source", [
      [2, true],
      [1, false],
    ]),
    ...rowsOf("target", [[2, false]]),
  ]);
  await importRows(database(), "timezones", ["source,Asia/Tokyo"]);
  await importRows(database(), "hours", ["source,0,09:00,17:00"]);
  const rows = await database().sql`
    select s.store_id, s.time_zone, (select count(*)::int from polls p where p.store_key = s.store_key) as polls,
      (select count(*)::int from poll_conflicts p where p.store_key = s.store_key) as conflicts,
      (select count(*)::int from business_hours p where p.store_key = s.store_key) as hours
    from stores s order by s.store_id`;
  expect(rows).toEqual([
    { store_id: "source", time_zone: "UTC", polls: 0, conflicts: 0, hours: 0 },
    { store_id: "target", time_zone: "Asia/Tokyo", polls: 3, conflicts: 2, hours: 1 },
  ]);
});

it.each([
  ["the present id first", (earlier: string[], present: string[]) => [...present, ...earlier]],
  ["the earlier id first", (earlier: string[], present: string[]) => [...earlier, ...present]],
])("takes the hours of the present id from a file with both: %s", async (_, order) => {
  await plant([[0, true]], [[1, true]]);
  await merge();
  const hours = order(
    ["source,0,08:00,12:00", "source,2,08:00,12:00"],
    ["target,0,09:00,17:00", "target,1,09:00,17:00"],
  );
  const dates = order(
    ["source,2023-12-24,10:00,12:00", "source,2023-12-25,closed,"],
    ["target,2023-12-24,13:00,15:00", "target,2023-12-26,closed,"],
  );
  for (const _time of ["first", "again"]) {
    await importRows(database(), "hours", hours);
    await importRows(database(), "exceptions", dates);
    const { sql } = database();
    expect(await sql`select day, start_second from business_hours order by 1, 2`.values()).toEqual([
      [0, 32_400],
      [1, 32_400],
    ]);
    expect(await sql`select local_date::text, start_second from schedule_exceptions order by 1, 2`.values()).toEqual([
      ["2023-12-24", 46_800],
      ["2023-12-25", 0],
      ["2023-12-26", 0],
    ]);
  }
});

it("keeps the hours of a store with a rejected row under any of its ids", async () => {
  await plant([[0, true]], [[1, true]]);
  await merge();
  const { sql } = database();
  await importRows(database(), "hours", ["target,0,09:00,17:00", "target,1,09:00,17:00"]);
  await importRows(database(), "exceptions", ["target,2023-12-24,09:00,12:00"]);
  const hours = await importRows(database(), "hours", ["source,0,noon,17:00", "target,2,10:00,11:00"]);
  expect(hours).toMatchObject({ counts: { accepted: 0, duplicate: 0, rejected: 1, discarded: 1 } });
  const dates = ["source,2023-12-24,noon,17:00", "target,2023-12-24,10:00,11:00", "target,2023-12-25,10:00,11:00"];
  const special = await importRows(database(), "exceptions", dates);
  expect(special).toMatchObject({ counts: { accepted: 1, duplicate: 0, rejected: 1, discarded: 1 } });
  expect(await sql`select day, start_second from business_hours order by 1`.values()).toEqual([
    [0, 32_400],
    [1, 32_400],
  ]);
  expect(await sql`select local_date::text, start_second from schedule_exceptions order by 1`.values()).toEqual([
    ["2023-12-24", 32_400],
    ["2023-12-25", 36_000],
  ]);
});

it("takes the hours of the earlier id that comes first from a file with two of them", async () => {
  await plant([[0, true]], [[1, true]]);
  await importRows(database(), "timezones", ["other,UTC"]);
  await merge();
  await mergeStore(database(), openViewer, "target", { source_id: "other", dry_run: false });
  await importRows(database(), "hours", ["source,0,08:00,12:00", "other,0,09:00,17:00", "other,1,09:00,17:00"]);
  expect(await database().sql`select day, start_second from business_hours`.values()).toEqual([[0, 28_800]]);
});

it("moves polls that were stored under the earlier id while it became one", async () => {
  await plant(
    [[0, true]],
    [
      [0, false],
      [1, true],
    ],
  );
  await merge();
  const { sql } = database();
  await sql`insert into polls select store_key, '2023-01-09T00:00Z', false from stores where store_id = 'source'`;
  await sql`insert into polls select store_key, '2023-01-02T16:00Z', false from stores where store_id = 'source'`;
  expect(await withTransaction(database(), moveLatePolls)).toBe(1);
  expect(await withTransaction(database(), moveLatePolls)).toBe(0);
  const ofTarget =
    await sql`select at, active from polls join stores using (store_key) where store_id = 'target' order by at`;
  expect(ofTarget.map(({ active }) => active as boolean)).toEqual([false, false, false]);
});

it("keeps polls that arrived after the merge with the store, when it is undone", async () => {
  await plant([[0, true]], [[1, true]]);
  const { id } = await merge();
  await importRows(database(), "polls", rowsOf("source", [[5, false]]));
  await undoMerge(database(), openViewer, id);
  const counts = await database().sql`
    select store_id, count(*)::int as polls from polls join stores using (store_key) group by 1 order by 1`;
  expect(counts).toEqual([
    { store_id: "source", polls: 1 },
    { store_id: "target", polls: 2 },
  ]);
  await expect(undoMerge(database(), openViewer, id)).rejects.toMatchObject({ code: "merge_not_undoable" });
});

it("gives the people of either store both, and takes it back", async () => {
  const { sql } = database();
  await plant([[0, true]], [[1, true]]);
  await sql`insert into people (email, name, role, password_hash)
    select 'p' || n || '@x.org', 'p', 'owner', '' from generate_series(1, 3) n`;
  const granted = async () =>
    sql`select s.store_id, g.manage from person_stores g join people p on p.id = g.person_id
      join stores s using (store_key) where s.store_id = 'target' order by p.email`;
  await sql`update stores set group_name = 'g' where store_id = 'source'`;
  await sql`insert into person_stores select (select id from people where email = 'p1@x.org'), store_key, true from stores where store_id = 'source'`;
  await sql`insert into person_stores select (select id from people where email = 'p1@x.org'), store_key, false from stores where store_id = 'target'`;
  await sql`insert into person_groups select id, 'g', false from people where email = 'p2@x.org'`;
  const before = await granted();
  const { id, people_added: people } = await merge();
  expect(people).toBe(2);
  expect(await granted()).toEqual([
    { store_id: "target", manage: true },
    { store_id: "target", manage: false },
  ]);
  await undoMerge(database(), openViewer, id);
  expect(await granted()).toEqual(before);
});

it("waits for a calendar that is being given to the store", async () => {
  await plant([[0, true]], [[1, true]]);
  await database().sql`insert into calendars (name, entries) values ('c', '[]')`;
  const give = (sql: Db["sql"], id: string) => sql`
    insert into calendar_stores (store_key, calendar_id, first_date, before_date)
    select store_key, (select max(id) from calendars), '2023-01-01', '2024-01-01' from stores where store_id = ${id}`;
  await give(database().sql, "source");
  const { merging } = await withTransaction(database(), async (tx) => {
    await lockCalendars(tx);
    await give(tx.sql, "target");
    const begun = merge().catch((error: unknown) => error);
    const waiting = () => database().sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length, { timeout: 20_000 }).toBe(1);
    return { merging: begun };
  });
  expect(await merging).toMatchObject({ store_id: "target" });
});

it("is undone from the last merge back to the first, where a store was merged that had taken in another", async () => {
  await plant([[0, true]], [[1, false]]);
  await importRows(database(), "polls", rowsOf("last", [[2, true]]));
  const before = await pollState();
  const first = await merge();
  const second = await mergeStore(database(), openViewer, "last", { source_id: "target", dry_run: false });
  const presentIds = () => database().sql`
    select s.store_id, t.store_id as present from stores s left join stores t on t.store_key = s.merged_into order by 1`;
  const ofLast = { present: "last" };
  expect(await presentIds()).toMatchObject([{ store_id: "last", present: null }, ofLast, ofLast]);
  const polls = await database()
    .sql`select distinct store_id, count(*)::int from polls join stores using (store_key) group by 1`;
  expect(polls).toEqual([{ store_id: "last", count: 3 }]);
  await expect(undoMerge(database(), openViewer, first.id)).rejects.toMatchObject({ code: "merge_not_undoable" });
  expect(await presentIds()).toMatchObject([{ present: null }, ofLast, ofLast]);
  await undoMerge(database(), openViewer, second.id);
  expect(await presentIds()).toMatchObject([{ present: null }, { present: "target" }, { present: null }]);
  await undoMerge(database(), openViewer, first.id);
  expect(await presentIds()).toMatchObject([{ present: null }, { present: null }, { present: null }]);
  expect(await pollState()).toEqual(before);
});

it("takes two stores into one, each to be given back by itself", async () => {
  await plant([[0, true]], [[0, false]]);
  await importRows(database(), "polls", rowsOf("other", [[0, true]]));
  const before = await pollState();
  const first = await merge();
  const second = await mergeStore(database(), openViewer, "target", { source_id: "other", dry_run: false });
  await undoMerge(database(), openViewer, first.id);
  const owners = await database().sql<{ store_id: string }[]>`
    select store_id from polls join stores using (store_key) order by 1`;
  expect(owners.map(({ store_id: id }) => id)).toEqual(["source", "target"]);
  await undoMerge(database(), openViewer, second.id);
  expect(await pollState()).toEqual(before);
});
