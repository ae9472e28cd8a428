import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { findReport } from "@/db/queries/reports";
import { databaseUrl } from "@/db/testing/database-url";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { jsonOf, send } from "./harness/client";
import { noteFigure, secondsSince } from "./harness/figures";
import { clearAll, makeFleet } from "./harness/fleet";
import { type Replica, Replicas } from "./harness/replicas";
import { cleanCsv, csvOf, queueFleetReport } from "./harness/reports";

const database = testDb();
const replicas = new Replicas();
const stores = 1_200;

beforeEach(async () => {
  await clearAll(database());
  await makeFleet(database(), stores);
});
afterEach(() => replicas.killAll());
afterAll(() => replicas.killAll());

const start = (kind: "web" | "worker", faults = ""): Promise<Replica> =>
  replicas[kind]({ databaseUrl: database().url, env: { FAULT_POINTS: faults } });
const reportIs = (id: number, state: string) => async () => (await findReport(database().db, id))?.state === state;

describe("F6: on an empty database", () => {
  it("any number of processes migrate at once, one dies in the middle, and all are content", async () => {
    const { sql } = database();
    const url = databaseUrl(database().url, "from_nothing");
    await sql`create database from_nothing`;
    try {
      const dying = replicas.migration({ databaseUrl: url, env: { FAULT_POINTS: "migration.locked:kill" } });
      const others = Array.from({ length: 5 }, () => replicas.migration({ databaseUrl: url }));
      expect(await dying.exit).toEqual({ code: null, signal: "SIGKILL" });
      for (const other of others) expect(await other.exit, other.said()).toEqual({ code: 0, signal: null });
      const fresh = openDatabase(url, { max: 1, applicationName: "test", statementTimeoutMs: 0 });
      const applied = await fresh.sql`select hash from drizzle.__drizzle_migrations`;
      await fresh.close();
      expect(new Set(applied.map(({ hash }) => String(hash))).size).toBe(applied.length);
      noteFigure("F6", `6 processes at once, one killed: ${applied.length} migrations, each applied once`);
    } finally {
      await sql`drop database from_nothing with (force)`;
    }
  });
});

describe("F9: told to end", () => {
  it("a web server brings downloads to their end, takes nothing new and ends with 0", async () => {
    const worker = await start("worker");
    const id = await queueFleetReport(database(), "downloaded");
    await until(reportIs(id, "complete"));
    await worker.kill();
    const web = await start("web");
    const response = await fetch(`${web.origin}/api/v1/reports/${id}.csv`);
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    const first = await reader.read();
    const startedMs = performance.now();
    web.signal("SIGTERM");
    await until(async () => (await send(`${web.origin}/api/livez`)).status === 0);
    const parts = [first.value ?? new Uint8Array()];
    for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value);
    expect(Buffer.concat(parts).toString()).toBe(await cleanCsv(database()));
    expect(await web.exit).toEqual({ code: 0, signal: null });
    noteFigure(
      "F9",
      `a download of ${stores} rows ended whole; the server ended with 0 after ${secondsSince(startedMs)} s`,
    );
  });

  it("a worker hands back what it holds at once, and ends with 0", async () => {
    const id = await queueFleetReport(database(), "handed back");
    const first = await start("worker", "report.computed:delay:1:60000");
    await until(reportIs(id, "running"));
    const second = await start("worker");
    const startedMs = performance.now();
    first.signal("SIGTERM");
    await until(async () => (await findReport(database().db, id))?.worker?.endsWith(`-${second.pid}`) === true, 20_000);
    const takenOver = secondsSince(startedMs);
    await until(reportIs(id, "complete"));
    expect(await csvOf(database(), id)).toBe(await cleanCsv(database()));
    expect(await findReport(database().db, id)).toMatchObject({ attempts: 2, handedBack: 1 });
    noteFigure("F9", `a report was another worker's ${takenOver} s after SIGTERM; ${stores} rows equal`);
  });
});

it("F10: a second signal ends a process at once, also one that still has work", async () => {
  await queueFleetReport(database(), "cut short");
  const worker = await start("worker", "report.computed:delay:1:60000");
  const web = await start("web");
  await until(async () => (await database().sql`select 1 from reports where state = 'running'`).length === 1);
  for (const replica of [worker, web]) {
    replica.signal("SIGTERM");
    replica.signal("SIGTERM");
    await until(() => !replica.isRunning(), 10_000);
  }
});

