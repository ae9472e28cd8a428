import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { readFleetState } from "@/db/queries/bulk/fleet-state";
import { queueSnapshotIfDue } from "@/db/queries/bulk/queue-report";
import { testDb } from "@/db/testing/test-db";
import type { PollRemoval } from "@/lib/contract/poll-removals";
import { openViewer } from "@/lib/server/access/viewer";
import { getStatus } from "@/lib/server/health/get-status";
import { getDataQuality, listQuality } from "@/lib/server/stores/data-quality";
import { getStore } from "@/lib/server/stores/get-store";
import { hourMs, minuteMs } from "@/lib/uptime/units";

const database = testDb();
async function load() {
  // The settings are read once, when the first of these is loaded.
  vi.stubEnv("DATABASE_URL", database().url);
  return {
    polls: await import("@/app/api/v1/polls/route"),
    undo: await import("./[removalId]/undo/route"),
    closeDatabase: (await import("@/lib/server/database")).closeDatabase,
  };
}
let app: Awaited<ReturnType<typeof load>>;

/** The correct time. */
const now = Date.UTC(2023, 0, 25, 18);
const tomorrow = now + 23 * hourMs;
const iso = (at: number): string => new Date(at).toISOString();

beforeAll(async () => {
  app = await load();
});
afterAll(async () => {
  await app.closeDatabase();
  vi.unstubAllEnvs();
});
beforeEach(async () => {
  const { sql } = database();
  await sql`truncate stores, polls, poll_removals, reports restart identity cascade`;
  await sql`update fleet_state set newest_poll_at = null, data_version = 0`;
  vi.useFakeTimers({ toFake: ["Date"], now });
});
afterEach(() => {
  vi.useRealTimers();
});

async function sendPoll(storeId: string, at: number): Promise<Response> {
  const request = new Request("http://localhost/api/v1/polls", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ polls: [{ store_id: storeId, at: iso(at), status: "active" }] }),
  });
  return app.polls.POST(request, { params: Promise.resolve({}) });
}

/** What readers see of the fleet and of its healthy store. */
async function told() {
  const { asOf } = await readFleetState(database());
  const store = await getStore(database(), openViewer, "healthy");
  const { newest_future_poll_at: future } = await getStatus(database());
  const { counts } = await getDataQuality(database(), openViewer);
  const { entries } = await listQuality(database(), openViewer, "future_polls", { limit: 10 });
  return { asOf, state: store.state, future, futurePolls: counts.future_polls, listed: entries };
}

describe("a poll that was accepted while the clock was a day ahead", () => {
  it("does not count once the clock is right, is listed, can be removed and restored", async () => {
    expect((await sendPoll("healthy", now - minuteMs)).status).toBe(200);
    // With the right clock it would be rejected.
    expect((await (await sendPoll("other", tomorrow)).json()) as unknown).toMatchObject({
      accepted: 0,
      rejected: [{ code: "timestamp_in_future" }],
    });
    vi.setSystemTime(now + 24 * hourMs);
    expect((await (await sendPoll("other", tomorrow)).json()) as unknown).toMatchObject({ accepted: 1 });
    expect((await told()).state).toBe("no_recent_check");

    vi.setSystemTime(now);
    const right = { asOf: now - minuteMs, state: "online" };
    const withFuture = { ...right, future: iso(tomorrow), futurePolls: 1 };
    expect(await told()).toMatchObject({ ...withFuture, listed: [{ store_id: "other" }] });
    expect(await queueSnapshotIfDue(database(), 60)).toBe(true);
    const [snapshot] = await database().sql<{ as_of: string }[]>`select as_of from reports`;
    expect(Date.parse(snapshot?.as_of ?? "")).toBe(now - minuteMs);

    const search = new URLSearchParams({ store: "other", from: iso(now), to: iso(tomorrow + 1) });
    const request = new Request(`http://localhost/api/v1/polls?${search.toString()}`, { method: "DELETE" });
    const removal = (await (await app.polls.DELETE(request, { params: Promise.resolve({}) })).json()) as PollRemoval;
    expect(removal).toMatchObject({ store_id: "other", polls: 1 });
    expect(await told()).toMatchObject({ ...right, future: null, futurePolls: 0, listed: [] });

    const undo = new Request(`http://localhost/api/v1/poll-removals/${removal.id}/undo`, { method: "POST" });
    const params = Promise.resolve({ removalId: String(removal.id) });
    expect((await app.undo.POST(undo, { params })).status).toBe(200);
    expect(await told()).toMatchObject(withFuture);

    // Once the clock reaches it, it is a normal poll.
    vi.setSystemTime(tomorrow);
    expect((await readFleetState(database())).asOf).toBe(tomorrow);
  });
});
