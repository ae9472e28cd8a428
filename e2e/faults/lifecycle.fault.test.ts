import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { findImport } from "@/db/queries/imports";
import { findReport } from "@/db/queries/reports";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { jsonOf, send } from "./harness/client";
import { recordFigure, secondsSince } from "./harness/figures";
import { clearAll, makeFleet } from "./harness/fleet";
import { pollsCsv } from "./harness/sample-polls";
import { type Replica, Replicas } from "./harness/replicas";
import { cleanCsv, csvOf, queueFleetReport } from "./harness/reports";

const database = testDb();
const replicas = new Replicas();
const stores = 1_200;
/** The guarantee is 5 s; a busy machine may take longer, but not as long as the work in progress. */
const exitMs = 5_000 * 3;

beforeEach(async () => {
  await clearAll(database());
  await makeFleet(database(), stores);
});
afterEach(() => replicas.killAll());
afterAll(() => replicas.killAll());

const start = (kind: "web" | "worker", faults = ""): Promise<Replica> =>
  replicas[kind]({ databaseUrl: database().url, env: { FAULT_POINTS: faults } });
const reportIs = (id: number, state: string) => async () => (await findReport(database(), id))?.state === state;

describe("F9: after SIGTERM", () => {
  it("a web server completes downloads, accepts nothing new and exits with 0", async () => {
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
    recordFigure(
      "F9",
      `a download of ${stores} rows ended whole; the server ended with 0 after ${secondsSince(startedMs)} s`,
    );
  });

  it("a web server completes a slow request and a file that is being received", async () => {
    const web = await start("web", "polls.merged:delay:1:2000");
    const polls = [{ store_id: "slow", at: "2023-01-25T12:00:00Z", status: "active" }];
    const slow = send(`${web.origin}/api/v1/polls`, { body: { polls } });
    let more: (text: string | null) => void = () => undefined;
    const file = new ReadableStream<Uint8Array>({
      start: (controller) => {
        more = (text) => {
          if (text === null) controller.close();
          else controller.enqueue(Buffer.from(text));
        };
      },
    });
    const init = { method: "POST", headers: { "content-type": "text/csv" }, duplex: "half" } as const;
    const upload = fetch(`${web.origin}/api/v1/imports/polls`, { ...init, body: file });
    more("store_id,status,timestamp_utc\n");
    more("file-1,active,2023-01-25 12:00:00 UTC\n".repeat(40_000));
    await until(async () => (await database().sql`select 1 from import_chunks`).length > 0);
    const startedMs = performance.now();
    web.signal("SIGTERM");
    await until(async () => (await send(`${web.origin}/api/livez`)).status === 0);
    const answer = await slow;
    expect([answer.status, jsonOf(answer)]).toEqual([200, expect.objectContaining({ accepted: 1 })]);
    more("file-2,active,2023-01-25 12:00:00 UTC\n");
    more(null);
    expect((await upload).status).toBe(202);
    expect(await web.exit).toEqual({ code: 0, signal: null });
    const took = secondsSince(startedMs);
    // Without waiting for keep-alive connections of clients: that would be 25 s.
    expect(Number(took)).toBeLessThan(20);
    await start("worker");
    await until(async () => (await database().sql`select 1 from imports where state = 'complete'`).length === 1);
    const kept = await database().sql`select store_id from stores where store_id in ('slow', 'file-1', 'file-2')`;
    expect(kept).toHaveLength(3);
    recordFigure(
      "F9",
      `a slow request and an upload were brought to their end; the server ended with 0 after ${took} s`,
    );
  });

  it("a worker returns its claims at once, and exits with 0", async () => {
    const id = await queueFleetReport(database(), "returned to the queue");
    const first = await start("worker", "report.computed:delay:1:60000");
    await until(reportIs(id, "running"));
    const second = await start("worker");
    const startedMs = performance.now();
    first.signal("SIGTERM");
    await until(async () => (await findReport(database(), id))?.worker?.endsWith(`-${second.pid}`) === true, 20_000);
    const takenOver = secondsSince(startedMs);
    await until(reportIs(id, "complete"));
    expect(await csvOf(database(), id)).toBe(await cleanCsv(database()));
    expect(await findReport(database(), id)).toMatchObject({ attempts: 2, handedBack: 1 });
    recordFigure("F9", `a report was another worker's ${takenOver} s after SIGTERM; ${stores} rows equal`);
  });

  it("a worker returns the file that it imports, and another one imports it", async () => {
    const rows = 5_000;
    const web = await start("web");
    const body = pollsCsv("file", rows);
    const { id } = jsonOf(await send(`${web.origin}/api/v1/imports/polls`, { body })) as { id: number };
    // Its merge waits, within a statement.
    const holder = await database().sql.reserve();
    await holder`begin`;
    await holder`lock table polls in share mode`;
    const first = await start("worker");
    const waiting = () => database().sql`
      select 1 from pg_stat_activity where datname = current_database()
        and application_name = 'store-monitoring worker' and wait_event_type = 'Lock' and query like '%insert into polls%'`;
    await until(async () => (await waiting()).length > 0);
    const second = await start("worker");
    const startedMs = performance.now();
    first.signal("SIGTERM");
    await until(async () => (await findImport(database(), id))?.worker?.endsWith(`-${second.pid}`) === true, 20_000);
    const took = secondsSince(startedMs);
    await holder`rollback`;
    holder.release();
    await until(async () => (await findImport(database(), id))?.state === "complete", 30_000);
    expect(await findImport(database(), id)).toMatchObject({
      counts: { rows, accepted: rows, rejected: 0 },
      attempts: 2,
      handedBack: 1,
    });
    expect(await first.exit).toEqual({ code: 0, signal: null });
    expect(second.isRunning()).toBe(true);
    recordFigure("F9", `an import in its merge was another worker's ${took} s after SIGTERM; ${rows} rows kept`);
  });
});

