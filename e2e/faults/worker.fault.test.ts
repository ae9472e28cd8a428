import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findReport } from "@/db/queries/reports";
import { queueReport } from "@/db/queries/bulk/queue-report";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { fleetAsOf, makeFleet } from "./harness/fleet";
import { recordFigure, secondsSince } from "./harness/figures";
import { Replicas } from "./harness/replicas";
import { cleanCsv, csvOf, queueFleetReport } from "./harness/reports";

const database = testDb();
const replicas = new Replicas();
const stores = 300;
/** Lease and sweep of these tests, and the allowance for a busy machine. */
const takeoverMs = 2_000 + 500 + 20_000;

beforeAll(() => makeFleet(database(), stores));
beforeEach(() => database().sql`truncate reports, report_rows restart identity`);
afterEach(() => replicas.killAll());
afterAll(() => replicas.killAll());

const worker = (faults = "", env: Readonly<Record<string, string>> = {}) =>
  replicas.worker({ databaseUrl: database().url, env: { FAULT_POINTS: faults, ...env } });
const report = (id: number) => findReport(database(), id);
const reportIs = (id: number, state: string) => async () => (await report(id))?.state === state;

describe("a worker", () => {
  it("F3: that is killed is replaced within lease and sweep, and the CSV is byte-equal", async () => {
    const id = await queueFleetReport(database(), "killed");
    const first = await worker("report.computed:delay:*:60000");
    await until(async () => (await report(id))?.storesDone === 256 || (await reportIs(id, "running")()));
    const second = await worker("", {});
    await first.kill();
    const startedMs = performance.now();
    await until(reportIs(id, "complete"), takeoverMs);
    recordFigure("F3", `taken over and complete after ${secondsSince(startedMs)} s; ${stores} rows equal`);
    expect(await report(id)).toMatchObject({
      attempts: 2,
      worker: expect.stringContaining(`-${second.pid}`) as string,
    });
    expect(await csvOf(database(), id)).toBe(await cleanCsv(database()));
  });

  it("F4: that dies of a report three times ends it as failed with the reason; others are served meanwhile", async () => {
    // Only a report of more than a hundred stores causes the crash, because it alone uses the slot of large ones.
    const poison = await queueFleetReport(database(), "poison");
    const startedMs = performance.now();
    for (let death = 1; death <= 3; death++) {
      const dying = await worker("report.claimed:kill");
      expect(await dying.exit).toEqual({ code: null, signal: "SIGKILL" });
      expect(await report(poison)).toMatchObject({ state: "running", attempts: death });
      await until(async () => {
        const [row] = await database().sql`select 1 from reports where id = ${poison} and lease_until < now()`;
        return row !== undefined;
      });
    }
    const other = await queueReport(database(), {
      scope: "stores",
      storeKeys: [1],
      method: "interpolated",
      asOf: fleetAsOf,
      dedupeKey: "other",
    });
    await worker();
    await until(reportIs(poison, "failed"), takeoverMs);
    await until(reportIs(other, "complete"));
    expect(await report(poison)).toMatchObject({
      attempts: 3,
      failureCode: "worker_lost",
      failureReason: expect.stringContaining("3 times") as string,
    });
    recordFigure(
      "F4",
      `failed (worker_lost) ${secondsSince(startedMs)} s after its first death; the next was complete`,
    );
  });

  it.each(["report.computed", "report.written"])(
    "F5: that is suspended at %s past its lease changes nothing when it continues",
    async (point) => {
      const id = await queueFleetReport(database(), "zombie");
      const zombie = await worker(`${point}:stop`);
      await until(reportIs(id, "running"));
      const second = await worker();
      // While it hangs in the transaction that ends the report, the server ends its session when the lease is over.
      await until(reportIs(id, "complete"), takeoverMs);
      expect(await report(id)).toMatchObject({
        attempts: 2,
        worker: expect.stringContaining(`-${second.pid}`) as string,
      });
      const before = await database().sql`select * from reports where id = ${id}`;
      zombie.signal("SIGCONT");
      await until(() => /report (lost|interrupted)|worker task failed, retrying/.test(zombie.said()));
      expect(await database().sql`select * from reports where id = ${id}`).toEqual(before);
      expect(await csvOf(database(), id)).toBe(await cleanCsv(database()));
      recordFigure("F5", `stopped at ${point}: one result, ${stores} rows equal`);
    },
  );

  it("F11: an unhandled rejection is logged and ends nothing; an uncaught exception ends the process, not the report", async () => {
    const first = await queueFleetReport(database(), "rejected");
    const logging = await worker("report.claimed:reject:1", { LOG_LEVEL: "info" });
    await until(reportIs(first, "complete"));
    expect(logging.isRunning()).toBe(true);
    expect(logging.said()).toContain("unhandled promise rejection");
    await logging.kill();

    const second = await queueFleetReport(database(), "uncaught");
    const dying = await worker("report.claimed:uncaught:1", { LOG_LEVEL: "info" });
    expect(await dying.exit).toEqual({ code: 1, signal: null });
    expect(dying.said()).toContain("the process cannot continue");
    const third = await queueFleetReport(database(), "thrown");
    await worker("report.computed:throw:2");
    await until(async () => (await reportIs(second, "complete")()) || (await reportIs(second, "failed")()));
    await until(async () => (await reportIs(third, "complete")()) || (await reportIs(third, "failed")()));
    const states = [await report(second), await report(third)].map((row) => row?.state).sort();
    expect(states).toEqual(["complete", "failed"]);
    const password = new URL(database().url).password;
    expect(password).not.toBe("");
    for (const replica of [logging, dying]) expect(replica.said()).not.toContain(password);
  });

  it("F33: whose clock is a day off neither takes over too early nor reports other figures", async () => {
    const off = (faults: string, ms: number) =>
      replicas.worker({
        databaseUrl: database().url,
        nodeArgs: ["--import", "./e2e/faults/harness/shift-clock.mjs"],
        env: { FAULT_POINTS: faults, CLOCK_SHIFT_MS: String(ms) },
      });
    const dayMs = 86_400_000;
    const id = await queueFleetReport(database(), "clocks");
    // Longer than its lease, which its heartbeats extend.
    const early = await off("report.computed:delay:1:5000", -dayMs);
    await until(reportIs(id, "running"));
    await off("", dayMs);
    await until(reportIs(id, "complete"));
    expect(await report(id)).toMatchObject({
      attempts: 1,
      worker: expect.stringContaining(`-${early.pid}`) as string,
    });
    expect(await csvOf(database(), id)).toBe(await cleanCsv(database()));
    recordFigure("F33", `two workers two days apart: one attempt, ${stores} rows equal`);
  });

  it("F35: that computes while hours are replaced uses those from when it started to read", async () => {
    const id = await queueFleetReport(database(), "hours");
    const before = await cleanCsv(database());
    await worker("report.computed:delay:1:2000");
    await until(async () => (await report(id))?.storesDone === stores);
    await database().sql`
      insert into business_hours (store_key, day, start_second, end_second)
      select store_key, day, 36000, 64800 from stores, generate_series(0, 6) as day`;
    try {
      await until(reportIs(id, "complete"));
      expect(await csvOf(database(), id)).toBe(before);
      expect(await cleanCsv(database())).not.toBe(before);
    } finally {
      await database().sql`truncate business_hours`;
    }
  });

  it("F26: that finds the disk full says so on the report, and works again when there is space", async () => {
    const id = await queueFleetReport(database(), "full");
    const full = await worker("report.written:enospc:1");
    await until(reportIs(id, "failed"));
    expect(await report(id)).toMatchObject({
      failureCode: "disk_full",
      failureReason: expect.stringContaining("disk is full") as string,
    });
    expect(await database().sql`select 1 from report_rows where report_id = ${id} limit 1`).toEqual([]);
    const next = await queueFleetReport(database(), "space again");
    await until(reportIs(next, "complete"));
    expect(full.isRunning()).toBe(true);
    expect(await csvOf(database(), next)).toBe(await cleanCsv(database()));
  });
});
