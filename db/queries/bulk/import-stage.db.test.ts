import { expect, it } from "vitest";
import { testDb } from "@/db/testing/test-db";
import { withImportSession } from "./import-session";
import { stageStores, StageCopy } from "./import-stage";
import { PollTuples } from "./import-tuples";

const database = testDb();

it("stages what it is given, in any number of batches", async () => {
  const held = await withImportSession(database(), async (db) => {
    const copy = new StageCopy(db, "import_polls");
    const tuples = new PollTuples();
    for (let batch = 0; batch < 20; batch++) {
      for (let i = 0; i < 5_000; i++) tuples.add(i, Date.UTC(2000 + batch, 5, 1, 0, 0, 0, i % 1_000), i % 2);
      await copy.write(tuples.take() ?? { bytes: new Uint8Array(), count: 0 });
    }
    await copy.finish();
    await stageStores(db, { size: 5_000, at: (number) => `store-${number.toString()}` });
    return db.sql<{ polls: string; active: string; last: string; stores: string }[]>`
      select count(*) as polls, count(*) filter (where active) as active, max(at)::text as last,
        (select count(distinct store_id) from import_stores) as stores
      from import_polls`;
  });
  expect(held).toEqual([{ polls: "100000", active: "50000", last: "2019-06-01 00:00:00.999+00", stores: "5000" }]);
});

it("fails when the server rejects the rows, and the session can be restarted", async () => {
  await withImportSession(database(), async (session) => {
    const { sql } = session;
    const copy = new StageCopy(session, "import_polls");
    await expect(
      copy.write({ bytes: Buffer.from([0, 7, 1, 2, 3]), count: 1 }).then(() => copy.finish()),
    ).rejects.toThrow();
    await copy.abort();
    await session.restart();
    const [row] = await sql<{ one: number }[]>`select 1 as one`;
    expect(row).toEqual({ one: 1 });
  });
});

it("fails on a truncated tuple, which only shows at the end", async () => {
  await withImportSession(database(), async (session) => {
    const { sql } = session;
    const copy = new StageCopy(session, "import_polls");
    await expect(
      copy.write({ bytes: Buffer.from([0, 3, 0, 0, 0, 4, 0, 0]), count: 1 }).then(() => copy.finish()),
    ).rejects.toThrow();
    await copy.abort();
    await session.restart();
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
  });
});
