import { ensurePollPartitions, weekStart } from "@/db/queries/bulk/poll-partitions";
import { withTransaction } from "@/db/transaction";
import { ingestBatch, validateBatch } from "@/lib/server/polls/ingest-polls";
import type { BenchDatabase } from "./bench-database";
import type { BenchResult } from "./bench-result";
import { median, timed } from "./statistics";
import { hourMs } from "@/lib/uptime/units";

const batchPolls = 500;
const batches = 60;

/**
 * Batches of 500 polls of as many stores, one after another, each committed: as ingested by the product, and as one
 * plain statement with the same rows. Both go into empty weeks.
 */
export async function benchBatches(
  database: BenchDatabase,
  storeIds: readonly string[],
  runs: number,
): Promise<BenchResult[]> {
  const { sql } = database;
  const keys = new Map(
    (await sql<{ store_key: number; store_id: string }[]>`select store_key, store_id from stores`).map((row) => [
      row.store_id,
      row.store_key,
    ]),
  );
  const now = Date.now();
  const ingested: number[] = [];
  const raw: number[] = [];
  const newest = Math.floor(now / hourMs) * hourMs - hourMs;
  const at = (run: number, batch: number): number => newest - (run * batches + batch) * hourMs;
  for (let run = -1; run < runs; run++) {
    const mine: number[] = [];
    const bare: number[] = [];
    for (let batch = 0; batch < batches; batch++) {
      const stores = Array.from(
        { length: batchPolls },
        (_value, index) => storeIds[(batch * 97 + index * 3) % storeIds.length] ?? "",
      );
      const instant = at(run + 1, batch);
      const polls = [...new Set(stores)].map((store_id) => ({
        store_id,
        at: new Date(instant).toISOString(),
        status: "active",
      }));
      const later = instant + 1000;
      const rows = polls.map(({ store_id }) => ({ store_key: keys.get(store_id) ?? 0, at: later, active: true }));
      await ensurePollPartitions(database, [weekStart(instant)]);
      bare.push(
        await timed(() => {
          const columns = {
            keys: rows.map((row) => row.store_key),
            at: rows.map((row) => new Date(row.at).toISOString()),
            active: rows.map((row) => (row.active ? 1 : 0)),
          };
          return sql`
            insert into polls (store_key, at, active)
            select * from (
              select key, at::timestamptz, active = 1
              from unnest(${columns.keys}::int4[], ${columns.at}::text[], ${columns.active}::int4[]) as t (key, at, active)
            ) as given on conflict (store_key, at) do update set active = polls.active and excluded.active`;
        }),
      );
      mine.push(
        await timed(async () => {
          const judged = validateBatch(polls, now, false);
          const { accepted } = await ingestBatch(database, judged, (merge) => withTransaction(database, merge));
          if (accepted !== polls.length) throw new Error(`${String(accepted)} polls were accepted.`);
        }),
      );
    }
    if (run < 0) continue;
    ingested.push(median(mine));
    raw.push(median(bare));
  }
  return [
    {
      row: "batch",
      what: "live batch of 500 polls, committed",
      unit: "ms",
      runs: ingested,
      floor: { what: "one upsert of the same rows", runs: raw },
      target: { ratio: 2 },
    },
  ];
}
