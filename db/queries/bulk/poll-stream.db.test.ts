import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { allStores } from "./store-schedules";
import { PollDecoder, selectPackedPolls, streamPolls } from "./poll-stream";

const database = testDb();
const weekStart = Date.UTC(2023, 0, 16);
const hourMs = 3_600_000;

beforeAll(async () => {
  const { sql } = database();
  await sql`create table polls_20230116 partition of polls for values from ('2023-01-16') to ('2023-01-23')`;
  await sql`create table polls_20230123 partition of polls for values from ('2023-01-23') to ('2023-01-30')`;
  await sql.begin(async (tx) => {
    // Rows of an asynchronous commit cannot be marked all-visible until it is flushed.
    await tx`set local synchronous_commit = on`;
    await tx`
      insert into polls (store_key, at, active)
      select store, '2023-01-16T00:00:00.007Z'::timestamptz + make_interval(hours => hour), (store + hour) % 3 <> 0
      from generate_series(1, 400) as store, generate_series(0, 250) as hour`;
  });
  await sql`vacuum (analyze) polls`;
});

const selection = { ...allStores(null), from: weekStart + 7 * hourMs + 7, to: weekStart + 200 * hourMs + 7 };

describe("the stream of packed polls", () => {
  it("returns each store's polls in order, both ends included, over partitions", async () => {
    const seen: number[] = [];
    await withTransaction(database(), (tx) =>
      streamPolls(tx, selection, (storeKey, { at, active }) => {
        seen.push(storeKey);
        expect([...at]).toEqual(Array.from({ length: 194 }, (_value, index) => weekStart + (index + 7) * hourMs + 7));
        expect([...active]).toEqual(Array.from(at, (_at, index) => ((storeKey + index + 7) % 3 !== 0 ? 1 : 0)));
      }),
    );
    expect(seen).toEqual(Array.from({ length: 400 }, (_value, index) => index + 1));
  });

  it("returns only the requested stores", async () => {
    const seen: number[] = [];
    await withTransaction(database(), (tx) =>
      streamPolls(tx, { ...selection, storeKeys: [7, 3] }, (key) => seen.push(key)),
    );
    expect(seen).toEqual([3, 7]);
  });

  it("returns only the requested key range, without its start and with its end", async () => {
    const seen: number[] = [];
    const range = { ...selection, after: 20, upTo: 23 };
    await withTransaction(database(), (tx) => streamPolls(tx, range, (key) => seen.push(key)));
    expect(seen).toEqual([21, 22, 23]);
  });

  it("leaves its connection to the next query, also after a visitor failed", async () => {
    await withTransaction(database(), async (tx) => {
      await streamPolls(tx, selection, () => undefined);
      expect(await tx.sql`select 1 as one`).toEqual([{ one: 1 }]);
      const failing = streamPolls(tx, selection, () => {
        throw new Error("a bad store");
      });
      await expect(failing).rejects.toThrow("a bad store");
      expect(await tx.sql`select 2 as two`).toEqual([{ two: 2 }]);
    });
  });

  it("leaves its connection to the next query, whatever the size of the output", async () => {
    // Some of these arrive in one chunk that is larger than the driver's stream accepts at once.
    const sizes = Array.from({ length: 40 }, (_value, index) => index * 2 + 1);
    await withTransaction(database(), async (tx) => {
      for (const size of sizes) {
        const storeKeys = Array.from({ length: size }, (_value, index) => index + 1);
        let seen = 0;
        await streamPolls(tx, { ...selection, storeKeys }, () => seen++);
        expect(await tx.sql`select ${size}::int as size`).toEqual([{ size: seen }]);
      }
    });
  });

  it.each([
    ["the whole fleet", selection],
    ["a range of it", { ...selection, after: 100, upTo: 200 }],
  ])("of %s is an index-only scan in key order, without a sort", async (_which, selection) => {
    const rows = await database().sql.unsafe<Record<"QUERY PLAN", string>[]>(
      `explain (analyze, costs off, timing off) ${selectPackedPolls(selection)}`,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan.match(/Index Only Scan/g)).toHaveLength(2);
    expect(plan).not.toMatch(/Seq Scan|->\s+Sort|Bitmap/);
    expect(plan.match(/Heap Fetches: (\d+)/g)).toEqual(["Heap Fetches: 0", "Heap Fetches: 0"]);
  });

  it("decodes instants to the millisecond, before and after 2000", async () => {
    const arbAt = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2200, 0, 1) });
    const decoder = new PollDecoder();
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(arbAt, { minLength: 1, maxLength: 30 }), async (ats) => {
        const [row] = await database().sql<{ packed: Buffer }[]>`
          select string_agg(timestamptz_send(at::timestamptz) || boolsend(true), '' order by at::timestamptz) as packed
          from unnest(${ats.map((at) => new Date(at).toISOString())}::text[]) as at`;
        const packed = row?.packed ?? Buffer.alloc(0);
        expect([...decoder.decode(packed, 0, packed.length).at]).toEqual(ats.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });
});