describe("requests", () => {
  it("F40: fifty triggers of one report at once to two servers make one report; under one key, too", async () => {
    const webs = await Promise.all([start("web"), start("web")]);
    const at = (i: number, path: string) => `${webs[i % 2]?.origin ?? ""}${path}`;
    const documented = await Promise.all(
      Array.from({ length: 50 }, (_, i) => send(at(i, "/store/store-1/trigger_report/"))),
    );
    // A server that is asked for more than it can do at once says so, and when to come back.
    expect(documented.filter(({ status }) => ![200, 429, 503].includes(status))).toEqual([]);
    const answered = documented.filter(({ status }) => status === 200);
    expect(new Set(answered.map(({ text }) => text))).toEqual(new Set(['{"report_id":1}']));
    const body = { scope: "fleet" };
    const keyed = await Promise.all(
      Array.from({ length: 50 }, (_, i) => send(at(i, "/api/v1/reports"), { body, key: "one" })),
    );
    // Whoever comes while the first is being answered is told to come again; nobody makes a second report.
    expect(keyed.filter(({ status }) => ![202, 409, 429, 503].includes(status))).toEqual([]);
    expect(keyed.some(({ status }) => status === 202)).toBe(true);
    const [row] = await database().sql<{ reports: number }[]>`select count(*)::int as reports from reports`;
    expect(row).toEqual({ reports: 2 });
    noteFigure("F40", "2 servers, 50 triggers each way: 1 report each");
  });

  it("F42: clients that go away in the middle of downloads and uploads leave nothing behind", async () => {
    const worker = await start("worker");
    const id = await queueFleetReport(database(), "aborted");
    await until(reportIs(id, "complete"));
    const web = await start("web");
    const abortOne = async (path: string, init: RequestInit, afterMs: number) => {
      const abort = new AbortController();
      const sent = fetch(web.origin + path, { ...init, signal: abort.signal })
        .then((response) => response.body?.getReader().read())
        .catch(() => undefined);
      await pause(afterMs);
      abort.abort();
      await sent;
    };
    const upload = () =>
      new ReadableStream<Uint8Array>({
        start: (controller) => {
          controller.enqueue(Buffer.from("store_id,status,timestamp_utc\n"));
        },
      });
    for (let i = 0; i < 10; i++) {
      await Promise.all(Array.from({ length: 10 }, () => abortOne(`/api/v1/reports/${id}.csv`, {}, 5 * i)));
      const init = { method: "POST", headers: { "content-type": "text/csv" }, duplex: "half" } as const;
      await Promise.all(
        Array.from({ length: 5 }, () => abortOne("/api/v1/imports/polls", { ...init, body: upload() }, 20)),
      );
    }
    await until(async () => {
      const [left] = await database().sql<{ receiving: number; chunks: number; busy: number }[]>`
        select (select count(*) from imports where state not in ('failed', 'cancelled'))::int as receiving,
          (select count(*) from import_chunks)::int as chunks,
          (select count(*) from pg_stat_activity
            where datname = current_database() and application_name = 'store-monitoring web' and state <> 'idle')::int as busy`;
      return left?.receiving === 0 && left.chunks === 0 && left.busy === 0;
    });
    expect((await send(`${web.origin}/api/v1/reports/${id}.csv`)).text).toBe(await cleanCsv(database()));
    expect([web.isRunning(), worker.isRunning()]).toEqual([true, true]);
    noteFigure("F42", "100 downloads and 50 uploads broken off: no import, chunk or busy session left");
  });

  it("F45: who asks again and again sees a report running and then all of it, never a part", async () => {
    const web = await start("web");
    const triggered = await send(`${web.origin}/api/v1/reports`, { body: { scope: "fleet" } });
    const { id } = jsonOf(triggered) as { id: number };
    await start("worker", "report.ended:delay:1:500,report.written:delay:1:500");
    const seen = new Set<string>();
    let csv = "";
    await until(async () => {
      const answer = await send(`${web.origin}/store/get_report/`, { body: { report_id: id } });
      const { status } = jsonOf(answer) as { status: string };
      const download = await send(`${web.origin}/api/v1/reports/${id}.csv`);
      expect([200, 409]).toContain(download.status);
      if (status === "Complete") expect(download.status).toBe(200);
      if (download.status === 200) csv = download.text;
      seen.add(status);
      return status === "Complete";
    });
    expect([...seen]).toEqual(["Running", "Complete"]);
    expect(csv).toBe(await cleanCsv(database()));
  });
});
