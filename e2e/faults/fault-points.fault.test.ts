import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { faultPointNames, type FaultPointName } from "@/lib/faults/fault-point";
import { beginImport, queueImport } from "@/db/queries/import-chunks";
import { insertChunk } from "@/db/queries/bulk/import-bytes";
import { findImport, queueUndo } from "@/db/queries/imports";
import { findReport, findSnapshot } from "@/db/queries/reports";
import { insertWebhook } from "@/db/queries/webhooks";
import { databaseUrl } from "@/db/testing/database-url";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { endState } from "@/lib/server/imports/test-support/import-text";
import { jsonOf, send } from "./harness/client";
import { clearAll, makeFleet } from "./harness/fleet";
import { recordFigure } from "./harness/figures";
import { workUntil } from "./harness/next-worker";
import { type Receiver, startReceiver } from "./harness/receiver";
import { type Replica, Replicas } from "./harness/replicas";
import { cleanCsv, csvOf, queueFleetReport } from "./harness/reports";
import { pollsCsv } from "./harness/sample-polls";

const database = testDb();
const replicas = new Replicas();
const stores = 40;
const rows = 2_000;
const file = Buffer.from(pollsCsv("file", rows));
const timeoutMs = 30_000;

let well: Replica;
let receiver: Receiver;
const recovered: number[] = [];

beforeAll(async () => {
  receiver = await startReceiver();
  well = await replicas.web({ databaseUrl: database().url });
});
beforeEach(async () => {
  await clearAll(database());
  await makeFleet(database(), stores);
});
afterAll(async () => {
  await replicas.killAll();
  await receiver.close();
  const slowest = Math.max(...recovered).toFixed(1);
  recordFigure("F2", `killed at ${faultPointNames.length} points; whole again at the latest after ${slowest} s`);
});
afterEach(() => {
  expect(well.isRunning()).toBe(true);
});

/** The process must die at that point, because of it. */
async function expectDeath(replica: Replica, point: FaultPointName): Promise<void> {
  const reached = () => !replica.isRunning();
  await until(reached, timeoutMs).catch((cause: unknown) => {
    throw new Error(`${point} was never reached`, { cause });
  });
  expect(await replica.exit).toEqual({ code: null, signal: "SIGKILL" });
}

async function killWorkerAt(point: FaultPointName): Promise<void> {
  const env = { FAULT_POINTS: `${point}:kill` };
  await expectDeath(await replicas.worker({ databaseUrl: database().url, env }), point);
}

/** Sends to a server that dies at the point, and again under the same key to a healthy one. */
async function sendTwice(point: FaultPointName, path: string, options: Parameters<typeof send>[1]) {
  const ill = await replicas.web({ databaseUrl: database().url, env: { FAULT_POINTS: `${point}:kill` } });
  const lost = await send(ill.origin + path, options);
  expect(lost.status).toBe(0);
  await expectDeath(ill, point);
  const startedMs = performance.now();
  const answer = await until2(async () => {
    const answer = await send(well.origin + path, options);
    // The dead server's transaction may hold the key until the database notices.
    return answer.status === 409 ? null : answer;
  });
  recovered.push((performance.now() - startedMs) / 1_000);
  return answer;
}

async function until2<T>(look: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
  }
}

async function recover(done: () => Promise<boolean>): Promise<void> {
  recovered.push(await workUntil(database(), done));
}

async function sendFile(): Promise<number> {
  const id = await beginImport(database(), { kind: "polls", fileName: null, dryRun: false, abortOnReject: false }, 30);
  await insertChunk(database(), id, 0, file);
  await queueImport(database(), { id, bytes: file.length, sha256: "0".repeat(64) });
  return id;
}

const importIs = (id: number, state: string) => async () => (await findImport(database(), id))?.state === state;
const reportIs = (id: number, state: string) => async () => (await findReport(database(), id))?.state === state;
const chunksLeft = async () => (await database().sql`select 1 from import_chunks`).length;
const count = async (table: string): Promise<number> => {
  const [row] = await database().sql<{ count: string }[]>`select count(*) from ${database().sql(table)}`;
  return Number(row?.count);
};

