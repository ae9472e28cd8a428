import { beforeEach, describe, expect, it } from "vitest";
import { claimReport, type ClaimedReport } from "@/db/queries/report-queue";
import { queueReport, queueSnapshotIfDue } from "@/db/queries/bulk/queue-report";
import { testDb } from "@/db/testing/test-db";
import { withTransaction } from "@/db/transaction";
import { computeInBatches } from "@/lib/server/figures/compute-report";
import { produceReport } from "./produce-report";
import { ReportWriter } from "./report-writer";
import { claimNextReport } from "./test-support/compute-next-report";

const database = testDb();
const asOf = "2023-01-25T18:13:22.479Z";
const stores = 23;

beforeEach(async () => {
  const { sql } = database();
  await sql`truncate reports, report_rows, fleet_rows, fleet_incidents, fleet_summaries, stores, polls restart identity cascade`;
  await sql`create table if not exists polls_all partition of polls default`;
  await sql`update fleet_state set newest_poll_at = ${asOf}, data_version = 1`;
  // Ids whose order differs from that of the keys; every fifth store has no poll in the week, every third has hours.
  await sql`
    insert into stores (store_id, time_zone)
    select md5(n::text), case when n % 4 = 0 then 'Asia/Kathmandu' end from generate_series(1, ${stores}) as n`;
  await sql`
    insert into business_hours (store_key, day, start_second, end_second)
    select store, day, 3600 * (store % 7), 80000 from generate_series(3, ${stores}, 3) as store, generate_series(0, 6) as day`;
  await sql`
    insert into polls (store_key, at, active)
    select store, ${asOf}::timestamptz - make_interval(hours => hour + case when store % 5 = 0 then 240 else 0 end),
      (store * 7 + hour) % 5 <> 0
    from generate_series(1, ${stores}) as store, generate_series(0, 220) as hour`;
});

async function claimed(origin: "request" | "snapshot"): Promise<ClaimedReport> {
  const wanted = { scope: "fleet", storeKeys: null, method: "interpolated", asOf: Date.parse(asOf) } as const;
  if (origin === "request") await queueReport(database(), { ...wanted, dedupeKey: "one" });
  else await queueSnapshotIfDue(database(), 0);
  return claimNextReport(database(), origin);
}

async function kept({ id }: ClaimedReport) {
  const { sql } = database();
  const rows =
    await sql`select store_id, store_key, figures from report_rows where report_id = ${id} order by store_id`;
  const listed = await sql`select * from fleet_rows where report_id = ${id} order by store_key`;
  const [summary] = await sql`select * from fleet_summaries where report_id = ${id}`;
  return {
    rows: [...rows],
    listed: listed.map((row) => ({ ...row, report_id: 0 })),
    summary: { ...summary, report_id: 0 },
  };
}

describe("a report produced batch by batch", () => {
  it.each([1, 4, 22, 23])("of %i stores is the same as in one batch, to the last figure", async (storesPerBatch) => {
    const whole = await claimed("snapshot");
    expect(await produceReport(database(), whole)).toMatchObject({ stores });
    await database().sql`update fleet_state set data_version = data_version + 1`;
    const parts = await claimed("snapshot");
    const progress: number[] = [];
    const onProgress = (done: number, total: number): void => {
      if (done === total) progress.push(done);
    };
    expect(await produceReport(database(), parts, { storesPerBatch, onProgress })).toMatchObject({ stores });
    const { rows, listed, summary } = await kept(parts);
    expect([rows.length, listed.length]).toEqual([stores, stores]);
    expect({ rows, listed, summary }).toEqual(await kept(whole));
    expect(progress).toContain(stores);
  });

  it("leaves nothing when it was aborted in the middle", async () => {
    const claim = await claimed("request");
    const stop = new AbortController();
    const ended = produceReport(database(), claim, {
      storesPerBatch: 4,
      signal: stop.signal,
      onProgress: (done) => {
        if (done > 12) stop.abort(new Error("told to stop"));
      },
    });
    await expect(ended).rejects.toThrow("told to stop");
    expect((await kept(claim)).rows).toEqual([]);
    expect(await produceReport(database(), claim, { storesPerBatch: 4 })).toMatchObject({ stores });
  });

  it("does not wait for a worker that hangs in the middle of the same report", async () => {
    const { sql } = database();
    const zombie = await claimed("request");
    await withTransaction(database(), async (tx) => {
      const writer = new ReportWriter(tx, zombie.id);
      await computeInBatches(database(), zombie, { storesPerBatch: 4 }, (chunk) => writer.take(chunk));
      await writer.idle();
      await sql`update reports set lease_until = now() - interval '1 second'`;
      const owner = await claimReport(database(), { worker: "next", leaseSeconds: 30, maxStores: null });
      if (owner === null) throw new Error("It was not taken over.");
      expect(await produceReport(database(), owner, { storesPerBatch: 4 })).toMatchObject({ stores });
    });
    expect(await produceReport(database(), zombie, { storesPerBatch: 4 })).toBeNull();
    expect((await kept(zombie)).rows).toHaveLength(stores);
  });
});
