import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { beginImport, queueImport } from "@/db/queries/import-chunks";
import { keepChunk } from "@/db/queries/bulk/import-bytes";
import { failLostImportsAndNotify } from "@/lib/server/imports/fail-imports";
import { findImport, queueUndo } from "@/db/queries/imports";
import { testDb } from "@/db/testing/test-db";
import { clear } from "@/lib/server/imports/test-support/import-text";

const database = testDb();
const root = join(import.meta.dirname, "../../..");
const good = 20_000;
/** With a reject, a duplicate, a conflict and a blank line, so that a wrong count shows. */
const file = Buffer.from(
  [
    "store_id,status,timestamp_utc",
    ...Array.from({ length: good }, (_, i) => {
      return `store-${i % 50},active,${new Date(Date.UTC(2023, 0, 23) + i * 1_000).toISOString()}`;
    }),
    "store-0,active,2023-01-23T00:00:00.000Z",
    "store-0,inactive,2023-01-23T00:00:00.000Z",
    "",
    "store-0,up,2023-01-23T00:00:00.000Z",
    "",
  ].join("\n"),
);
const clean = { rows: good + 4, accepted: good, duplicate: 1, conflicting: 1, rejected: 1, blank: 1, discarded: 0 };

let child: ChildProcess | null = null;

beforeEach(async () => {
  await clear(database());
  await database().sql`truncate imports restart identity cascade`;
});
afterEach(() => {
  child?.kill("SIGKILL");
});

function startWorker(): ChildProcess {
  child = fork(join(root, "scripts/worker.ts"), {
    cwd: root,
    execArgv: ["--import", "tsx"],
    env: { NODE_ENV: "test", DATABASE_URL: database().url, LOG_LEVEL: "silent" },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return child;
}

/** Waits for the effect of a worker; the test's own time limit ends the wait. */
async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await pause(20);
}

async function send(): Promise<number> {
  const id = await beginImport(database(), { kind: "polls", fileName: null, dryRun: false, abortOnReject: false }, 30);
  await keepChunk(database(), id, 0, file.subarray(0, 500_000));
  await keepChunk(database(), id, 1, file.subarray(500_000));
  await queueImport(database(), { id, bytes: file.length, sha256: "0".repeat(64) });
  return id;
}

/** Kills a worker process while it waits, inside its transaction, for a table that the test has locked. */
async function killWorkerAt(table: string, query: string): Promise<void> {
  const { sql } = database();
  await sql.begin(async (tx) => {
    await tx`lock table ${tx(table)} in share mode`;
    const worker = startWorker();
    await until(async () => {
      const waiting = await sql`
        select 1 from pg_stat_activity
        where datname = current_database() and application_name = 'store-monitoring worker'
          and wait_event_type = 'Lock' and query like ${`%${query}%`}`;
      return waiting.length > 0;
    });
    worker.kill("SIGKILL");
    await once(worker, "exit");
  });
  // The server notices that its client is gone and rolls back.
  await until(async () => {
    const left = await sql`
      select 1 from pg_stat_activity
      where datname = current_database() and application_name = 'store-monitoring worker'`;
    return left.length === 0;
  });
}

async function letLeaseRunOut(): Promise<void> {
  await database().sql`
    update imports set lease_until = now() - interval '1 second' where state in ('running', 'undoing')`;
}

async function finish(id: number, state: string): Promise<void> {
  const worker = startWorker();
  await until(async () => (await findImport(database(), id))?.state === state);
  await until(async () => (await database().sql`select 1 from import_chunks`).length === 0);
  worker.kill("SIGKILL");
  await once(worker, "exit");
}

const count = async (table: string): Promise<number> => {
  const [row] = await database().sql<{ count: string }[]>`select count(*) from ${database().sql(table)}`;
  return Number(row?.count);
};

describe("F1: an import whose worker process is killed", { timeout: 90_000 }, () => {
  it.each([
    ["before it merges", "stores", "insert into stores"],
    ["when its rows are merged and its end is not", "import_rejects", "insert into import_rejects"],
    ["when all but the fleet's newest poll is written", "fleet_state", "note_fleet_change"],
  ])("%s is taken over: the counts of a clean run, each row once", async (_, table, query) => {
    const id = await send();
    await killWorkerAt(table, query);
    expect(await count("polls")).toBe(0);
    expect(await count("import_rejects")).toBe(0);
    expect(await findImport(database(), id)).toMatchObject({ state: "running", attempts: 1, counts: null });

    await letLeaseRunOut();
    await finish(id, "complete_with_rejects");
    expect(await findImport(database(), id)).toMatchObject({ attempts: 2, counts: clean });
    expect(await count("polls")).toBe(good);
    expect(await count("poll_conflicts")).toBe(1);
    expect(await count("import_rejects")).toBe(1);
  });

  it("three times is given up, with nothing of it kept", async () => {
    const id = await send();
    for (let death = 1; death <= 3; death++) {
      expect(await failLostImportsAndNotify(database())).toBe(0);
      await killWorkerAt("stores", "insert into stores");
      await letLeaseRunOut();
    }
    expect(await failLostImportsAndNotify(database())).toBe(1);
    expect(await findImport(database(), id)).toMatchObject({ state: "failed", errorCode: "worker_lost" });
    expect(await count("polls")).toBe(0);
  });

  it("while it undoes is undone by the next", async () => {
    const id = await send();
    await finish(id, "complete_with_rejects");
    expect(await queueUndo(database(), id)).toBe(true);
    await killWorkerAt("poll_conflicts", "delete from poll_conflicts");
    expect(await count("polls")).toBe(good);
    await letLeaseRunOut();
    await finish(id, "undone");
    expect(await findImport(database(), id)).toMatchObject({ pollsRemoved: good, pollsRestored: 0, counts: clean });
    expect(await count("polls")).toBe(0);
    expect(await count("poll_conflicts")).toBe(0);
  });
});
