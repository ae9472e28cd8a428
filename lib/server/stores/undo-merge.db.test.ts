import fc from "fast-check";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Db } from "@/db/client";
import { mergePolls } from "@/db/queries/bulk/poll-batch";
import { removePolls, restorePolls } from "@/db/queries/poll-removals";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { openViewer } from "@/lib/server/access/viewer";
import { clear, importRows } from "@/lib/server/imports/test-support/import-text";
import { settleStores } from "@/lib/server/jobs/purge-stores";
import { hourMs } from "@/lib/uptime/units";
import { mergeStore, undoMerge } from "./merge-stores";

const database = testDb();
const ids = ["a", "b", "c", "d"];
const start = Date.UTC(2023, 0, 2, 10);
const instant = (slot: number): number => start + slot * hourMs;

type Status = "active" | "inactive";
/** The statuses of a store by slot: both where they contradict each other. */
type Polls = Map<number, Set<Status>>;

beforeAll(async () => {
  await importRows(database(), "polls", ["any,active,2023-01-02T00:00:00Z"]);
});
beforeEach(plant);

async function plant(): Promise<void> {
  await clear(database());
  await database().sql`delete from store_merges`;
  await database().sql`insert into stores (store_id) select * from unnest(${ids}::text[])`;
}

const send = (storeId: string, slot: number, status: Status) =>
  mergePolls(database(), { storeIds: [storeId], at: [instant(slot)], active: [status === "active" ? 1 : 0] });
const upload = (storeId: string, slot: number, status: Status) =>
  importRows(database(), "polls", [`${storeId},${status},${new Date(instant(slot)).toISOString()}`]);
const merge = async (source: string, target: string): Promise<number | null> =>
  (await mergeStore(database(), openViewer, target, { source_id: source, dry_run: false })).id;
const undo = (id: number | null) => undoMerge(database(), openViewer, id);

/** The polls of each store that has any, as `slot status`, in order. */
async function stored(): Promise<Record<string, string[]>> {
  const rows = await database().sql<{ id: string; at: number; active: boolean; both: boolean }[]>`
    select store_id as id, extract(epoch from p.at)::float8 * 1000 as at, p.active, c.at is not null as both
    from polls p join stores using (store_key) left join poll_conflicts c on c.store_key = p.store_key and c.at = p.at
    order by 1, 2`;
  const polls: Record<string, string[]> = {};
  for (const { id, at, active, both } of rows) {
    const status = both ? "both" : active ? "active" : "inactive";
    expect(both && active).toBe(false);
    (polls[id] ??= []).push(`${String((at - start) / hourMs)} ${status}`);
  }
  return polls;
}

function addAll(into: Polls, from: Polls): Polls {
  for (const [slot, statuses] of from) into.set(slot, new Set([...(into.get(slot) ?? []), ...statuses]));
  return into;
}

/** Stores as merges and arrivals make them, by the definition. */
class Model {
  readonly own = new Map<string, Polls>(ids.map((id) => [id, new Map()]));
  readonly merges: { source: string; target: string; polls: Polls; isUndone: boolean }[] = [];

  private mergeOf(id: string) {
    return this.merges.find(({ source, isUndone }) => source === id && !isUndone);
  }

  isMerged(id: string): boolean {
    return this.mergeOf(id) !== undefined;
  }

  present(id: string): string {
    const merged = this.mergeOf(id);
    return merged === undefined ? id : this.present(merged.target);
  }

  arrive(id: string, slot: number, status: Status): void {
    addAll(this.own.get(this.present(id))!, new Map([[slot, new Set([status])]]));
  }

  pollsOf(id: string): Polls {
    const polls = addAll(new Map(), this.own.get(id)!);
    for (const one of this.merges) if (one.target === id && !one.isUndone) addAll(polls, one.polls);
    return polls;
  }

  state(): Record<string, string[]> {
    const rows = ids.map((id) => {
      const slots = this.isMerged(id) ? [] : [...this.pollsOf(id)].sort(([a], [b]) => a - b);
      return [
        id,
        slots.map(([slot, all]) => `${String(slot)} ${all.size === 2 ? "both" : [...all].join("")}`),
      ] as const;
    });
    return Object.fromEntries(rows.filter(([, polls]) => polls.length > 0).map(([id, polls]) => [id, [...polls]]));
  }
}

const arbStatus = fc.constantFrom<Status>("active", "inactive");
const arbSlot = fc.integer({ min: 0, max: 2 });
const arbArrival = fc.record({
  kind: fc.constantFrom("send", "upload"),
  id: fc.constantFrom(...ids),
  slot: arbSlot,
  status: arbStatus,
});
const arbMerge = fc.record({
  kind: fc.constant("merge"),
  source: fc.constantFrom(...ids),
  target: fc.constantFrom(...ids),
});
const arbUndo = fc.record({ kind: fc.constant("undo"), which: fc.nat(5) });
const arbSteps = fc.array(
  fc.oneof({ weight: 4, arbitrary: arbArrival }, { weight: 2, arbitrary: arbMerge }, { weight: 2, arbitrary: arbUndo }),
  { minLength: 8, maxLength: 24 },
);

