import { beforeEach, describe, expect, it } from "vitest";
import { beginImport, queueImport } from "@/db/queries/import-chunks";
import { insertChunk } from "@/db/queries/bulk/import-bytes";
import { failLostImportsAndNotify } from "@/lib/server/imports/fail-imports";
import { findImport, queueUndo } from "@/db/queries/imports";
import { testDb } from "@/db/testing/test-db";
import { clear } from "@/lib/server/imports/test-support/import-text";
import { until, workerProcesses } from "./test-support/worker-processes";

const database = testDb();
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

const { start, kill, killAt } = workerProcesses(database);

beforeEach(async () => {
  await clear(database());
  await database().sql`truncate imports restart identity cascade`;
});

async function send(): Promise<number> {
  const id = await beginImport(database(), { kind: "polls", fileName: null, dryRun: false, abortOnReject: false }, 30);
  await insertChunk(database(), id, 0, file.subarray(0, 500_000));
  await insertChunk(database(), id, 1, file.subarray(500_000));
  await queueImport(database(), { id, bytes: file.length, sha256: "0".repeat(64) });
  return id;
}

async function letLeaseRunOut(): Promise<void> {
  await database().sql`
    update imports set lease_until = now() - interval '1 second' where state in ('running', 'undoing')`;
}

async function finish(id: number, state: string): Promise<void> {
  const worker = start();
  await until(async () => (await findImport(database(), id))?.state === state);
  await until(async () => (await database().sql`select 1 from import_chunks`).length === 0);
  await kill(worker);
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
    await killAt(table, query);
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
      await killAt("stores", "insert into stores");
      await letLeaseRunOut();
    }
    expect(await failLostImportsAndNotify(database())).toBe(1);
    expect(await findImport(database(), id)).toMatchObject({ state: "failed", errorCode: "worker_lost" });
    expect(await count("polls")).toBe(0);
  });

  it("while it is undone is undone by the next", async () => {
    const id = await send();
    await finish(id, "complete_with_rejects");
    expect(await queueUndo(database(), id)).toBe(true);
    await killAt("poll_conflicts", "delete from poll_conflicts");
    expect(await count("polls")).toBe(good);
    await letLeaseRunOut();
    await finish(id, "undone");
    expect(await findImport(database(), id)).toMatchObject({ pollsRemoved: good, pollsRestored: 0, counts: clean });
    expect(await count("polls")).toBe(0);
    expect(await count("poll_conflicts")).toBe(0);
  });
});