async function anImport(point: FaultPointName): Promise<void> {
  const before = await count("polls");
  const id = await sendFile();
  await killWorkerAt(point);
  const kept = await importIs(id, "complete")();
  expect((await count("polls")) - before).toBe(kept ? rows : 0);
  await recover(async () => (await importIs(id, "complete")()) && (await chunksLeft()) === 0);
  expect(await findImport(database(), id)).toMatchObject({ counts: { rows, accepted: rows, rejected: 0 } });
  expect((await count("polls")) - before).toBe(rows);
}

const pollsOf = (state: string): unknown => (JSON.parse(state) as { polls: unknown }).polls;

async function anUndoing(point: FaultPointName): Promise<void> {
  const before = await endState(database());
  const id = await sendFile();
  await recover(importIs(id, "complete"));
  await queueUndo(database(), id);
  await killWorkerAt(point);
  expect(await importIs(id, "undoing")()).toBe(true);
  await recover(importIs(id, "undone"));
  const after = await endState(database());
  expect(pollsOf(after)).toEqual(pollsOf(before));
}

async function aReport(point: FaultPointName): Promise<void> {
  const id = await queueFleetReport(database(), "killed");
  await killWorkerAt(point);
  if (!(await reportIs(id, "complete")())) expect(await count("report_rows")).toBe(0);
  await recover(reportIs(id, "complete"));
  expect(await findReport(database(), id)).toMatchObject({ attempts: point === "report.saved" ? 1 : 2 });
  expect(await csvOf(database(), id)).toBe(await cleanCsv(database()));
}

async function aSnapshot(point: FaultPointName): Promise<void> {
  await database().sql`update fleet_state set data_version = 1`;
  await killWorkerAt(point);
  expect(await findSnapshot(database(), null)).toBeNull();
  expect(await count("fleet_rows")).toBe(0);
  await recover(async () => (await findSnapshot(database(), null)) !== null);
  expect(await count("fleet_rows")).toBe(stores);
}

async function aMessage(point: FaultPointName): Promise<void> {
  const { sql } = database();
  await insertWebhook(database(), {
    url: receiver.url,
    events: ["report.completed"],
    secret: `whsec_${"A".repeat(32)}`,
  });
  const before = receiver.received.length;
  const id = await queueFleetReport(database(), "told");
  await killWorkerAt(point);
  expect(await reportIs(id, "complete")()).toBe(true);
  const delivered = async () => (await sql`select 1 from webhook_deliveries where state = 'delivered'`).length === 1;
  expect(await delivered()).toBe(false);
  await recover(delivered);
  // At least once: a receiver that got it twice recognizes it by the message's id.
  const got = receiver.received.slice(before);
  expect(got.length).toBe(point === "webhook.claimed" ? 1 : 2);
  expect(new Set(got.map(({ messageId }) => messageId)).size).toBe(1);
}

async function somePolls(point: FaultPointName): Promise<void> {
  const before = await count("polls");
  const polls = [1, 2, 3].map((n) => ({ store_id: `sent-${n}`, at: "2023-01-25T12:00:00Z", status: "active" }));
  const answer = await sendTwice(point, "/api/v1/polls", { body: { polls }, key: "k" });
  // Without a key the first server may have committed: then the same polls are duplicates.
  expect(jsonOf(answer)).toMatchObject({ accepted: 3, duplicate: 0, conflicting: 0 });
  expect(answer.headers.get("idempotent-replay")).toBe(point === "polls.committed" ? "true" : null);
  expect((await count("polls")) - before).toBe(3);
}

async function aTrigger(point: FaultPointName): Promise<void> {
  const answer = await sendTwice(point, "/store/store-1/trigger_report/", {});
  expect(jsonOf(answer)).toEqual({ report_id: 1 });
  expect(await count("reports")).toBe(1);
}

/** A page leaves nothing behind; the next request succeeds. */
async function aPage(point: FaultPointName): Promise<void> {
  const answer = await sendTwice(point, "/", {});
  expect([answer.status, answer.text.includes("<h1")]).toEqual([200, true]);
}

