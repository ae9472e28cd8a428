import { beforeEach, describe, expect, it } from "vitest";
import { claimReport } from "@/db/queries/report-queue";
import { queueReport, queueSnapshotIfDue } from "@/db/queries/bulk/queue-report";
import { insertWebhook } from "@/db/queries/webhooks";
import { recordEvents, type WebhookEvent } from "./record-events";
import { testDb } from "@/db/testing/test-db";
import { webhookEventTypes } from "@/lib/contract/enums";
import { WebhookMessageSchema, type WebhookMessage } from "@/lib/contract/webhooks";
import { openViewer } from "@/lib/server/access/viewer";
import { failLostImportsAndNotify } from "@/lib/server/imports/fail-imports";
import { cancelReport } from "@/lib/server/reports/cancel-report";
import { endReportAsFailed, failLostReportsAndNotify } from "@/lib/server/reports/fail-reports";
import { produceReport } from "@/lib/server/reports/produce-report";

const database = testDb();
const asOf = Date.UTC(2023, 0, 25, 18);

beforeEach(async () => {
  const { sql } = database();
  await sql`truncate webhooks, webhook_deliveries, imports, reports, report_rows, fleet_rows, fleet_incidents, fleet_summaries, stores, polls
    restart identity cascade`;
  await sql`create table if not exists polls_all partition of polls default`;
  await sql`insert into stores (store_id) values ('a'), ('b')`;
  await sql`update fleet_state set newest_poll_at = null, data_version = 0`;
  await insertWebhook(database(), { url: "https://a.example/", events: [...webhookEventTypes], secret: "" });
});

async function told(): Promise<WebhookMessage[]> {
  const rows = await database().sql<{ payload: string }[]>`select payload from webhook_deliveries order by id`;
  return rows.map(({ payload }) => WebhookMessageSchema.parse(JSON.parse(payload)));
}

async function claim() {
  const claimed = await claimReport(database(), { worker: "test", leaseSeconds: 30, maxStores: null });
  if (claimed === null) throw new Error("There is nothing to work on.");
  return claimed;
}
const ask = (): Promise<number> =>
  queueReport(database(), { scope: "store", storeKeys: [1], method: "interpolated", asOf, dedupeKey: "x" });

