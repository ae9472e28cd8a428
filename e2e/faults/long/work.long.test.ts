import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { beginImport, queueImport } from "@/db/queries/import-chunks";
import { insertChunk } from "@/db/queries/bulk/import-bytes";
import { findImport } from "@/db/queries/imports";
import { findReport } from "@/db/queries/reports";
import { until } from "@/db/testing/holders";
import { testDb } from "@/db/testing/test-db";
import { send } from "@/e2e/faults/harness/client";
import { recordFigure } from "@/e2e/faults/harness/figures";
import { clearAll, makeFleet } from "@/e2e/faults/harness/fleet";
import { useOf } from "@/e2e/faults/harness/process-use";
import { Replicas } from "@/e2e/faults/harness/replicas";
import { cleanCsv, csvOf, queueFleetReport } from "@/e2e/faults/harness/reports";

const database = testDb();
const replicas = new Replicas();
/** The default settings, for tests about them. */
const shippedTimers = { LEASE_SECONDS: "30", HEARTBEAT_SECONDS: "1", SWEEP_SECONDS: "5" };

beforeEach(() => clearAll(database()));
afterEach(() => replicas.killAll());
afterAll(() => replicas.killAll());

const report = (id: number) => findReport(database(), id);

it("F12: a worker whose event loop blocks for five seconds keeps its report", async () => {
  await makeFleet(database(), 300);
  const id = await queueFleetReport(database(), "blocked");
  const env = { ...shippedTimers, FAULT_POINTS: "report.claimed:spin:1:5000" };
  const first = await replicas.worker({ databaseUrl: database().url, env });
  await until(async () => (await report(id))?.state === "running");
  await replicas.worker({ databaseUrl: database().url, env: shippedTimers });
  await until(async () => (await report(id))?.state === "complete");
  expect(await report(id)).toMatchObject({
    attempts: 1,
    worker: expect.stringContaining(`-${first.pid}`) as string,
  });
  expect(await csvOf(database(), id)).toBe(await cleanCsv(database()));
  recordFigure("F12", "a worker that stood still for 5 s kept its report: one attempt, 300 rows equal");
});

it("F12: a server whose event loop blocks for five seconds responds to all waiting requests", async () => {
  const web = await replicas.web({ databaseUrl: database().url, env: { FAULT_POINTS: "polls.merged:spin:1:5000" } });
  const polls = [{ store_id: "a", at: "2023-01-25T12:00:00Z", status: "active" }];
  const blocking = send(`${web.origin}/api/v1/polls`, { body: { polls }, key: "blocking" });
  await until(async () => {
    const [busy] = await database().sql`
      select 1 from pg_stat_activity
      where datname = current_database() and application_name = 'store-monitoring web' and state = 'idle in transaction'`;
    return busy !== undefined;
  });
  const alive = await send(`${web.origin}/api/livez`);
  expect([(await blocking).status, alive.status]).toEqual([200, 200]);
  expect((await send(`${web.origin}/api/readyz`)).status).toBe(200);
  recordFigure(
    "F12",
    `a server that stood still for 5 s was asked meanwhile and answered ${(alive.tookMs / 1_000).toFixed(1)} s later`,
  );
});

const chunkBytes = 2 ** 20;

/** A file of polls that waits to be imported. @returns the import's id */
async function spool(rows: number): Promise<number> {
  const id = await beginImport(
    database(),
    { kind: "polls", fileName: null, dryRun: false, abortOnReject: false },
    3_600,
  );
  let [seq, bytes, text] = [0, 0, "store_id,status,timestamp_utc\n"];
  const keep = async (): Promise<void> => {
    const chunk = Buffer.from(text);
    await insertChunk(database(), id, seq++, chunk);
    bytes += chunk.length;
    text = "";
  };
  for (let n = 0; n < rows; n++) {
    const at = new Date(Date.UTC(2023, 0, 16) + Math.floor(n / 14_000) * 3_600_000 + (n % 14_000)).toISOString();
    text += `store-${n % 14_000},active,${at.replace("T", " ").replace("Z", " UTC")}\n`;
    if (text.length > chunkBytes) await keep();
  }
  await keep();
  await queueImport(database(), { id, bytes, sha256: "0".repeat(64) });
  return id;
}

it.runIf(process.platform === "linux")(
  "F13: a worker with 128 MB of heap imports 1.8 million polls, and needs no more memory than for a tenth of them",
  { timeout: 600_000 },
  async () => {
    const peaks: number[] = [];
    for (const rows of [180_000, 1_800_000]) {
      await clearAll(database());
      const id = await spool(rows);
      const worker = await replicas.worker({ databaseUrl: database().url, nodeArgs: ["--max-old-space-size=128"] });
      await until(
        async () => !["queued", "running"].includes((await findImport(database(), id))?.state ?? ""),
        400_000,
      );
      expect(await findImport(database(), id)).toMatchObject({
        state: "complete",
        attempts: 1,
        counts: { rows, accepted: rows, rejected: 0 },
      });
      peaks.push(useOf(worker.pid).peakMb);
      await worker.kill();
    }
    const [small = 0, large = 0] = peaks;
    // The guarantee is 1.2; garbage collection is not exact.
    expect(large / small).toBeLessThan(1.2 * 1.25);
    recordFigure(
      "F13",
      `imports of 180,000 and 1,800,000 polls under --max-old-space-size=128: at most ${small.toFixed(0)} and ${large.toFixed(0)} MB (${(large / small).toFixed(2)} times)`,
    );
  },
);
