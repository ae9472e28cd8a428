import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "@/db/client";
import { claimReport } from "@/db/queries/report-queue";
import { findReport, type ReportRow } from "@/db/queries/reports";
import { queueReport } from "@/db/queries/bulk/queue-report";
import { testDb } from "@/db/testing/test-db";
import { makeLog } from "@/lib/server/log";
import { produceReport } from "@/lib/server/reports/produce-report";
import { openViewer } from "@/lib/server/access/viewer";
import { streamReport } from "@/lib/server/reports/report-stream";
import { isoInstant } from "@/lib/server/wire/instants";
import { runWorker } from "./run-worker";
import { snapshotDelayOf, type WorkerTiming } from "./timing";
import { zoneRules } from "@/lib/uptime/zone-rules";
import { claimNextReport } from "@/lib/server/reports/test-support/compute-next-report";

const database = testDb();
const asOf = Date.UTC(2023, 0, 25, 18, 13, 22, 479);
const silent = makeLog("silent", { write: () => undefined });
const timing: WorkerTiming = {
  leaseSeconds: 30,
  heartbeatSeconds: 5,
  snapshotIntervalSeconds: 0,
  snapshotDelay: snapshotDelayOf(0),
  pollMs: 50,
  sweepMs: 5_000,
  maxBackoffMs: 200,
};

let stop: () => Promise<void> = () => Promise.resolve();

function start(changes: Partial<WorkerTiming> = {}, of: Database = database(), log = silent): void {
  const controller = new AbortController();
  const options = { signal: controller.signal, workerName: "test", log, timing: { ...timing, ...changes } };
  const work = runWorker(of, options);
  stop = async () => {
    controller.abort();
    await work;
  };
}

beforeEach(async () => {
  const { sql } = database();
  await sql`truncate reports, report_rows, fleet_rows, fleet_incidents, fleet_summaries, stores, polls restart identity cascade`;
  await sql`create table if not exists polls_all partition of polls default`;
  await sql`update fleet_state set newest_poll_at = null, data_version = 0`;
  await sql`
    insert into stores (store_id, time_zone) values ('b', 'America/New_York'), ('a', null), ('c', null), ('-d', null)`;
  await sql`
    insert into polls (store_key, at, active)
    select store, ${isoInstant(asOf)}::timestamptz - make_interval(hours => hour), (store + hour) % 4 <> 0
    from generate_series(1, 3) as store, generate_series(0, 200) as hour`;
});
afterEach(async () => {
  await stop();
  stop = () => Promise.resolve();
});

/** Waits for the effect of a worker; the test's own time limit ends the wait. */
async function until<T>(look: () => Promise<T | null | false>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== null && seen !== false) return seen;
    await pause(20);
  }
}

const queue = (dedupeKey: string, storeKeys: number[] | null = null): Promise<number> =>
  queueReport(database(), {
    scope: storeKeys === null ? "fleet" : "stores",
    storeKeys,
    method: "interpolated",
    asOf,
    dedupeKey,
  });

const ended = (id: number): Promise<ReportRow> =>
  until(async () => {
    const report = await findReport(database(), id);
    return report?.state === "complete" || report?.state === "failed" ? report : null;
  });

async function csvOf(id: number): Promise<string> {
  const stream = streamReport(
    database(),
    openViewer,
    { id, method: "interpolated", asOf: isoInstant(asOf), stores: 4, tzRelease: zoneRules().release },
    "csv",
  );
  return new Response(stream).text();
}