describe("webhooks receive", () => {
  it("of a report that is complete, once", async () => {
    const id = await ask();
    const claimed = await claim();
    expect(await produceReport(database(), claimed)).not.toBeNull();
    expect(await produceReport(database(), claimed)).toBeNull();
    expect(await told()).toMatchObject([
      {
        type: "report.completed",
        data: { report_id: id, scope: "store", store_id: "a", as_of: "2023-01-25T18:00:00.000Z" },
      },
    ]);
  });

  it("of a report that was cancelled, once", async () => {
    const id = await ask();
    for (let time = 0; time < 2; time++) {
      expect(await cancelReport(database(), openViewer, id)).toMatchObject({ state: "failed" });
    }
    expect(await told()).toMatchObject([{ type: "report.failed", data: { failure: { code: "cancelled" } } }]);
    const complete = await ask();
    await produceReport(database(), await claim());
    await expect(cancelReport(database(), openViewer, complete)).rejects.toMatchObject({
      code: "report_not_cancellable",
    });
  });

  it("of imports that no worker completes, and of uploads that stopped", async () => {
    const { sql } = database();
    await sql`
      insert into imports (kind, state, dry_run, abort_on_reject, attempts, lease_until)
      values ('polls', 'running', false, false, 3, now() - interval '1 s'),
        ('hours', 'receiving', true, false, 0, now() - interval '1 s'),
        ('hours', 'receiving', true, false, 0, now() + interval '1 hour')`;
    expect(await failLostImportsAndNotify(database())).toBe(2);
    expect(await failLostImportsAndNotify(database())).toBe(0);
    expect(await told()).toMatchObject([
      { type: "import.completed", data: { kind: "polls", state: "failed", error: { code: "worker_lost" } } },
      { type: "import.completed", data: { kind: "hours", dry_run: true, error: { code: "incomplete_upload" } } },
    ]);
  });

  it("of a report that failed, also when its workers were lost", async () => {
    await ask();
    const failure = { code: "timeout", reason: "It took too long." };
    const claimed = await claim();
    await endReportAsFailed(database(), { ...claimed, attempts: 9 }, failure);
    expect(await told()).toEqual([]);
    await endReportAsFailed(database(), claimed, failure);
    expect(await told()).toMatchObject([{ type: "report.failed", data: { store_id: "a", failure } }]);
    await ask();
    await database().sql`update reports set attempts = 3 where state = 'queued'`;
    expect(await failLostReportsAndNotify(database())).toBe(1);
    expect((await told())[1]).toMatchObject({ type: "report.failed", data: { failure: { code: "worker_lost" } } });
  });

  it("of stores that went online or offline from one snapshot to the next", async () => {
    const { sql } = database();
    const snapshot = async (at: number, a: boolean, b: boolean): Promise<void> => {
      const instant = new Date(at).toISOString();
      await sql`insert into polls (store_key, at, active) values (1, ${instant}, ${a}), (2, ${instant}, ${b})`;
      await sql`update fleet_state set newest_poll_at = ${instant}, data_version = data_version + 1`;
      await queueSnapshotIfDue(database(), 0);
      const claimed = await claim();
      await produceReport(database(), claimed);
    };
    const hour = 3_600_000;
    await snapshot(asOf, true, true);
    expect(await told()).toEqual([]);
    await snapshot(asOf + hour, false, true);
    await snapshot(asOf + 2 * hour, false, true);
    await snapshot(asOf + 3 * hour, true, true);
    expect((await told()).map(({ type, data }) => [type, data])).toMatchObject([
      ["store.offline", { store_id: "a", last_poll_at: "2023-01-25T19:00:00.000Z", as_of: "2023-01-25T19:00:00.000Z" }],
      ["store.online", { store_id: "a", as_of: "2023-01-25T21:00:00.000Z" }],
    ]);
  });

  it("only of the stores that they are limited to, also under a later id, and of all else", async () => {
    const { sql } = database();
    const limited = async (storeKeys: number[] | null): Promise<number> => {
      const url = `https://${String(storeKeys)}.example/`;
      return (await insertWebhook(database(), { url, events: [...webhookEventTypes], storeKeys, secret: "" })).id;
    };
    const [ofA, ofB, ofNone] = [await limited([1]), await limited([2, 3]), await limited([])];
    await sql`insert into stores (store_id, lifecycle, merged_into) values ('earlier', 'merged', 1)`;
    const ofEarlier = await limited([3]);
    const storeEvent = (storeKey: number): WebhookEvent => {
      const data = { store_id: "x", since: null, last_poll_at: null, as_of: new Date(asOf).toISOString() };
      return { type: "store.offline", storeKey, data };
    };
    const receivers = async (events: readonly WebhookEvent[]) => {
      await sql`truncate webhook_deliveries`;
      await recordEvents(database(), events);
      const rows = await sql<{ id: number }[]>`select webhook_id::int as id from webhook_deliveries order by 1`;
      return rows.map(({ id }) => id);
    };
    expect(await receivers([storeEvent(1)])).toEqual([1, ofA, ofB, ofEarlier]);
    expect(await receivers([storeEvent(2)])).toEqual([1, ofB]);
    const report = { report_id: 1, scope: "fleet", store_id: null, method: "interpolated" } as const;
    const completed = { type: "report.completed", data: { ...report, as_of: new Date(asOf).toISOString() } } as const;
    expect(await receivers([completed])).toEqual([1, ofA, ofB, ofNone, ofEarlier]);
  });

  it("of a store that went offline around a snapshot that was made while the clock was wrong", async () => {
    const { sql } = database();
    const snapshot = async (storeKey: number, at: number, active: boolean, now: number): Promise<void> => {
      await sql`insert into polls (store_key, at, active) values (${storeKey}, ${new Date(at).toISOString()}, ${active})`;
      await sql`
        update fleet_state set newest_poll_at = (select max(at) from polls), data_version = data_version + 1`;
      await queueSnapshotIfDue(database(), 0, now);
      await produceReport(database(), await claim());
    };
    const hour = 3_600_000;
    await snapshot(1, asOf, true, asOf);
    // A day ahead a poll of another store is the newest, and this store has no recent one.
    await snapshot(2, asOf + 23 * hour, true, asOf + 24 * hour);
    await snapshot(1, asOf + hour, false, asOf + hour);
    const states = await sql<{ state: string }[]>`
      select state from fleet_rows where store_key = 1 order by report_id`;
    expect(states.at(-1)).toEqual({ state: "offline" });
    expect((await told()).map(({ type, data }) => [type, data])).toMatchObject([
      ["store.offline", { store_id: "a", as_of: new Date(asOf + hour).toISOString() }],
    ]);
  });
});
