import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { clear, countsOf, endState, importRows } from "./test-support/import-text";

const database = testDb();
beforeEach(() => clear(database()));

/** Few stores, instants and statuses, so that most rows meet another one. */
const arbPoll = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 5 }), fc.boolean())
  .map(([store, slot, active]) => {
    const at = new Date(Date.UTC(2023, 0, 1) + slot * 40 * 3_600_000).toISOString();
    return `store-${store.toString()},${active ? "active" : "inactive"},${at}`;
  });

/** The same rows in another order, some of them repeated, in several files. */
const arbDelivery = fc.array(arbPoll, { minLength: 1, maxLength: 40 }).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    files: fc
      .tuple(
        fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
        fc.subarray(rows),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(([shuffled, again, count]) => {
        const all = [...shuffled, ...again];
        const size = Math.ceil(all.length / count);
        return Array.from({ length: count }, (_, i) => all.slice(i * size, (i + 1) * size));
      }),
  }),
);

it("order, repetition and batches of polls do not change the end state", async () => {
  await fc.assert(
    fc.asyncProperty(arbDelivery, async ({ rows, files }) => {
      await clear(database());
      const once = await importRows(database(), "polls", rows);
      expect(once.counts.accepted + once.counts.duplicate + once.counts.conflicting).toBe(rows.length);
      const expected = await endState(database());
      await clear(database());
      for (const file of files) await importRows(database(), "polls", file);
      expect(await endState(database())).toBe(expected);
    }),
    { numRuns: 15 },
  );
});

it("concurrent imports of contradicting polls give the result of running them one after the other", async () => {
  await fc.assert(
    fc.asyncProperty(arbDelivery, async ({ rows, files }) => {
      await clear(database());
      await importRows(database(), "polls", rows);
      const expected = await endState(database());
      await clear(database());
      const results = await Promise.all(files.map((file) => importRows(database(), "polls", file)));
      expect(await endState(database())).toBe(expected);
      // Each poll was accepted from exactly one of them.
      const [held] = await database().sql<{ count: string }[]>`select count(*) from polls`;
      expect(results.reduce((sum, { counts }) => sum + counts.accepted, 0)).toBe(Number(held?.count));
    }),
    { numRuns: 10 },
  );
});

it("concurrent imports of large files, in opposite order, neither fail nor lose a row", async () => {
  const polls = (active: (i: number) => boolean): string[] =>
    Array.from({ length: 6_000 }, (_, i) => {
      const at = new Date(Date.UTC(2023, 0, 1 + (i % 20)) + i * 1_000).toISOString();
      return `store-${(i % 97).toString()},${active(i) ? "active" : "inactive"},${at}`;
    });
  const files = [
    polls(() => true),
    polls((i) => i % 3 > 0).reverse(),
    polls((i) => i % 5 > 0),
    polls(() => true).reverse(),
  ];
  // Known stores, or the imports would wait for each other before they reach the polls.
  const stores = Array.from({ length: 97 }, (_, i) => `store-${i.toString()},`);
  await importRows(database(), "timezones", stores);
  const results = await Promise.all(files.map((file) => importRows(database(), "polls", file)));
  expect(results.map(({ counts }) => counts.accepted).reduce((sum, count) => sum + count)).toBe(6_000);
  const concurrent = await endState(database());
  await clear(database());
  for (const file of files) await importRows(database(), "polls", file);
  expect(await endState(database())).toBe(concurrent);
});

it("counts a poll that another transaction inserts at the same moment as a duplicate, and inactive wins", async () => {
  await importRows(database(), "polls", ["a,active,2023-01-23 00:00:00", "b,active,2023-01-23 00:00:00"]);
  const other = await database().sql.reserve();
  await other`begin`;
  await other`
    insert into polls select store_key, '2023-01-24 09:00:00Z', store_id = 'a' from stores where store_id in ('a', 'b')`;
  const rows = ["a,active", "b,active", "a,inactive"].map((row) => `${row},2023-01-24 09:00:00`);
  const importing = importRows(database(), "polls", [...rows, "b,active,2023-01-24 10:00:00"]);
  for (let waiting = 0; waiting === 0;) {
    const found = await database().sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    waiting = found.length;
  }
  await other`commit`;
  other.release();
  expect(countsOf(await importing)).toEqual([1, 1, 2, 0, 0]);
  const held = await database().sql`
    select store_id, active from polls join stores using (store_key) where at = '2023-01-24 09:00:00Z' order by store_id`;
  expect([...held]).toEqual([
    { store_id: "a", active: false },
    { store_id: "b", active: false },
  ]);
});

it("concurrent hours files leave one or the other, never a mix", async () => {
  const file = (end: string): string[] =>
    Array.from({ length: 300 }, (_, i) => `s${(i % 60).toString()},${(i % 7).toString()},09:00,${end}`);
  for (let round = 0; round < 3; round++) {
    await Promise.all(["17:00", "18:00", "19:00", "20:00"].map((end) => importRows(database(), "hours", file(end))));
    const ends = await database().sql`select distinct end_second from business_hours`;
    expect(ends).toHaveLength(1);
  }
});

it("the order of the three files does not matter", async () => {
  const files = [
    ["polls", ["a,active,2023-01-24 09:00:00", "b,active,2023-01-24 09:00:00"]],
    ["hours", ["a,0,09:00,17:00", "c,0,09:00,17:00"]],
    ["timezones", ["a,America/Denver", "d,"]],
  ] as const;
  const states = new Set<string>();
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
    [1, 0, 2],
  ]) {
    await clear(database());
    for (const i of order) {
      const [kind, rows] = files[i] ?? files[0];
      expect(countsOf(await importRows(database(), kind, rows))).toEqual([2, 0, 0, 0, 0]);
    }
    states.add(await endState(database()));
  }
  expect(states.size).toBe(1);
});
