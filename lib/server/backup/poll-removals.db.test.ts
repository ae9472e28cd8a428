import { Readable, Writable } from "node:stream";
import { expect, it } from "vitest";
import type { Database } from "@/db/client";
import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import { removePolls, restorePolls } from "@/db/queries/poll-removals";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { restoreBackup } from "./restore-backup";
import { writeBackup } from "./write-backup";

const source = testDb();
const target = testDb();
const day = Date.UTC(2023, 0, 24);

async function pollsOf({ sql }: Database): Promise<readonly string[]> {
  const rows = await sql<{ at: string }[]>`select at::text as at from polls order by at`;
  return rows.map(({ at }) => at);
}

it("a restored database can still restore removed polls", async () => {
  const { sql } = source();
  await ensurePollPartitions(source(), [weekStart(day)]);
  await sql`insert into stores (store_id) values ('A')`;
  await sql`
    insert into polls (store_key, at, active)
    select store_key, ${new Date(day).toISOString()}::timestamptz + n * interval '1 hour', n % 2 = 0
    from stores, generate_series(0, 9) as n`;
  const before = await pollsOf(source());
  const range = { storeKey: 1, storeId: "A", from: day, to: day + 5 * 3_600_000 };
  const removal = await withTransaction(source(), (tx) => removePolls(tx, range));
  expect(await pollsOf(source())).toHaveLength(5);

  const chunks: Buffer[] = [];
  const out = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(Buffer.from(chunk));
      done();
    },
  });
  await writeBackup(source(), out);
  const { tables } = await restoreBackup(target(), Readable.from([Buffer.concat(chunks)]), { replace: false });
  const rowsOf = new Map(tables.map(({ table, rows }) => [table, rows]));
  expect([rowsOf.get("poll_removals"), rowsOf.get("removed_polls")]).toEqual([1, 5]);
  await withTransaction(target(), (tx) => restorePolls(tx, removal.id));
  expect(await pollsOf(target())).toEqual(before);
});