it("gives each store what arrived and the polls of the merges that stand, in any order of arrivals, merges and undos", async () => {
  await fc.assert(
    fc.asyncProperty(arbSteps, async (steps) => {
      await plant();
      const model = new Model();
      const mergeIds: (number | null)[] = [];
      for (const step of steps) {
        if ("id" in step) {
          await (step.kind === "send" ? send : upload)(step.id, step.slot, step.status);
          model.arrive(step.id, step.slot, step.status);
        } else if ("source" in step) {
          const { source, target } = step;
          if (source === target || model.isMerged(source) || model.isMerged(target)) continue;
          mergeIds.push(await merge(source, target));
          model.merges.push({ source, target, polls: model.pollsOf(source), isUndone: false });
        } else {
          const one = model.merges[step.which];
          if (one === undefined || one.isUndone || model.isMerged(one.target)) continue;
          await undo(mergeIds[step.which] ?? null);
          one.isUndone = true;
        }
        expect(await stored()).toEqual(model.state());
      }
    }),
    { numRuns: 25 },
  );
}, 120_000);

it("leaves what a later merge brought, too", async () => {
  for (const [id, slot, status] of [
    ...([
      ["a", 0, "inactive"],
      ["a", 1, "active"],
      ["b", 0, "inactive"],
      ["b", 1, "active"],
    ] as const),
    ...([
      ["b", 2, "active"],
      ["c", 0, "active"],
    ] as const),
  ]) {
    await send(id, slot, status);
  }
  const first = await merge("a", "c");
  await merge("b", "c");
  await undo(first);
  expect(await stored()).toEqual({ a: ["0 inactive", "1 active"], c: ["0 both", "1 active", "2 active"] });
});

it.each([
  ["a live poll", send],
  ["a file", upload],
])("leaves a poll that arrived again with %s", async (_, arrive) => {
  await send("a", 0, "active");
  const id = await merge("a", "b");
  await arrive("b", 0, "active");
  await undo(id);
  expect(await stored()).toEqual({ a: ["0 active"], b: ["0 active"] });
});

it("leaves what the owner of a store sends again, and removes and restores", async () => {
  const [row] = await database().sql<{ key: number }[]>`select store_key as key from stores where store_id = 'b'`;
  const keys = [row!.key];
  const rls = { stores: keys, managed: keys, principal: "person:1", account: "person:1" };
  const asOwner = <T>(act: (tx: Db) => Promise<T>) => withTransaction(database(), act, "read write", { rls });
  for (const slot of [0, 1, 2]) await send("a", slot, "active");
  const id = await merge("a", "b");
  const again = await asOwner((tx) => mergePolls(tx, { storeIds: ["b"], at: [instant(0)], active: [1] }));
  expect(again.duplicate).toBe(1);
  const range = { storeKey: row!.key, storeId: "b", from: instant(1), to: instant(2) };
  const { id: removal } = await asOwner((tx) => removePolls(tx, range));
  await asOwner((tx) => restorePolls(tx, removal));
  await undo(id);
  expect(await stored()).toEqual({ a: ["0 active", "1 active", "2 active"], b: ["0 active", "1 active"] });
});

it("leaves polls that were sent again after a removal, and those of a removal that is undone", async () => {
  const [row] = await database().sql<{ key: number }[]>`select store_key as key from stores where store_id = 'b'`;
  const range = { storeKey: row!.key, storeId: "b", from: instant(0), to: instant(2) };
  await send("a", 0, "active");
  await send("a", 1, "active");
  const first = await merge("a", "b");
  const { id: removal } = await withTransaction(database(), (tx) => removePolls(tx, range));
  await send("b", 0, "active");
  await send("c", 1, "active");
  const second = await merge("c", "b");
  await undo(first);
  expect(await stored()).toEqual({ a: ["0 active", "1 active"], b: ["0 active", "1 active"] });
  await withTransaction(database(), (tx) => restorePolls(tx, removal));
  await undo(second);
  expect(await stored()).toMatchObject({ b: ["0 active", "1 active"], c: ["1 active"] });
});

it("leaves the polls of a merge that can no longer be undone", async () => {
  await send("a", 0, "active");
  await send("b", 0, "active");
  const first = await merge("a", "c");
  const second = await merge("b", "c");
  await database().sql`update store_merges set created_at = now() - interval '25 hours' where id = ${first}`;
  await settleStores(database());
  await undo(second);
  expect(await stored()).toEqual({ b: ["0 active"], c: ["0 active"] });
});

it("leaves a poll that arrives again while it is undone", async () => {
  await send("a", 0, "active");
  const id = await merge("a", "b");
  const { undoing } = await withTransaction(database(), async (tx) => {
    await mergePolls(tx, { storeIds: ["b"], at: [instant(0)], active: [1] });
    const begun = undo(id);
    const waiting = () => database().sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waiting()).length, { timeout: 20_000 }).toBe(1);
    return { undoing: begun };
  });
  await undoing;
  expect(await stored()).toEqual({ a: ["0 active"], b: ["0 active"] });
});