async function anUpload(point: FaultPointName): Promise<void> {
  const before = await count("polls");
  const answer = await sendTwice(point, "/api/v1/imports/polls", { body: file.toString(), key: "k" });
  expect(answer.status).toBe(202);
  await recover(async () => {
    const open = await database().sql`select 1 from imports where state not in ('complete', 'failed')`;
    return open.length === 0 && (await chunksLeft()) === 0;
  });
  const ended = await database().sql<{ state: string; code: string | null }[]>`
    select state, error_code as code from imports where state = 'complete' or error_code <> 'incomplete_upload'`;
  expect(ended).toEqual([{ state: "complete", code: null }]);
  expect((await count("polls")) - before).toBe(rows);
}

async function aMigration(point: FaultPointName): Promise<void> {
  const name = `fresh_${point.replace(".", "_")}`;
  const url = databaseUrl(database().url, name);
  const { sql } = database();
  await sql`create database ${sql(name)}`;
  try {
    await expectDeath(replicas.migration({ databaseUrl: url, env: { FAULT_POINTS: `${point}:kill` } }), point);
    const startedMs = performance.now();
    expect(await replicas.migration({ databaseUrl: url }).exit).toEqual({ code: 0, signal: null });
    recovered.push((performance.now() - startedMs) / 1_000);
    const fresh = openDatabase(url, { max: 1, applicationName: "test", statementTimeoutMs: 0 });
    expect(await fresh.sql`select 1 from fleet_state`).toHaveLength(1);
    await fresh.close();
  } finally {
    await sql`drop database ${sql(name)} with (force)`;
  }
}

async function aMerge(point: FaultPointName): Promise<void> {
  const before = await endState(database());
  const json = (key: string) => ({ body: { source_id: "store-2" }, key });
  const preview = await send(`${well.origin}/api/v1/stores/store-1/merge`, {
    body: { source_id: "store-2", dry_run: true },
  });
  const ill = await replicas.web({ databaseUrl: database().url, env: { FAULT_POINTS: `${point}:kill` } });
  expect((await send(`${ill.origin}/api/v1/stores/store-1/merge`, json("a"))).status).toBe(0);
  await expectDeath(ill, point);
  expect(await endState(database())).toBe(before);
  const answer = await send(`${well.origin}/api/v1/stores/store-1/merge`, json("b"));
  const { polls, polls_added } = jsonOf(preview) as { polls: number; polls_added: number };
  expect(jsonOf(answer)).toMatchObject({ polls, polls_added, source_id: "store-2" });
}

async function aPurge(point: FaultPointName): Promise<void> {
  const { sql } = database();
  await sql`update stores set lifecycle = 'deleted', lifecycle_since = now() - interval '25 hours' where store_id = 'store-1'`;
  const ofStore = async () =>
    (await sql`select 1 from polls join stores using (store_key) where store_id = 'store-1'`).length;
  const before = await ofStore();
  await killWorkerAt(point);
  expect(await ofStore()).toBe(before);
  const polls = await count("polls");
  await recover(async () => (await sql`select 1 from stores where store_id = 'store-1'`).length === 0);
  expect(await count("polls")).toBe(polls - before);
}

const scenarios: Readonly<Record<FaultPointName, (point: FaultPointName) => Promise<void>>> = {
  "migration.locked": aMigration,
  "migration.applied": aMigration,
  "polls.merged": somePolls,
  "polls.committed": somePolls,
  "response.stored": somePolls,
  "trigger.queued": aTrigger,
  "import.received": anUpload,
  "import.queued": anUpload,
  "import.accepted": anUpload,
  "import.claimed": anImport,
  "import.read": anImport,
  "import.merged": anImport,
  "import.settled": anImport,
  "import.committed": anImport,
  "import.undone": anUndoing,
  "report.claimed": aReport,
  "report.computed": aReport,
  "report.ended": aReport,
  "report.written": aReport,
  "report.saved": aReport,
  "snapshot.written": aSnapshot,
  "merge.moved": aMerge,
  "purge.polls": aPurge,
  "webhook.claimed": aMessage,
  "webhook.sent": aMessage,
  "webhook.ended": aMessage,
  "page.framed": aPage,
  "page.read": aPage,
};

describe("F2: a process killed there leaves nothing that another one does not repair", () => {
  it.each(faultPointNames)("%s", async (point) => scenarios[point](point));
});