describe("a worker", () => {
  it("completes queued and new reports, with a row per store in order of the ids", async () => {
    const waiting = await queue("waiting");
    start();
    expect(await ended(waiting)).toMatchObject({ state: "complete", storesDone: 4, storesTotal: 4, attempts: 1 });
    expect((await csvOf(waiting)).split("\r\n").map((line) => line.split(",")[0])).toEqual([
      "store_id",
      "'-d",
      "a",
      "b",
      "c",
      "",
    ]);
    const coming = await queue("coming");
    await ended(coming);
    expect(await csvOf(coming)).toBe(await csvOf(waiting));
  });

  it("fails a report that cannot be computed and continues with the others", async () => {
    const { sql } = database();
    const broken = await queue("broken");
    const sound = await queue("sound", [1]);
    await sql.unsafe(`alter table report_rows add constraint secret_reason check (report_id <> ${String(broken)})`);
    start();
    const failed = await ended(broken);
    await sql`alter table report_rows drop constraint secret_reason`;
    expect(failed).toMatchObject({ state: "failed", failureCode: "internal", attempts: 1 });
    expect(failed.failureReason).not.toContain("secret_reason");
    expect((await ended(sound)).state).toBe("complete");
  });

  it("uses the default zone for a store whose zone this runtime does not know, and says so", async () => {
    const { sql } = database();
    await sql`insert into business_hours (store_key, day, start_second, end_second)
      select store, day, 32400, 61200 from generate_series(1, 2) as store, generate_series(0, 6) as day`;
    const before = await queue("before");
    start();
    await ended(before);
    await stop();
    await sql`update stores set time_zone = 'Mars/Olympus' where store_id = 'a'`;
    const lines: string[] = [];
    start({}, database(), makeLog("warn", { write: (line) => lines.push(line) }));
    const after = await queue("after");
    await ended(after);
    // Store a had no zone before, so it used the default one.
    expect(await csvOf(after)).toBe(await csvOf(before));
    expect(lines.filter((line) => line.includes('"unknownZones":["Mars/Olympus"]'))).toHaveLength(1);
  });

  it("takes over a report whose worker's lease expired, and gives up one that killed three", async () => {
    const id = await queue("orphan");
    const poison = await queue("poison");
    for (const _report of [id, poison])
      await claimReport(database(), { worker: "dead", leaseSeconds: 30, maxStores: null });
    await database().sql`update reports set lease_until = now() - interval '1 second'`;
    await database().sql`update reports set attempts = 3 where id = ${poison}`;
    start();
    expect(await ended(id)).toMatchObject({ state: "complete", attempts: 2, worker: "test" });
    expect(await ended(poison)).toMatchObject({ state: "failed", failureCode: "worker_lost" });
  });

  it("returns its work to the queue at once when told to stop, without counting the attempt", async () => {
    const id = await queue("long");
    await database().sql.begin(async (tx) => {
      await tx`lock table business_hours in access exclusive mode`;
      start();
      await until(async () => (await findReport(database(), id))?.state === "running");
      await stop();
      expect(await findReport(database(), id)).toMatchObject({ state: "queued", attempts: 1, handedBack: 1 });
    });
    start();
    expect(await ended(id)).toMatchObject({ state: "complete", attempts: 2 });
  });

  it("drops its work when another worker took the report over", async () => {
    const id = await queue("taken");
    await database().sql.begin(async (tx) => {
      await tx`lock table business_hours in access exclusive mode`;
      start({ heartbeatSeconds: 0.05 });
      await until(async () => (await findReport(database(), id))?.state === "running");
      await database().sql`update reports set attempts = attempts + 1, worker = 'another' where id = ${id}`;
    });
    const { sql } = database();
    await pause(200);
    expect(await findReport(database(), id)).toMatchObject({ state: "running", attempts: 2, worker: "another" });
    expect(await sql`select count(*)::int as count from report_rows`).toEqual([{ count: 0 }]);
  });

  it("survives the loss of its connections, also of the one for notifications", async () => {
    const name = "cut off";
    const own = openDatabase(database().url, { max: 5, applicationName: name, statementTimeoutMs: 30_000 });
    start({ pollMs: 30_000 }, own);
    const { sql } = database();
    // The channels are subscribed in this order, so the second implies both.
    const listener = async (): Promise<number | null> => {
      const [row] = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity where application_name = ${name} and query = 'listen "fleet_changed"'`;
      return row?.pid ?? null;
    };
    const first = await until(listener);
    await ended(await queue("before"));
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = ${name}`;
    await until(async () => ![null, first].includes(await listener()));
    // The queue is not polled here, so only a notification can cause this.
    expect((await ended(await queue("after"))).state).toBe("complete");
    await stop();
    await own.close();
  });
});

describe("the result of a zombie", () => {
  it("leaves no trace, and the new owner's is complete", async () => {
    const id = await queue("one");
    const { sql } = database();
    const zombie = await claimNextReport(database());
    await sql`update reports set lease_until = now() - interval '1 second'`;
    const owner = await claimNextReport(database());
    expect(await produceReport(database(), zombie)).toBeNull();
    expect(await sql`select count(*)::int as count from report_rows`).toEqual([{ count: 0 }]);
    expect(await produceReport(database(), owner)).toMatchObject({ stores: 4 });
    expect(await produceReport(database(), owner)).toBeNull();
    expect(await sql`select count(*)::int as count from report_rows`).toEqual([{ count: 4 }]);
    expect(await findReport(database(), id)).toMatchObject({ state: "complete", attempts: 2 });
  });
});

describe("snapshots of the fleet", () => {
  const snapshots = () => database().sql<{ id: string; state: string }[]>`
    select id, state from reports where origin = 'snapshot' order by id`;
  const change = () => database().sql`
    update fleet_state set newest_poll_at = ${isoInstant(asOf)}, data_version = data_version + 1`;

  it("follow the data; the newest three are kept, with their rows", async () => {
    start();
    const { sql } = database();
    for (let version = 1; version <= 5; version++) {
      await change();
      await until(async () => {
        const rows = await sql`
          select 1 from reports where origin = 'snapshot' and state = 'complete' and data_version = ${version}`;
        return rows.length > 0;
      });
    }
    await until(async () => (await snapshots()).length === 3);
    const kept = (await snapshots()).map(({ id }) => Number(id));
    expect(Math.min(...kept)).toBeGreaterThan(2);
    for (const table of ["fleet_rows", "report_rows"]) {
      const rows = await sql<{ report_id: string; count: number }[]>`
        select report_id, count(*)::int as count from ${sql(table)} group by report_id order by report_id`;
      expect(rows.map((row) => [Number(row.report_id), row.count])).toEqual(kept.map((id) => [id, 4]));
    }
    expect(await sql`select count(*)::int as count from fleet_summaries`).toEqual([{ count: 3 }]);
  });
});
