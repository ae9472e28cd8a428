import { Readable } from "node:stream";
import { expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { selectPackedPolls } from "@/db/queries/bulk/poll-stream";
import { allStores } from "@/db/queries/bulk/store-schedules";
import { testDb } from "@/db/testing/test-db";
import { importFile } from "./import-file";

const database = testDb();
const hourMs = 3_600_000;
const from = Date.UTC(2023, 0, 18, 5);
const hours = 200;
const stores = 300;

function* pollsCsv(): Generator<Uint8Array> {
  yield Buffer.from("store_id,status,timestamp_utc\n");
  for (let hour = 0; hour < hours; hour++) {
    const at = new Date(from + hour * hourMs).toISOString().replace("T", " ").replace("Z", " UTC");
    const lines = Array.from({ length: stores }, (_value, store) => `store-${store * 7 + 1},active,${at}\n`);
    yield Buffer.from(lines.join(""));
  }
}

it("leaves polls that are read from the index alone, in key order, in every week they lie in", async () => {
  const { sql, url } = database();
  // As on a durable server: rows of an asynchronous commit cannot be marked all-visible at once.
  await sql.unsafe(`alter database ${new URL(url).pathname.slice(1)} set synchronous_commit = on`);
  const fresh = openDatabase(url, { max: 3, applicationName: "test", statementTimeoutMs: 0 });
  try {
    const source = Readable.from(pollsCsv());
    const result = await importFile(fresh, { kind: "polls", source, now: Date.UTC(2024, 0, 1) });
    expect(result).toMatchObject({ outcome: "complete", counts: { accepted: stores * hours } });
    for (const stretch of [allStores(null), { storeKeys: null, after: 50, upTo: 150 }]) {
      const selection = { ...stretch, from, to: from + hours * hourMs };
      const rows = await fresh.sql.unsafe<Record<"QUERY PLAN", string>[]>(
        `explain (analyze, costs off, timing off) ${selectPackedPolls(selection)}`,
      );
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      expect(plan.match(/Index Only Scan/g)).toHaveLength(2);
      expect(plan).not.toMatch(/Seq Scan|->\s+Sort|Bitmap/);
      expect(plan.match(/Heap Fetches: (\d+)/g)).toEqual(["Heap Fetches: 0", "Heap Fetches: 0"]);
    }
  } finally {
    await fresh.close();
  }
});