it("F10: a second signal ends a process at once, even if its work does not end", async () => {
  const web = await start("web", "polls.merged:delay:1:60000");
  const worker = await start("worker", "import.claimed:delay:1:60000");
  const body = "store_id,status,timestamp_utc\nfile-1,active,2023-01-25 12:00:00 UTC\n";
  expect((await send(`${web.origin}/api/v1/imports/polls`, { body })).status).toBe(202);
  const polls = [{ store_id: "slow", at: "2023-01-25T12:00:00Z", status: "active" }];
  // With a key, so that a transaction is open meanwhile.
  const slow = send(`${web.origin}/api/v1/polls`, { body: { polls }, key: "slow" });
  await until(async () => {
    const [row] = await database().sql<{ running: number; open: number }[]>`
      select (select count(*) from imports where state = 'running')::int as running,
        (select count(*) from pg_stat_activity where datname = current_database()
          and application_name = 'store-monitoring web' and state = 'idle in transaction')::int as open`;
    return row?.running === 1 && row.open === 1;
  });
  let slowest = 0;
  for (const replica of [worker, web]) {
    replica.signal("SIGTERM");
    await pause(1_000);
    expect(replica.isRunning()).toBe(true);
    const startedMs = performance.now();
    replica.signal("SIGTERM");
    await until(() => !replica.isRunning(), exitMs);
    slowest = Math.max(slowest, Number(secondsSince(startedMs)));
    expect(await replica.exit).toEqual({ code: 1, signal: null });
  }
  await slow;
  recordFigure("F10", `a second signal ended server and worker within ${slowest.toFixed(1)} s`);
});

describe("requests", () => {
  it("F11: an error in a handler gets a response without detail; an unhandled one is logged, or ends the process", async () => {
    const web = await start("web", "polls.merged:throw:1,polls.merged:reject:2,polls.merged:uncaught:3");
    const push = (n: number) => {
      const polls = [{ store_id: `f11-${n}`, at: "2023-01-25T12:00:00Z", status: "active" }];
      // With a key, so that it fails within a transaction.
      return send(`${web.origin}/api/v1/polls`, { body: { polls }, key: `f11-${n}` });
    };
    const thrown = await push(1);
    expect([thrown.status, jsonOf(thrown)]).toEqual([500, expect.objectContaining({ code: "internal" })]);
    expect(thrown.text).not.toMatch(/polls\.merged|at .*\.(ts|js)|select|insert/);
    expect(web.said()).toContain("A test made polls.merged fail");
    const rejected = await push(2);
    expect(rejected.status).toBe(200);
    await until(() => web.said().includes("unhandled promise rejection"));
    expect((await send(`${web.origin}/api/livez`)).status).toBe(200);
    await push(3);
    expect(await web.exit).toEqual({ code: 1, signal: null });
    expect(web.said()).toContain("the process cannot continue");
    const kept = await database().sql`select store_id from stores where store_id in ('f11-1', 'f11-2')`;
    expect(kept).toEqual([{ store_id: "f11-2" }]);
    const { password } = new URL(database().url);
    expect(password).not.toBe("");
    expect(web.said()).not.toContain(password);
  });

  it("F40: fifty concurrent triggers of one report on two servers create one report; under one key, too", async () => {
    const webs = await Promise.all([start("web"), start("web")]);
    const at = (i: number, path: string) => `${webs[i % 2]?.origin ?? ""}${path}`;
    const documented = await Promise.all(
      Array.from({ length: 50 }, (_, i) => send(at(i, "/store/store-1/trigger_report/"))),
    );
    // An overloaded server responds with 503 and Retry-After.
    expect(documented.filter(({ status }) => ![200, 429, 503].includes(status))).toEqual([]);
    const answered = documented.filter(({ status }) => status === 200);
    expect(new Set(answered.map(({ text }) => text))).toEqual(new Set(['{"report_id":1}']));
    const body = { scope: "fleet" };
    const keyed = await Promise.all(
      Array.from({ length: 50 }, (_, i) => send(at(i, "/api/v1/reports"), { body, key: "one" })),
    );
    // Requests during the first one get 409; none creates a second report.
    expect(keyed.filter(({ status }) => ![202, 409, 429, 503].includes(status))).toEqual([]);
    expect(keyed.some(({ status }) => status === 202)).toBe(true);
    const [row] = await database().sql<{ reports: number }[]>`select count(*)::int as reports from reports`;
    expect(row).toEqual({ reports: 2 });
    recordFigure("F40", "2 servers, 50 triggers each way: 1 report each");
  });

  it("F45: repeated requests see a report running and then all of it, never a part", async () => {
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
